package io.btp.installer.command;

import io.btp.installer.engine.ExitCode;
import java.io.PrintStream;
import java.lang.StackWalker.StackFrame;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * The end of the program: by its own exit code, whatever plugins left running, and never silently by a plugin that calls
 * {@code System.exit}.
 */
final class Departure extends Handler {
    private static final String PLUGIN = "plugin-";
    private static final long PATIENCE_SECONDS = 10;

    /** Java tells this logger who calls {@code System.exit}, in the thread of the caller. Held: loggers get lost. */
    private static final Logger EXITS = Logger.getLogger("java.lang.Runtime");

    private final PrintStream messages;
    private final CountDownLatch never = new CountDownLatch(1);
    private volatile Optional<String> culprit = Optional.empty();

    private final Runnable leaving;

    private Departure(PrintStream messages, Runnable leaving) {
        this.messages = messages;
        this.leaving = leaving;
    }

    /**
     * Watches who ends the program.
     *
     * @param leaving leaves the whole screen, so that messages are seen
     */
    static Departure watch(PrintStream messages, Runnable leaving) {
        var departure = new Departure(messages, leaving);
        EXITS.setLevel(Level.FINE);
        EXITS.addHandler(departure);
        Runtime.getRuntime().addShutdownHook(new Thread(departure::tell, "departure"));
        return departure;
    }

    /** Ends the program with this code, also where a shutdown hook hangs. */
    void leave(int code) {
        Thread.ofPlatform().daemon().name("leaving").start(() -> haltAfter(code));
        System.exit(code);
    }

    private void haltAfter(int code) {
        try {
            if (!never.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(code);
            }
        } catch (InterruptedException stopped) {
            Runtime.getRuntime().halt(code);
        }
    }

    @Override
    public void publish(LogRecord exit) {
        culprit = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .walk(frames -> frames.map(StackFrame::getDeclaringClass)
                        .map(type -> Optional.ofNullable(type.getClassLoader())
                                .map(ClassLoader::getName)
                                .orElse(""))
                        .filter(name -> name.startsWith(PLUGIN))
                        .map(name -> name.substring(PLUGIN.length()))
                        .findFirst());
    }

    private void tell() {
        culprit.ifPresent(plugin -> {
            leaving.run();
            messages.println("The plugin " + plugin + " ended the program in the middle of its work (System.exit)."
                    + " Nothing is lost: run the same command again to go on. Tell its author");
            messages.flush();
            Runtime.getRuntime().halt(ExitCode.INTERNAL);
        });
    }

    @Override
    public void flush() {
        messages.flush();
    }

    @Override
    public void close() {
        messages.flush();
    }
}
