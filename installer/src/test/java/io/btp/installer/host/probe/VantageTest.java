package io.btp.installer.host.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.btp.installer.api.Check;
import io.btp.installer.api.Connection;
import io.btp.installer.api.contract.Access;
import io.btp.installer.api.contract.ObjectStore;
import io.btp.installer.api.contract.Postgres;
import io.btp.installer.api.contract.Redis;
import io.btp.installer.api.contract.Secret;
import io.btp.installer.api.contract.Tls;
import io.btp.installer.host.backend.Backend;
import io.btp.installer.host.backend.Certificates;
import io.btp.installer.host.backend.ConnectProxy;
import io.btp.installer.host.backend.RedisServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the curl of this machine as the pod would run its own, with the same configuration. */
@DisplayName("What curl sees from where it runs")
class VantageTest {
    @TempDir
    static Path folder;

    private static RedisServer plain;
    private static RedisServer encrypted;
    private static Certificates authority;
    private static HttpServer http;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        authority = new Certificates(folder.resolve("ca"));
        plain = RedisServer.start(Optional.empty());
        encrypted = RedisServer.start(Optional.of(authority.sign("server", "DNS:localhost")));
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", exchange -> {
            exchange.sendResponseHeaders(403, -1);
            exchange.close();
        });
        http.start();
    }

    @AfterAll
    static void stop() {
        plain.close();
        encrypted.close();
        http.stop(0);
    }

    @Test
    void isAConnectionWhereNothingMoreCanBeSeen() throws Exception {
        assertThat(look(postgres("127.0.0.1", plain.port()))).isInstanceOf(Check.Result.Passed.class);
    }

    @Test
    void isATrustedCertificateWhereRedisSpeaksTls() throws Exception {
        assertThat(look(redis(Tls.verifiedBy(authority.authority())))).isInstanceOf(Check.Result.Passed.class);
    }

    @Test
    void isAnyCertificateWhereNoneIsVerified() throws Exception {
        assertThat(look(redis(Tls.required()))).isInstanceOf(Check.Result.Passed.class);
    }

    @Test
    void isACertificateThatIsNotTrusted() throws Exception {
        assertThat(failure(redis(Tls.verified()))).startsWith("Pods do not trust the certificate of Redis");
    }

    @Test
    void isAnAnswerOfAnObjectStore() throws Exception {
        assertThat(look(store("http://127.0.0.1:" + http.getAddress().getPort())))
                .isEqualTo(new Check.Result.Passed("answers pods with HTTP 403"));
    }

    @Test
    void isAnAnswerThroughTheProxy() throws Exception {
        try (var proxy = new ConnectProxy(http.getAddress().getPort())) {
            var connection = new Connection(
                    Optional.of(URI.create("http://127.0.0.1:" + proxy.address().getPort())),
                    List.of(),
                    Optional.empty(),
                    Optional.empty());

            assertThat(look(store("http://s3.nowhere.invalid"), connection)).isInstanceOf(Check.Result.Passed.class);
            assertThat(proxy.requests()).isNotEmpty();
        }
    }

    @Test
    void isANameThatIsNotKnown() throws Exception {
        assertThat(failure(postgres("db.nowhere.invalid", 5432)))
                .isEqualTo("Pods do not find the name db.nowhere.invalid");
    }

    @Test
    void isAPortThatTakesNoConnection() throws Exception {
        assertThat(failure(postgres("127.0.0.1", closedPort()))).endsWith("takes no connection of pods");
    }

    @Test
    void isAServerThatSpeaksNoTls() throws Exception {
        assertThat(failure(new Redis("127.0.0.1", plain.port(), Optional.empty(), Optional.empty(), Tls.verified())))
                .endsWith("took a pod's connection and did not answer");
    }

    @Test
    void isNothingWhereTheImageHasNoCurl() {
        var vantage = Vantage.of(postgres("db", 5432)).orElseThrow();

        var result = new PodReport(vantage).of(List.of("sh: curl: not found"));

        assertThat(result).isInstanceOf(Check.Result.Warned.class);
        assertThat(((Check.Result.Warned) result).problem().evidence()).containsExactly("sh: curl: not found");
    }

    private static int closedPort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static Postgres postgres(String host, int port) {
        return new Postgres(host, port, "btp", "btp", Secret.of("secret"), Tls.required());
    }

    private static Redis redis(Tls tls) {
        return new Redis("localhost", encrypted.port(), Optional.empty(), Optional.empty(), tls);
    }

    private static ObjectStore store(String endpoint) {
        var keys = new Access.Keys("key", Secret.of("secret"));
        return new ObjectStore(URI.create(endpoint), "eu", "btp", true, keys, Tls.disabled());
    }

    private static String failure(Record published) throws Exception {
        var result = look(published);
        assertThat(result).isInstanceOf(Check.Result.Failed.class);
        var problem = ((Check.Result.Failed) result).problem();
        assertThat(problem.evidence()).as("curl's own words").isNotEmpty();
        assertThat(problem.remedy()).isNotBlank();
        return problem.summary();
    }

    private static Check.Result look(Record published) throws Exception {
        return look(published, Connection.direct());
    }

    private static Check.Result look(Record published, Connection connection) throws Exception {
        var curl = Backend.program("curl", "/usr/bin/curl", "/usr/local/bin/curl");
        var vantage = Vantage.of(published).orElseThrow();
        var pem = Optional.<String>empty();
        var authorities = vantage.authorities(connection);
        if (authorities.isPresent()) {
            pem = Optional.of(Files.writeString(Files.createTempFile(folder, "ca", ".pem"), authorities.get())
                    .toString());
        }
        var file = Files.writeString(
                Files.createTempFile(folder, "curl", ".conf"), vantage.configuration(connection, pem));
        var process = new ProcessBuilder(curl.toString(), "--config", file.toString())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .start();
        var log = new String(process.getInputStream().readAllBytes()).lines().toList();
        process.waitFor();
        return new PodReport(vantage).of(log);
    }
}
