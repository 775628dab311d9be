package io.btp.installer.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A network of its own that has loopback and nothing else (a network namespace of Linux). One port of it leads out, to a
 * proxy: a program in it that forgets the proxy reaches nobody, and no name server knows a name.
 */
public final class IsolatedNetwork implements AutoCloseable {
    /** The port that leads out. */
    static final int PORT = 3128;

    private final Process inside;
    private final Relay relay;

    private IsolatedNetwork(Process inside, Relay relay) {
        this.inside = inside;
        this.relay = relay;
    }

    /**
     * Makes one.
     *
     * @param folder for the socket file
     * @param proxyPort port of this machine's loopback that its port leads to
     */
    public static IsolatedNetwork open(Path folder, int proxyPort) throws IOException {
        var file = folder.resolve("out");
        var relay = Relay.toPort(file, proxyPort);
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var script = "ip link set lo up && exec \"$@\"";
        var process = new ProcessBuilder(
                        "unshare",
                        "--net",
                        "sh",
                        "-c",
                        script,
                        "sh",
                        java.toString(),
                        "-cp",
                        classes().toString(),
                        Relay.class.getName(),
                        Integer.toString(PORT),
                        file.toString())
                .redirectError(folder.resolve("relay.log").toFile())
                .start();
        var reader = process.inputReader();
        if (!"ready".equals(reader.readLine())) {
            process.destroyForcibly();
            relay.close();
            throw new IllegalStateException("No network of its own can be made here (this needs root, unshare and ip): "
                    + Files.readString(folder.resolve("relay.log")));
        }
        return new IsolatedNetwork(process, relay);
    }

    private static Path classes() {
        try {
            return Path.of(Relay.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (java.net.URISyntaxException impossible) {
            throw new IllegalStateException("classes that run came from somewhere", impossible);
        }
    }

    /** Gives what stands before a command that is to run in it. */
    public List<String> prefix() {
        return List.of("nsenter", "--target", Long.toString(inside.pid()), "--net");
    }

    @Override
    public void close() {
        try {
            relay.close();
            inside.destroy();
            if (!inside.waitFor(10, TimeUnit.SECONDS)) {
                inside.destroyForcibly();
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
