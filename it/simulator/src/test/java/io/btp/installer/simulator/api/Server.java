package io.btp.installer.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A second process that serves a folder, or joins the one that does. */
final class Server implements AutoCloseable {
    private static final int ATTEMPTS = 600;

    private final Process process;

    private Server(Process process) {
        this.process = process;
    }

    /** Starts a process and returns when its API is open. */
    static Server start(Path folder, Path kubeconfig) throws IOException, InterruptedException {
        Files.deleteIfExists(kubeconfig);
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        ServerMain.class.getName(),
                        folder.toString(),
                        kubeconfig.toString())
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        for (int attempt = 0; !Files.exists(kubeconfig) && attempt < ATTEMPTS; attempt++) {
            assertThat(process.isAlive()).as("the process serves").isTrue();
            TimeUnit.MILLISECONDS.sleep(100);
        }
        assertThat(kubeconfig).exists();
        return new Server(process);
    }

    /** Ends the process as the kernel does when memory is short. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
