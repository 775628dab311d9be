package io.btp.installer.wizard;

import io.btp.installer.api.Problem;
import io.btp.installer.api.ProviderException;
import java.io.IOException;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Where a typed secret goes, as the answers file holds none. */
public final class SecretHomes {
    /** Name of the folder beside the answers file. */
    static final String FOLDER = "btp-secrets";

    private final Path folder;

    /**
     * @param folder where the answers file is
     */
    public SecretHomes(Path folder) {
        this.folder = folder;
    }

    /** Names the file that would hold a secret, as the answers would refer to it. */
    public static String file(String path) {
        return FOLDER + "/" + path;
    }

    /** Names the variable that might hold a secret. */
    public static String variable(String path) {
        return "BTP_"
                + path.replaceAll("([a-z])([A-Z])", "$1_$2")
                        .replaceAll("[^A-Za-z0-9]", "_")
                        .toUpperCase(Locale.ROOT);
    }

    /**
     * Keeps a secret in a file that only its owner can read.
     *
     * @return the reference that stands for it
     * @throws ProviderException if the file cannot be written
     */
    public String keep(String path, char[] secret) {
        var file = folder.resolve(file(path));
        var encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(secret));
        try {
            Files.createDirectories(
                    file.getParent(),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.deleteIfExists(file);
            try (var channel = Files.newByteChannel(
                    file,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                while (encoded.hasRemaining()) {
                    channel.write(encoded);
                }
            }
        } catch (IOException unwritable) {
            throw new ProviderException(Problem.of(
                    Problem.Reason.INVALID,
                    "The secret cannot be kept in " + file + ": " + unwritable.getMessage(),
                    "Make the folder writable, or choose another home for it"));
        } finally {
            Arrays.fill(encoded.array(), (byte) 0);
        }
        return "${file:" + file(path) + "}";
    }

    /** Says where the secret of a question may be kept, in the order in which it is offered. */
    public static List<String> words(String path) {
        return List.of(
                "the file " + file(path) + " beside the answers, readable by you alone",
                "the environment variable " + variable(path) + ", which you set yourself",
                "nowhere: every run asks for it");
    }
}
