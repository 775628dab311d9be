package io.btp.installer.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PublicKey;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The user's own list of trusted plugins: a small file that only {@code btp plugins trust} writes. */
public final class TrustList {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int FORM = 1;
    private static final long MOST_BYTES = 1 << 20;

    private final Path file;
    private final Map<String, Entry> plugins;

    /**
     * What is trusted under one name.
     *
     * @param digest exactly this directory
     * @param key base64 text of the public key whose signature is trusted, too
     */
    record Entry(String digest, Optional<String> key) {}

    /** How it stands in the file. */
    private record Form(int v, @Nullable Map<String, Entry> plugins) {}

    private TrustList(Path file, Map<String, Entry> plugins) {
        this.file = file;
        this.plugins = new TreeMap<>(plugins);
    }

    /**
     * Reads the list; empty where there is no file.
     *
     * @throws PluginRejected if the file is damaged: nothing is trusted by a list that cannot be read
     */
    public static TrustList read(Path file) {
        if (!Files.exists(file)) {
            return new TrustList(file, Map.of());
        }
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw unusable(file, "is too large for one", null);
            }
            var form = JSON.readValue(Files.readString(file), Form.class);
            var plugins = form == null ? null : form.plugins();
            if (form == null
                    || form.v() != FORM
                    || plugins == null
                    || !plugins.values().stream().allMatch(TrustList::isWhole)) {
                throw unusable(file, "is not of form " + FORM, null);
            }
            return new TrustList(file, plugins);
        } catch (IOException | JacksonException damaged) {
            throw unusable(file, "cannot be read", damaged);
        }
    }

    private static boolean isWhole(@Nullable Entry entry) {
        return entry != null
                && String.valueOf(entry.digest()).matches("sha256:[0-9a-f]{64}")
                && (entry.key().isEmpty() || Signature.key(entry.key().get()).isPresent());
    }

    private static PluginRejected unusable(Path file, String why, @Nullable Exception cause) {
        return new PluginRejected(
                "The list of trusted plugins " + file + " " + why,
                "Restore it, or delete it and trust your plugins again: btp plugins trust DIR",
                cause);
    }

    /** Gives what is pinned under a name. */
    Optional<String> digest(String name) {
        return Optional.ofNullable(plugins.get(name)).map(Entry::digest);
    }

    /** Gives the key whose signature is trusted under a name. */
    Optional<PublicKey> key(String name) {
        return Optional.ofNullable(plugins.get(name)).flatMap(Entry::key).flatMap(Signature::key);
    }

    /** Trusts a directory, and further ones of that name with a signature by the key, where one is given. */
    TrustList with(String name, String digest, Optional<PublicKey> key) {
        var changed = new TreeMap<>(plugins);
        changed.put(name, new Entry(digest, key.map(Signature::text)));
        return new TrustList(file, changed);
    }

    /** Writes the list as a whole or not at all, for this user alone. */
    void write() {
        try {
            var folder = file.toAbsolutePath().getParent();
            Files.createDirectories(folder);
            var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            var draft = Files.createTempFile(folder, "trust", ".json", owner);
            Files.writeString(
                    draft, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(new Form(FORM, plugins)) + "\n");
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException unwritable) {
            throw new UncheckedIOException("The list of trusted plugins cannot be written", unwritable);
        }
    }

    /** Gives the file. */
    public Path file() {
        return file;
    }
}
