package io.btp.installer.platform;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** An HTTPS site on the loopback that gives prepared answers, the last one again and again. */
final class FakeSite implements AutoCloseable {
    /** An answer. */
    record Page(int status, String location) {
        static Page of(int status) {
            return new Page(status, "");
        }
    }

    private static final char[] PASSWORD = "changeit".toCharArray();

    private final HttpsServer server;
    private final KeyStore keys;
    private final Queue<Page> pages;
    private final List<String> hosts = new ArrayList<>();

    /**
     * Opens a site.
     *
     * @param folder where certificates are kept for the next site of the same kind
     * @param name that its certificate is for
     * @param validity options of keytool
     */
    FakeSite(Path folder, String name, List<String> validity, Page... pages)
            throws IOException, InterruptedException, GeneralSecurityException {
        this.keys = certificate(folder, name, validity);
        this.pages = new ArrayDeque<>(List.of(pages));
        this.server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", this::answer);
        server.start();
    }

    private static KeyStore certificate(Path folder, String name, List<String> validity)
            throws IOException, InterruptedException, GeneralSecurityException {
        var file = folder.resolve(name + String.join("", validity) + ".p12");
        if (Files.notExists(file)) {
            make(file, name, validity);
        }
        var store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(Files.readAllBytes(file)), PASSWORD);
        return store;
    }

    private static void make(Path file, String name, List<String> validity) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "site",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=dns:" + name,
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD)));
        command.addAll(validity);
        var code = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        if (code != 0) {
            throw new IllegalStateException("keytool ended with " + code);
        }
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            hosts.add(exchange.getRequestHeaders().getFirst("Host"));
            var page = pages.size() > 1 ? pages.remove() : pages.element();
            if (!page.location().isEmpty()) {
                exchange.getResponseHeaders().add("Location", page.location());
            }
            exchange.sendResponseHeaders(page.status(), -1);
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    synchronized List<String> hosts() {
        return List.copyOf(hosts);
    }

    /** Gives its certificate as PEM text. */
    String authority() throws GeneralSecurityException {
        var encoder = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
        return "-----BEGIN CERTIFICATE-----\n"
                + encoder.encodeToString(keys.getCertificate("site").getEncoded()) + "\n-----END CERTIFICATE-----\n";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
