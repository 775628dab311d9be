package io.btp.installer.answers;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A node of the answers: what YAML says, and where it came from. */
sealed interface Node {
    Provenance where();

    /** Says for people what it is. */
    String found();

    /** Tells whether nothing is said. */
    default boolean isNothing() {
        return false;
    }

    /** A key and its value. */
    record Entry(Provenance key, Node value) {}

    record Mapping(Map<String, Entry> entries, Provenance where) implements Node {
        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        static Mapping empty(Provenance where) {
            return new Mapping(Map.of(), where);
        }

        @Override
        public String found() {
            return "a mapping";
        }

        /** Gives an entry that says something. */
        Optional<Entry> find(String key) {
            return Optional.ofNullable(entries.get(key))
                    .filter(entry -> !entry.value().isNothing());
        }

        Mapping with(String key, Entry entry) {
            var changed = new LinkedHashMap<>(entries);
            changed.put(key, entry);
            return new Mapping(changed, where);
        }
    }

    record Items(List<Node> items, Provenance where) implements Node {
        public Items {
            items = List.copyOf(items);
        }

        @Override
        public String found() {
            return "a list";
        }
    }

    /** What a scalar is by the core schema of YAML 1.2. */
    enum Type {
        TEXT,
        INTEGER,
        NUMBER,
        FLAG,
        NOTHING
    }

    record Scalar(String text, Type type, Provenance where) implements Node {
        private static final Pattern NOTHING = Pattern.compile("|~|null|Null|NULL");
        private static final Pattern FLAG = Pattern.compile("true|True|TRUE|false|False|FALSE");
        private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]{1,100}|0o[0-7]{1,100}|0x[0-9a-fA-F]{1,100}");
        private static final Pattern NUMBER =
                Pattern.compile("[-+]?(\\.[0-9]{1,100}|[0-9]{1,100}(\\.[0-9]{0,100})?)([eE][-+]?[0-9]{1,9})?"
                        + "|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

        /** Reads a scalar without quotes. */
        static Scalar plain(String text, Provenance where) {
            return new Scalar(text, typeOf(text), where);
        }

        static Type typeOf(String text) {
            if (NOTHING.matcher(text).matches()) {
                return Type.NOTHING;
            }
            if (FLAG.matcher(text).matches()) {
                return Type.FLAG;
            }
            if (INTEGER.matcher(text).matches()) {
                return Type.INTEGER;
            }
            return NUMBER.matcher(text).matches() ? Type.NUMBER : Type.TEXT;
        }

        @Override
        public boolean isNothing() {
            return type == Type.NOTHING;
        }

        BigInteger integer() {
            if (text.startsWith("0o")) {
                return new BigInteger(text.substring(2), 8);
            }
            return text.startsWith("0x") ? new BigInteger(text.substring(2), 16) : new BigInteger(text);
        }

        @Override
        public String found() {
            return switch (type) {
                case TEXT -> "the text " + Shown.quoted(text);
                case INTEGER, NUMBER -> "the number " + Shown.cut(text);
                case FLAG -> text;
                case NOTHING -> "nothing";
            };
        }
    }

    /** Contents of a file, as {@code --set-file} gives them. */
    record Contents(Path file, Provenance where) implements Node {
        @Override
        public String found() {
            return "the contents of " + file;
        }
    }

    /** Was refused, and is reported already. */
    record Refused(Provenance where) implements Node {
        @Override
        public String found() {
            return "something else";
        }
    }
}
