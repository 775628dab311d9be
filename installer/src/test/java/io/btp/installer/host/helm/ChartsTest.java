package io.btp.installer.host.helm;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.btp.installer.api.Chart;
import io.btp.installer.api.Connection;
import io.btp.installer.api.Login;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.contract.Secret;
import io.btp.installer.host.kubernetes.Limits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChartsTest {
    @TempDir
    Path folder;

    private final Map<String, byte[]> served = new HashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private Charts charts;
    private final List<String> logins = new CopyOnWriteArrayList<>();
    private final Map<String, List<String>> troubles = new HashMap<>();
    private static final List<Duration> PAUSES = new CopyOnWriteArrayList<>();
    private boolean wantsToken;

    static Download download(Connection connection) {
        var limits = new Limits(Duration.ofSeconds(10), Duration.ofSeconds(30), 4, Duration.ofMillis(250), PAUSES::add);
        return new Download(connection, limits, InstantSource.system());
    }

    @BeforeEach
    void starts() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        PAUSES.clear();
        charts = new Charts(folder.resolve("cache"), download(Connection.direct()));
    }

    @AfterEach
    void stops() {
        charts.close();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            asked.add(path);
            var authorization = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"));
            logins.add(path + " " + authorization.orElse("by nobody"));
            if (!troubles.getOrDefault(path, List.of()).isEmpty()) {
                trouble(exchange, requireNonNull(troubles.get(path)).removeFirst());
                return;
            }
            if (wantsToken && path.startsWith("/v2/") && !authorization.equals(Optional.of("Bearer opened"))) {
                exchange.getResponseHeaders()
                        .set("WWW-Authenticate", "Bearer realm=\"%s/token\",service=\"test\"".formatted(address()));
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            var body = Optional.ofNullable(served.get(path));
            exchange.sendResponseHeaders(
                    body.isPresent() ? 200 : 404,
                    body.map(bytes -> (long) bytes.length).orElse(-1L));
            exchange.getResponseBody().write(body.orElse(new byte[0]));
        }
    }

    /** Answers a status, and asks to wait where that is said: {@code 503 after 2}; or breaks off in the middle. */
    private static void trouble(HttpExchange exchange, String what) throws IOException {
        if (what.equals("broken off")) {
            exchange.sendResponseHeaders(200, 1_000_000);
            exchange.getResponseBody().write(new byte[1000]);
            exchange.getResponseBody().flush();
            return;
        }
        var words = what.split(" after ", 2);
        if (words.length == 2) {
            exchange.getResponseHeaders().set("Retry-After", words[1]);
        }
        exchange.sendResponseHeaders(Integer.parseInt(words[0]), -1);
    }

    private void trouble(String path, String... what) {
        troubles.put(path, new ArrayList<>(List.of(what)));
    }

    private Chart shopInRepository() throws InterruptedException, IOException {
        served.put("/charts/shop-1.0.0.tgz", archive());
        served.put(
                "/charts/index.yaml",
                bytes("entries: {shop: [{version: 1.0.0, digest: %s, urls: [shop-1.0.0.tgz]}]}"
                        .formatted(Charts.digest(archive()).substring(7))));
        return Chart.repository(address() + "/charts", "shop", "1.0.0");
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private byte[] archive() throws InterruptedException, IOException {
        return Files.readAllBytes(charts.archive(HelmBench.chart("shop")).path());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void packsAFolderTheSameWayEachTime() throws InterruptedException {
        var one = charts.archive(HelmBench.chart("shop"));
        try (var others = new Charts(folder.resolve("other"), download(Connection.direct()))) {
            assertThat(others.archive(HelmBench.chart("shop")).digest()).isEqualTo(one.digest());
        }
        assertThat(one.title()).isEqualTo("shop 1.0.0");
    }

    @Test
    void fetchesFromARepositoryOnce() throws InterruptedException, IOException {
        var archive = archive();
        served.put("/charts/shop-1.0.0.tgz", archive);
        served.put(
                "/charts/index.yaml", bytes("""
                apiVersion: v1
                entries:
                  shop:
                    - version: 1.0.0
                      digest: %s
                      urls: [shop-1.0.0.tgz]
                """.formatted(Charts.digest(archive).substring(7))));
        var chart = Chart.repository(address() + "/charts", "shop", "1.0.0");

        var first = charts.archive(chart);
        var again = charts.archive(chart);

        assertThat(first.digest()).isEqualTo(Charts.digest(archive));
        assertThat(again.path()).isEqualTo(first.path());
        assertThat(asked).containsExactly("/charts/index.yaml", "/charts/shop-1.0.0.tgz");
    }

    @Test
    void namesVersionsThatAreThere() {
        served.put("/index.yaml", bytes("entries: {shop: [{version: 2.0.0, urls: [x]}]}"));

        var thrown = catchThrowableOfType(
                ProviderException.class, () -> charts.archive(Chart.repository(address(), "shop", "1.0.0")));

        assertThat(thrown.problem().reason()).isEqualTo(Reason.NOT_FOUND);
        assertThat(thrown.problem().remedy()).contains("2.0.0");
    }

    @Test
    void fetchesFromARegistryAsAnybody() throws InterruptedException, IOException {
        var archive = archive();
        wantsToken = true;
        served.put("/token", bytes("{\"token\":\"opened\"}"));
        served.put("/v2/team/shop/blobs/" + Charts.digest(archive), archive);
        served.put("/v2/team/shop/manifests/1.0.0", bytes("""
                {"layers":[{"mediaType":"application/vnd.cncf.helm.chart.content.v1.tar+gzip","digest":"%s"}]}""".formatted(Charts.digest(archive))));

        var chart = charts.archive(Chart.oci(address().replace("http", "oci") + "/team/shop", "1.0.0"));

        assertThat(chart.digest()).isEqualTo(Charts.digest(archive));
    }

    @Test
    void sendsTheLoginToTheRealmAndTheTokenToTheRegistry() throws InterruptedException, IOException {
        var archive = archive();
        wantsToken = true;
        served.put("/token", bytes("{\"access_token\":\"opened\"}"));
        served.put("/v2/team/shop/blobs/" + Charts.digest(archive), archive);
        served.put("/v2/team/shop/manifests/1.0.0", bytes("""
                {"layers":[{"mediaType":"application/vnd.cncf.helm.chart.content.v1.tar+gzip","digest":"%s"}]}""".formatted(Charts.digest(archive))));

        charts.archive(Chart.oci(address().replace("http", "oci") + "/team/shop", "1.0.0")
                .readBy(Optional.of(new Login("acme", Secret.of("pass:word")))));

        assertThat(logins)
                .containsExactly(
                        "/v2/team/shop/manifests/1.0.0 by nobody",
                        "/token Basic YWNtZTpwYXNzOndvcmQ=",
                        "/v2/team/shop/manifests/1.0.0 Bearer opened",
                        "/v2/team/shop/blobs/%s Bearer opened".formatted(Charts.digest(archive)));
    }

    @Test
    void logsInToARepositoryAndNowhereElse() throws InterruptedException, IOException {
        var chart = shopInRepository().readBy(Optional.of(new Login("acme", Secret.of("word"))));
        var elsewhere = "http://localhost:%d/charts/shop-1.0.0.tgz"
                .formatted(server.getAddress().getPort());
        served.put(
                "/charts/index.yaml",
                bytes("entries: {shop: [{version: 1.0.0, urls: [\"%s\"]}]}".formatted(elsewhere)));

        charts.archive(chart);

        assertThat(logins).containsExactly("/charts/index.yaml Basic YWNtZTp3b3Jk", "/charts/shop-1.0.0.tgz by nobody");
    }

    @Test
    void asksAgainAsLateAsABusyServerWants() throws InterruptedException, IOException {
        var chart = shopInRepository();
        trouble("/charts/index.yaml", "503", "429 after 7");
        trouble("/charts/shop-1.0.0.tgz", "502 after Wed, 21 Oct 2015 07:28:00 GMT");

        assertThat(charts.archive(chart).title()).isEqualTo("shop 1.0.0");
        assertThat(PAUSES).containsExactly(Duration.ofMillis(250), Duration.ofSeconds(7), Duration.ofMillis(250));
    }

    @Test
    void asksAgainForWhatWasBrokenOffAndKeepsNothingHalf() throws InterruptedException, IOException {
        var chart = shopInRepository();
        trouble("/charts/shop-1.0.0.tgz", "broken off");

        var found = charts.archive(chart);

        assertThat(Charts.digest(Files.readAllBytes(found.path()))).isEqualTo(found.digest());
        assertThat(PAUSES).hasSize(1);
        try (var kept = Files.walk(folder.resolve("cache"))) {
            assertThat(kept.filter(Files::isRegularFile))
                    .noneMatch(file -> file.getFileName().toString().startsWith("part-"));
        }
    }

    @Test
    void givesUpOnAServerThatStaysBusy() throws InterruptedException, IOException {
        var chart = shopInRepository();
        trouble("/charts/index.yaml", "503", "503", "503", "503");

        var thrown = catchThrowableOfType(ProviderException.class, () -> charts.archive(chart));

        assertThat(thrown.problem().reason()).isEqualTo(Reason.TRANSIENT);
        assertThat(asked).hasSize(4);
    }

    @Test
    void doesNotWaitForHours() throws InterruptedException, IOException {
        var chart = shopInRepository();
        trouble("/charts/index.yaml", "429 after 3600");

        var thrown = catchThrowableOfType(ProviderException.class, () -> charts.archive(chart));

        assertThat(thrown.problem().remedy()).contains("3600");
        assertThat(PAUSES).isEmpty();
    }

    @Test
    void removesWhatAKilledRunLeftInTheCache() throws InterruptedException, IOException {
        var chart = shopInRepository();
        var left = Files.writeString(folder.resolve("cache/part-1234"), "half");
        Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(Duration.ofHours(2))));

        charts.archive(chart);

        assertThat(left).doesNotExist();
    }

    @Test
    void refusesAnotherArchiveThanWasPinned() {
        assertThatThrownBy(() -> charts.archive(HelmBench.chart("shop").pinned("sha256:" + "0".repeat(64))))
                .hasMessageContaining("not the one that was pinned");
    }

    @Test
    void refusesADamagedArchive() throws InterruptedException, IOException {
        served.put("/shop.tgz", archive());
        served.put(
                "/index.yaml",
                bytes("entries: {shop: [{version: 1.0.0, digest: %s, urls: [shop.tgz]}]}".formatted("0".repeat(64))));

        assertThatThrownBy(() -> charts.archive(Chart.repository(address(), "shop", "1.0.0")))
                .hasMessageContaining("damaged");
    }

    @Test
    void refusesWhatIsNoChart() throws IOException {
        var file = Files.write(folder.resolve("no.tgz"), bytes("no archive"));

        assertThatThrownBy(() -> charts.archive(Chart.file(file, "no"))).hasMessageContaining("cannot be used");
        assertThatThrownBy(() -> charts.archive(Chart.file(folder.resolve("missing"), "no")))
                .hasMessageContaining("there is no such file");
    }

    @Test
    void saysThatARegistryDoesNotAnswer() {
        var nobody = new Chart(URI.create("https://127.0.0.1:1/charts"), "shop", Optional.of("1"), Optional.empty());

        var thrown = catchThrowableOfType(ProviderException.class, () -> charts.archive(nobody));

        assertThat(thrown.problem().reason()).isEqualTo(Reason.UNREACHABLE);
    }

    @Test
    void knowsWhichChartsAskTheCluster() throws InterruptedException {
        assertThat(charts.archive(HelmBench.chart("asking")).content().asksCluster())
                .isTrue();
        assertThat(charts.archive(HelmBench.chart("shop")).content().asksCluster())
                .isFalse();
        assertThat(charts.archive(HelmBench.chart("defining")).content().definitionsFor(Map.of()))
                .hasSize(1);
    }
}
