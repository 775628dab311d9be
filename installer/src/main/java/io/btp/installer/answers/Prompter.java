package io.btp.installer.answers;

/** Asks a person for a secret, without showing what is typed. */
@FunctionalInterface
public interface Prompter {
    /**
     * Asks. Called once for each answer that needs it, by one thread at a time.
     *
     * @param path the answer, for example {@code objectStore.secretKey}
     * @return what was typed; empty text where nothing was
     */
    String ask(String path) throws InterruptedException;
}
