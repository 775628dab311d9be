package io.btp.installer.answers;

/** Says where a value came from. */
public sealed interface Provenance {
    /**
     * A place in a file.
     *
     * @param file name as the user gave it
     * @param line from 1; 0 where it is about the file as a whole
     * @param column from 1; 0 where it is about the file as a whole
     */
    record InFile(String file, int line, int column) implements Provenance {
        @Override
        public String toString() {
            return line == 0 ? file : file + ":" + line + ":" + column;
        }
    }

    /**
     * An option of the command line.
     *
     * @param option the option and its key, for example {@code --set cluster.mode}; never the value
     */
    record ByOption(String option) implements Provenance {
        @Override
        public String toString() {
            return option;
        }
    }

    /** An environment variable. */
    record ByVariable(String name) implements Provenance {
        @Override
        public String toString() {
            return name;
        }
    }

    /** The wizard asked. */
    record ByWizard() implements Provenance {
        @Override
        public String toString() {
            return "wizard";
        }
    }

    /** Nobody said anything. */
    record ByDefault() implements Provenance {
        @Override
        public String toString() {
            return "default";
        }
    }
}
