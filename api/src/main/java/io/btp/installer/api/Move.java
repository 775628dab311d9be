package io.btp.installer.api;

/**
 * A move of what a provider installed from one version to another, as {@code btp upgrade} is asked to make it.
 *
 * @param part what is moved
 * @param from the version that is there
 * @param to the version that was asked for
 */
public record Move(Part part, Version from, Version to) {
    /** What is moved. */
    public enum Part {
        /** The chart that the provider is {@linkplain Description#madeOf made of}. */
        CHART("chart"),
        /** What runs: the answer to the question {@code version} of the provider's own form. */
        ENGINE("version");

        private final String word;

        Part(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    /** Tells whether it goes to an older version. */
    public boolean isBack() {
        return to.isOlderThan(from);
    }

    @Override
    public String toString() {
        return part + " " + from + " -> " + to;
    }
}
