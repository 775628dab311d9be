package io.btp.installer.host.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.btp.installer.api.Chart;
import io.btp.installer.api.Connection;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.api.ProviderException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
    private boolean wantsToken;

    @BeforeEach
    void starts() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        charts = new Charts(folder.resolve("cache"), Connection.direct());
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
        try (var others = new Charts(folder.resolve("other"), Connection.direct())) {
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
