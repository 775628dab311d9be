package io.btp.installer.engine;

import io.btp.installer.api.Provider;
import io.btp.installer.api.ProviderException;
import io.btp.installer.event.Fault;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plugin border: what a provider does not throw on purpose is named as its fault, and its code runs with its own
 * context class loader.
 */
final class Faults {
    private static final Logger LOG = LoggerFactory.getLogger(Faults.class);

    private Faults() {}

    /** Code of a plugin that may be interrupted. */
    @FunctionalInterface
    interface Interruptible<T> {
        T call() throws InterruptedException;
    }

    static <T> T of(Node node, Supplier<T> code) {
        try {
            return interruptiblyOf(node.provider(), code::get);
        } catch (InterruptedException impossible) {
            throw new IllegalStateException("a supplier does not throw it", impossible);
        }
    }

    static <T> T interruptiblyOf(Node node, Interruptible<T> code) throws InterruptedException {
        return interruptiblyOf(node.provider(), code);
    }

    @SuppressWarnings("PMD.AvoidCatchingThrowable")
    static <T> T interruptiblyOf(Provider<?, ?> provider, Interruptible<T> code) throws InterruptedException {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(provider.getClass().getClassLoader());
        try {
            var result = code.call();
            if (result == null) {
                throw new ProviderException(Fault.of(provider, "it answered with null"));
            }
            return result;
        } catch (ProviderException expected) {
            throw expected;
        } catch (RuntimeException | Error unexpected) {
            LOG.debug("fault in {}", provider.getClass().getName(), unexpected);
            throw new ProviderException(Fault.of(provider, Fault.words(unexpected)), unexpected);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
