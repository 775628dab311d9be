package io.btp.installer.engine;

/** Asked before every write of a run: is the lock still ours? */
@FunctionalInterface
public interface Fence {
    /** Throws {@link LockLost} when it is not, or when that is not certain any more. */
    void requireOwnership() throws InterruptedException;
}
