package io.btp.installer.answers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Says where a secret is to be found; never the secret itself. */
sealed interface Reference {
    /** Finds a reference anywhere in a text. */
    Pattern SOMEWHERE = Pattern.compile("\\$\\{(env|file|exec):|\\$\\{prompt}");

    /** Gives it as it stands in the answers file, paths absolute. */
    String text();

    record Variable(String name) implements Reference {
        @Override
        public String text() {
            return "${env:" + name + "}";
        }
    }

    record File(Path path) implements Reference {
        @Override
        public String text() {
            return "${file:" + path + "}";
        }
    }

    record Command(String line, List<String> words, Path folder) implements Reference {
        @Override
        public String text() {
            return "${exec:" + line + "}";
        }
    }

    /**
     * Asks a person.
     *
     * @param path the answer that is asked for
     */
    record Prompt(String path) implements Reference {
        @Override
        public String text() {
            return "${prompt}";
        }
    }

    /**
     * Reads a reference.
     *
     * @param path the answer that it stands for
     * @throws IllegalArgumentException with words for people, which never quote the text
     */
    static Reference parse(String text, String path, Paths paths) {
        if (!text.startsWith("${") || !text.endsWith("}")) {
            throw new IllegalArgumentException("is written out");
        }
        var inner = text.substring(2, text.length() - 1);
        if (inner.equals("prompt")) {
            return new Prompt(path);
        }
        int colon = inner.indexOf(':');
        var kind = colon < 0 ? "" : inner.substring(0, colon);
        var rest = inner.substring(colon + 1);
        return switch (kind) {
            case "env" -> variable(rest);
            case "file" -> file(rest, paths);
            case "exec" -> new Command(rest, words(rest), paths.folder());
            default -> throw new IllegalArgumentException("is a reference of an unknown kind");
        };
    }

    private static Reference variable(String name) {
        if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            throw new IllegalArgumentException("names no environment variable");
        }
        return new Variable(name);
    }

    private static Reference file(String path, Paths paths) {
        if (path.isBlank()) {
            throw new IllegalArgumentException("names no file");
        }
        return new File(paths.resolve(path));
    }

    /** Splits as a shell does, without expanding anything. */
    private static List<String> words(String line) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        boolean begun = false;
        char quote = 0;
        for (int index = 0; index < line.length(); index++) {
            char next = line.charAt(index);
            if (quote == 0 && Character.isWhitespace(next)) {
                if (begun) {
                    words.add(word.toString());
                    word.setLength(0);
                }
                begun = false;
                continue;
            }
            begun = true;
            if (next == quote) {
                quote = 0;
            } else if (quote == 0 && (next == '\'' || next == '"')) {
                quote = next;
            } else if (next == '\\' && quote != '\'' && index + 1 < line.length()) {
                index++;
                word.append(line.charAt(index));
            } else {
                word.append(next);
            }
        }
        if (quote != 0) {
            throw new IllegalArgumentException("has a command with an open quote");
        }
        if (begun) {
            words.add(word.toString());
        }
        if (words.isEmpty() || words.getFirst().isEmpty()) {
            throw new IllegalArgumentException("names no command");
        }
        return words;
    }
}
