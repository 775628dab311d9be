package io.btp.installer.command;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.btp.installer.event.RunEvent;
import io.btp.installer.event.RunListener;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends a program that was told to stop now and does not, because code of a plugin hears no interruption. */
final class Hanging {
    private static final Logger LOG = LoggerFactory.getLogger(Hanging.class);
    private static final long PATIENCE_SECONDS = 5;

    /** How a thread dump names the class loader of a plugin's code. */
    private static final Pattern PLUGIN = Pattern.compile("plugin-([\\w.-]+)//");

    private Hanging() {}

    /** Waits for the program's own end, then says who is in the way and ends it. */
    static void haltAfter(RunListener listener, int code) {
        try {
            if (!new CountDownLatch(1).await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                var plugins = plugins();
                var words = plugins.isEmpty()
                        ? "It does not stop: ended in the middle. Run again to go on"
                        : "Plugin " + String.join(", ", plugins)
                                + " does not stop: ended in the middle of its work. Run again to go on, and tell its author";
                listener.on(new RunEvent.Said(true, words));
                listener.close();
            }
        } catch (InterruptedException stopped) {
            LOG.debug("nobody waits for the end any more", stopped);
        } finally {
            Runtime.getRuntime().halt(code);
        }
    }

    /** Virtual threads are found in no other list of threads. */
    private static Set<String> plugins() {
        var names = new TreeSet<String>();
        try {
            var folder = Files.createTempDirectory("btp-threads");
            var dump = folder.resolve("dump");
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .dumpThreads(dump.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.TEXT_PLAIN);
            PLUGIN.matcher(Files.readString(dump)).results().forEach(found -> names.add(found.group(1)));
            remove(dump, folder);
        } catch (IOException unreadable) {
            LOG.debug("threads could not be listed", unreadable);
        }
        return names;
    }

    private static void remove(Path dump, Path folder) throws IOException {
        Files.delete(dump);
        Files.delete(folder);
    }
}
