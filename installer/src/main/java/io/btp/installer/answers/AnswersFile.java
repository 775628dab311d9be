package io.btp.installer.answers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads answers files: YAML in UTF-8, one document, bounded. */
public final class AnswersFile {
    /** Greatest size in bytes. */
    public static final int LARGEST = 1024 * 1024;

    private AnswersFile() {}

    /**
     * Reads a file.
     *
     * @param file as the user named it; names the places of problems
     * @throws InvalidAnswers if it cannot be read as YAML
     */
    public static AnswersTree read(Path file) {
        var folder = Optional.ofNullable(file.toAbsolutePath().normalize().getParent())
                .orElse(file.toAbsolutePath());
        return parse(file.toString(), folder, bytes(file));
    }

    private static byte[] bytes(Path file) {
        try {
            if (Files.isDirectory(file)) {
                throw refused(file.toString(), 0, 0, "is a folder, expected a file", "Name the file with --answers");
            }
            if (Files.size(file) > LARGEST) {
                throw tooLarge(file.toString());
            }
            try (InputStream stream = Files.newInputStream(file)) {
                return stream.readNBytes(LARGEST + 1);
            }
        } catch (NoSuchFileException absent) {
            throw refused(
                    file.toString(),
                    0,
                    0,
                    "is not there",
                    "Make one with \"btp wizard\" or \"btp answers init\", or name another with --answers");
        } catch (IOException fault) {
            throw refused(
                    file.toString(),
                    0,
                    0,
                    "cannot be read: " + fault.getClass().getSimpleName(),
                    "Make it readable for this user");
        }
    }

    /**
     * Reads text that is at hand, for example that of an installation record.
     *
     * @param name names the places of problems
     * @param folder what relative paths are relative to; absolute
     * @throws InvalidAnswers if it cannot be read as YAML
     */
    public static AnswersTree parse(String name, Path folder, byte[] content) {
        if (content.length > LARGEST) {
            throw tooLarge(name);
        }
        var text = text(name, content);
        var problems = new Problems();
        YamlReader.Places places = (line, column) -> new Provenance.InFile(name, line, column);
        var root = YamlReader.read(text, places, problems);
        var start = new Provenance.InFile(name, 0, 0);
        return switch (root) {
            case Node.Mapping mapping -> new AnswersTree(new Node.Mapping(mapping.entries(), start), folder, problems);
            case Node.Scalar scalar
            when scalar.isNothing() -> new AnswersTree(Node.Mapping.empty(start), folder, problems);
            case Node other ->
                throw problems.with(AnswerProblem.of(
                        other.where(),
                        "",
                        "the file is " + kind(other) + ", expected a mapping",
                        "Begin with \"apiVersion: " + AnswersTree.API_VERSION + "\""));
        };
    }

    /** Never quotes: the file may be something else altogether. */
    private static String kind(Node node) {
        return node instanceof Node.Scalar ? "one scalar" : node.found();
    }

    private static String text(String name, byte[] content) {
        int begin = 0;
        if (startsWith(content, 0xEF, 0xBB, 0xBF)) {
            begin = 3;
        }
        if (startsWith(content, 0xFF, 0xFE) || startsWith(content, 0xFE, 0xFF)) {
            throw refused(name, 1, 1, "is UTF-16, expected UTF-8", "Save the file as UTF-8");
        }
        var decoder = StandardCharsets.UTF_8.newDecoder();
        var bytes = ByteBuffer.wrap(content, begin, content.length - begin);
        try {
            return decoder.decode(bytes).toString();
        } catch (CharacterCodingException fault) {
            return undecodable(name, content, begin, bytes.position());
        }
    }

    private static boolean startsWith(byte[] content, int... first) {
        for (int index = 0; index < first.length; index++) {
            if (content.length <= index || (content[index] & 0xFF) != first[index]) {
                return false;
            }
        }
        return true;
    }

    private static String undecodable(String name, byte[] content, int begin, int end) {
        var before = new String(content, begin, end - begin, StandardCharsets.UTF_8);
        int line = (int) before.chars().filter(it -> it == '\n').count() + 1;
        var lastLine = before.substring(before.lastIndexOf('\n') + 1);
        throw refused(
                name,
                line,
                lastLine.codePointCount(0, lastLine.length()) + 1,
                "is not UTF-8 (byte 0x%02X)".formatted(content[end] & 0xFF),
                "Save the file as UTF-8");
    }

    private static InvalidAnswers tooLarge(String name) {
        return refused(
                name,
                0,
                0,
                "is larger than " + LARGEST / 1024 + " KiB",
                "Name an answers file; put large chart values into a file of their own");
    }

    private static InvalidAnswers refused(String name, int line, int column, String message, String remedy) {
        return new Problems()
                .with(AnswerProblem.of(new Provenance.InFile(name, line, column), "", "the file " + message, remedy));
    }
}
