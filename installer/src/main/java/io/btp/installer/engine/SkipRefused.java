package io.btp.installer.engine;

/** Tells that a check cannot be skipped: there is none of that id, or it is strict. */
public final class SkipRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    SkipRefused(String message) {
        super(message);
    }
}
