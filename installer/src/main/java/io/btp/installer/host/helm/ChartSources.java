package io.btp.installer.host.helm;

import io.btp.installer.api.Chart;
import io.btp.installer.api.Login;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.host.kubernetes.Fields;
import io.btp.installer.host.reach.Basic;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fetches charts from chart repositories (index.yaml) and from OCI registries. */
final class ChartSources {
    private static final int LARGEST_INDEX = 48 * 1024 * 1024;

    private final Download download;

    ChartSources(Download download) {
        this.download = download;
    }

    /** Fetches a chart's archive. */
    byte[] fetch(Chart chart) throws InterruptedException {
        var version = chart.version().orElseThrow(() -> new IllegalArgumentException("a remote chart has a version"));
        return chart.location().getScheme().equals("oci")
                ? new Registry(download, chart.location(), chart.login()).archive(version)
                : repository(chart, version);
    }

    private byte[] repository(Chart chart, String version) throws InterruptedException {
        var base = URI.create(chart.location().toString().replaceFirst("/*$", "/"));
        var index = base.resolve("index.yaml");
        var text = new String(read(base, index, chart.login(), LARGEST_INDEX), StandardCharsets.UTF_8);
        var entries = Fields.maps(parsed(index, text), "entries", chart.name());
        var entry = entries.stream()
                .filter(each ->
                        Fields.text(each, "version").filter(version::equals).isPresent())
                .findFirst()
                .orElseThrow(() -> Download.failed(
                        Reason.NOT_FOUND,
                        index,
                        "it has no chart %s in version %s".formatted(chart.name(), version),
                        remedy(entries)));
        var url = Fields.texts(entry, "urls").stream()
                .findFirst()
                .orElseThrow(() -> Download.failed(
                        Reason.INVALID, index, "its entry has no address", "Tell the keeper of the repository"));
        if (url.startsWith("oci://")) {
            // Another server: the repository's login is not for it.
            return new Registry(download, address(base, url.replaceFirst(":[^/:]+$", ""), index), Optional.empty())
                    .archive(version);
        }
        var address = address(base, url, index);
        var archive = read(base, address, chart.login(), Charts.LARGEST);
        Fields.text(entry, "digest").ifPresent(digest -> Received.requireDigest(address, archive, digest));
        return archive;
    }

    private static URI address(URI base, String url, URI index) {
        try {
            return base.resolve(url);
        } catch (IllegalArgumentException invalid) {
            throw Download.failed(
                    Reason.INVALID,
                    index,
                    "its entry has an address that is none: " + url,
                    "Tell the keeper of the repository");
        }
    }

    /** Reads from a repository; its login goes to its own server only. */
    private byte[] read(URI base, URI address, Optional<Login> login, int limit) throws InterruptedException {
        var own = login.filter(it -> base.getAuthority().equals(address.getAuthority()));
        var headers = own.map(it -> Map.of("Authorization", Basic.of(it))).orElseGet(Map::of);
        return Received.required(address, download.get(address, headers, limit), own);
    }

    private static String remedy(List<Map<String, Object>> entries) {
        var versions = entries.stream()
                .flatMap(entry -> Fields.text(entry, "version").stream())
                .limit(5)
                .toList();
        return versions.isEmpty()
                ? "Check the chart's name and the repository's address"
                : "Choose a version that is there, for example " + String.join(", ", versions);
    }

    private static Map<String, Object> parsed(URI index, String text) {
        try {
            return Yaml.object(text).orElseGet(Map::of);
        } catch (IllegalArgumentException notYaml) {
            throw Download.failed(
                    Reason.INVALID, index, "it is " + notYaml.getMessage(), "Name the address of a chart repository");
        }
    }
}
