package io.btp.installer.answers;

import io.btp.installer.api.Problem.Reason;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs the command of a reference: without a shell, without input, for a bounded time, and ends what it started. What
 * it says on standard error is not shown, as it may quote the secret.
 */
final class SecretCommand {
    private static final int LARGEST = 64 * 1024;

    private final Reference.Command command;
    private final Map<String, String> environment;
    private final Duration deadline;

    SecretCommand(Reference.Command command, Map<String, String> environment, Duration deadline) {
        this.command = command;
        this.environment = environment;
        this.deadline = deadline;
    }

    String output() throws InterruptedException {
        var process = start();
        try {
            var output = new FutureTask<>(() -> process.getInputStream().readNBytes(LARGEST + 1));
            // A virtual thread that reads a pipe may keep its carrier.
            Thread.ofPlatform().daemon().start(output);
            long end = System.nanoTime() + deadline.toNanos();
            var content = output.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
            if (content.length <= LARGEST && !process.waitFor(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw new TimeoutException();
            }
            if (content.length <= LARGEST && process.exitValue() != 0) {
                throw References.failed(
                        command,
                        Reason.FAILED,
                        "failed with exit code " + process.exitValue(),
                        "Run the command by hand to see why");
            }
            return References.text(command, content);
        } catch (TimeoutException late) {
            throw References.failed(
                    command,
                    Reason.FAILED,
                    "did not end within " + deadline.toSeconds() + " s",
                    "Use a command that answers at once and asks nothing");
        } catch (ExecutionException fault) {
            throw References.failed(command, Reason.FAILED, "could not be read", "Run the command by hand to see why");
        } finally {
            end(process);
        }
    }

    private Process start() {
        var builder = new ProcessBuilder(command.words())
                .directory(command.folder().toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException fault) {
            if (!Files.isDirectory(command.folder())) {
                throw References.failed(
                        command,
                        Reason.NOT_FOUND,
                        "cannot be run in " + command.folder() + ", which is not there",
                        "Make that folder");
            }
            throw References.failed(
                    command,
                    Reason.NOT_FOUND,
                    "could not be started",
                    "Install " + command.words().getFirst() + ", or name it with its whole path");
        }
    }

    private static void end(Process process) {
        var family = process.descendants().toList();
        process.destroyForcibly();
        family.forEach(ProcessHandle::destroyForcibly);
    }
}
