package io.btp.installer.host.helm;

import com.sun.net.httpserver.HttpServer;
import io.btp.installer.api.Chart;
import io.btp.installer.api.Connection;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.Version;
import io.btp.installer.fuzz.Fuzz;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged charts: as archives, as indexes of repositories, as what Helm keeps. */
class ChartFuzzTest {
    private static final String CHART = """
            apiVersion: v2
            name: shop
            version: 1.2.3
            kubeVersion: ">=1.30.0 <2 || 1.28 - 1.29"
            dependencies: [{name: sub, version: 1.0.0, condition: "sub.enabled, other"}]
            """;

    @TempDir
    private Path folder;

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] packed(byte[] content) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var stream = new GZIPOutputStream(packed)) {
            stream.write(content);
        }
        return packed.toByteArray();
    }

    private static byte[] tar(Map<String, byte[]> files) throws IOException {
        var tar = new ByteArrayOutputStream();
        Tar.write(files, tar);
        return tar.toByteArray();
    }

    private static Map<String, byte[]> chart() throws IOException {
        var files = new LinkedHashMap<String, byte[]>();
        files.put("shop/Chart.yaml", utf8(CHART));
        files.put("shop/values.yaml", utf8("a: {b: [1, null]}\nsub: {enabled: true}\n"));
        files.put("shop/templates/a.yaml", utf8("apiVersion: v1\nkind: ConfigMap\n"));
        files.put("shop/crds/a.yaml", utf8("apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n"));
        files.put(
                "shop/charts/sub-1.0.0.tgz", packed(tar(Map.of("sub/Chart.yaml", utf8("name: sub\nversion: 1.0.0")))));
        return files;
    }

    /** Reads an archive; what is not packed is packed first, so that damage within it is met. */
    private static String read(byte[] content) throws IOException {
        var archive = content.length > 1 && content[0] == 0x1f ? content : packed(content);
        try {
            var chart = ChartContent.read(new ByteArrayInputStream(archive));
            chart.definitionsFor(Map.of("sub", Map.of("enabled", false)));
            chart.kubernetes().ifPresent(range -> range.holds(Version.of("1.30.1")));
            return chart.name() + chart.version() + chart.kinds();
        } catch (IOException refused) {
            return String.valueOf(refused.getMessage());
        }
    }

    @Test
    void damagedArchives() throws IOException {
        new Fuzz("chart", ChartFuzzTest::read)
                .from(tar(chart()))
                .from(packed(tar(chart())))
                .run();
    }

    @Test
    void archivesThatAreMadeToHarm() throws IOException {
        var bomb = packed(new byte[64 << 20]);
        var file = chart();
        file.put("shop/zeros", new byte[80 << 20]);
        var nested = chart();
        var many = new LinkedHashMap<String, byte[]>();
        for (int count = 0; count < 8; count++) {
            many.put("sub/zeros-" + count, new byte[4 << 20]);
        }
        for (int count = 0; count < 40; count++) {
            nested.put("shop/charts/sub" + count + "-1.0.0.tgz", packed(tar(many)));
        }
        var entries = new LinkedHashMap<String, byte[]>();
        for (int count = 0; count < 30_000; count++) {
            entries.put("shop/" + count, new byte[0]);
        }
        new Fuzz("chart-bombs", ChartFuzzTest::read)
                .from(bomb)
                .from(packed(tar(file)))
                .from(packed(tar(nested)))
                .from(packed(tar(entries)))
                .from(longPath("shop/" + "charts/a/".repeat(50_000) + "charts/a.tgz"))
                .from(longPath("shop/charts/" + "-1".repeat(100_000) + ".tgz"))
                .from(longPath("shop/" + "a/".repeat(200_000) + "templates/x"))
                .seedsOnly();
    }

    /** Gives an archive with a path of any length, as extended headers have it. */
    private static byte[] longPath(String path) throws IOException {
        var tar = tar(Map.of("x", utf8("9 path=" + path + "\n"), "y", utf8("name: a\nversion: 1")));
        tar[156] = 'x';
        return packed(tar);
    }

    @Test
    void damagedIndexes() throws IOException, InterruptedException {
        var served = new AtomicReference<>(new byte[0]);
        var archive = packed(tar(chart()));
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                var isIndex = exchange.getRequestURI().getPath().endsWith("index.yaml");
                var body = isIndex ? served.get() : archive;
                exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        var address = "http://127.0.0.1:" + server.getAddress().getPort() + "/charts";
        try (var charts = new Charts(folder, ChartsTest.download(Connection.direct()))) {
            new Fuzz("chart-index", content -> {
                        served.set(content);
                        return fetched(charts, Chart.repository(address, "shop", "1.2.3"));
                    })
                    .from(utf8("""
                            apiVersion: v1
                            entries:
                              shop:
                                - {name: shop, version: 1.2.3, urls: [shop-1.2.3.tgz], created: 2026-01-01T00:00:00Z}
                                - {name: shop, version: 1.2.2, digest: %s, urls: ["shop-1.2.2.tgz"]}
                            """.formatted(Charts.digest(archive))))
                    .run();
        } finally {
            server.stop(0);
        }
    }

    private String fetched(Charts charts, Chart chart) throws IOException, InterruptedException {
        try {
            return charts.archive(chart).title();
        } catch (ProviderException refused) {
            return refused.problem().toString();
        } finally {
            // What was fetched once is not fetched again.
            PrivateFolders.remove(folder.resolve("named"));
            Files.createDirectories(folder);
        }
    }

    @Test
    void damagedReleases() {
        new Fuzz("release", ChartFuzzTest::release).from(utf8("""
                        {"name": "a", "namespace": "b", "version": 3, "manifest": "---\\nkind: ConfigMap\\napiVersion: v1\\nmetadata: {name: a}\\n",
                        "info": {"status": "deployed", "description": "d"}, "config": {"a": {"b": 1}},
                        "chart": {"metadata": {"name": "c", "version": "1.0.0"}, "templates": [{"name": "t", "data": "QQ=="}], "files": [], "values": {"a": 1}},
                        "hooks": [{"manifest": "kind: Job", "events": ["pre-install"]}]}""")).run();
    }

    private static String release(byte[] json) {
        var content = ReleaseCodec.object(json);
        if (content.isEmpty()) {
            return "none";
        }
        var release = new StoredRelease(Map.of("metadata", Map.of("name", "s")), content.get());
        StoredChart.ofChart(release);
        return release.revision() + " " + release.status() + release.chart() + release.isOf("1.0.0") + release.values()
                + release.hooks() + manifest(release);
    }

    private static String manifest(StoredRelease release) {
        try {
            return Yaml.objects(release.manifest()).toString();
        } catch (IllegalArgumentException refused) {
            return String.valueOf(refused.getMessage());
        }
    }
}
