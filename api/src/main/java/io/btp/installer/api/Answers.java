package io.btp.installer.api;

import java.util.Optional;

/** Valid answers to the questions of one form. Host type: plugins only call it, in the function of their form. */
public interface Answers {
    /**
     * Gives the answer, or the question's default; empty where neither is, and for a secret that is to be generated.
     */
    <T> Optional<T> find(Question<T> question);

    /**
     * Gives the answer, or the question's default.
     *
     * @throws IllegalStateException if the question is optional and was not answered, or does not belong to the form
     */
    default <T> T get(Question<T> question) {
        return find(question)
                .orElseThrow(() -> new IllegalStateException(
                        "There is no answer to " + question.key() + "; an optional question is read by find"));
    }
}
