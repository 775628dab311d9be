package io.btp.installer.host.backend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** S3Proxy, which checks signatures, on a folder of its own. {@code it/servers/prepare} gets it. */
public final class S3Server implements AutoCloseable {
    /** The access key that it knows. */
    public static final String ACCESS_KEY = "access-of-tests";

    private final Running running;
    private final Path buckets;
    private final int port;

    private S3Server(Running running, Path buckets, int port) {
        this.running = running;
        this.buckets = buckets;
        this.port = port;
    }

    /**
     * Starts one.
     *
     * @param keyStore PKCS#12 file that makes it speak HTTPS, and HTTPS only; its password is {@code changeit}
     * @param settings further properties
     */
    public static S3Server start(String secretKey, Optional<Path> keyStore, String... settings)
            throws IOException, InterruptedException {
        var libraries = Servers.folder("S3Proxy", "s3proxy", "lib");
        var folder = Files.createTempDirectory("btp-s3");
        var buckets = Files.createDirectory(folder.resolve("buckets"));
        int port = Running.freePort();
        var lines = new ArrayList<>(List.of(
                "s3proxy.authorization=aws-v2-or-v4",
                "s3proxy.identity=" + ACCESS_KEY,
                "s3proxy.credential=" + secretKey,
                "jclouds.provider=filesystem-nio2",
                "jclouds.filesystem.basedir=" + buckets,
                "jclouds.identity=local",
                "jclouds.credential=local"));
        lines.add(
                keyStore.isPresent()
                        ? "s3proxy.secure-endpoint=https://127.0.0.1:" + port
                        : "s3proxy.endpoint=http://127.0.0.1:" + port);
        keyStore.ifPresent(
                file -> lines.addAll(List.of("s3proxy.keystore-path=" + file, "s3proxy.keystore-password=changeit")));
        lines.addAll(List.of(settings));
        var file = folder.resolve("s3proxy.properties");
        Files.writeString(file, String.join("\n", lines) + "\n");
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = List.of(
                java,
                "-Xmx192m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                libraries + "/*",
                "org.gaul.s3proxy.Main",
                "--properties",
                file.toString());
        return new S3Server(Running.start(folder, port, command), buckets, port);
    }

    /** Gives its port on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** Makes a bucket. */
    public void make(String bucket) throws IOException {
        Files.createDirectory(buckets.resolve(bucket));
    }

    /** Lists the objects in a bucket. */
    public List<String> objects(String bucket) throws IOException {
        try (var found = Files.walk(buckets.resolve(bucket))) {
            return found.filter(Files::isRegularFile)
                    .map(file -> String.valueOf(file.getFileName()))
                    .toList();
        }
    }

    @Override
    public void close() {
        running.close();
    }
}
