package io.btp.installer.engine;

/** Tells that another run owns the installation, or may own it. */
public final class LockLost extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Tells it with words for people. */
    public LockLost(String message) {
        super(message);
    }
}
