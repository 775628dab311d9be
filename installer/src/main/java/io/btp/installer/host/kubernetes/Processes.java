package io.btp.installer.host.kubernetes;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs programs as processes of the operating system. */
public final class Processes implements Programs {
    private static final int LIMIT = 1024 * 1024;

    @Override
    public Ended run(List<String> command, Map<String, String> environment, Duration deadline)
            throws IOException, InterruptedException {
        var builder =
                new ProcessBuilder(command).redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
        builder.environment().clear();
        builder.environment().putAll(environment);
        var process = builder.start();
        try {
            var output = new Reader(process.getInputStream());
            var errors = new Reader(process.getErrorStream());
            // A virtual thread that reads a pipe may keep its carrier.
            var reading = List.of(
                    Thread.ofPlatform().daemon().start(output),
                    Thread.ofPlatform().daemon().start(errors));
            var ended = process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                kill(process);
            }
            for (var thread : reading) {
                // What the program left behind may hold its output open: the rest is not waited for.
                thread.join(Duration.ofSeconds(1));
            }
            var exitCode = ended ? Optional.of(process.exitValue()) : Optional.<Integer>empty();
            return new Ended(exitCode, output.text(), errors.text());
        } finally {
            end(process);
        }
    }

    /** Leaves the streams open: what was written before the end is still read. */
    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.toHandle().destroyForcibly();
    }

    /** Closes the streams, too. */
    private static void end(Process process) {
        kill(process);
        process.destroyForcibly();
    }

    /** Reads a stream to its end, and keeps what fits. */
    private static final class Reader implements Runnable {
        private final InputStream stream;
        private final ByteArrayOutputStream read = new ByteArrayOutputStream();

        Reader(InputStream stream) {
            this.stream = stream;
        }

        @Override
        public void run() {
            var buffer = new byte[8192];
            try (stream) {
                for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                    keep(buffer, count);
                }
            } catch (IOException ended) {
                keep(buffer, 0);
            }
        }

        private synchronized void keep(byte[] buffer, int count) {
            if (read.size() < LIMIT) {
                read.write(buffer, 0, count);
            }
        }

        synchronized String text() {
            return read.toString(StandardCharsets.UTF_8);
        }
    }
}
