package io.btp.installer.host.helm;

import io.btp.installer.api.Chart;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.api.ProviderException;
import io.btp.installer.host.kubernetes.Fields;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Fetches charts from chart repositories (index.yaml) and from OCI registries, as anybody. */
final class ChartSources {
    private static final int LARGEST_INDEX = 48 * 1024 * 1024;
    private static final int LARGEST_DOCUMENT = 4 * 1024 * 1024;
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String LAYER = "application/vnd.cncf.helm.chart.content.v1.tar+gzip";
    private static final Pattern PARAMETER = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    private final Download download;

    ChartSources(Download download) {
        this.download = download;
    }

    /** Fetches a chart's archive. */
    byte[] fetch(Chart chart) throws InterruptedException {
        var version = chart.version().orElseThrow(() -> new IllegalArgumentException("a remote chart has a version"));
        return chart.location().getScheme().equals("oci")
                ? registry(chart.location(), version)
                : repository(chart, version);
    }

    private byte[] repository(Chart chart, String version) throws InterruptedException {
        var base = URI.create(chart.location().toString().replaceFirst("/*$", "/"));
        var index = base.resolve("index.yaml");
        var text = new String(succeeded(index, Map.of(), LARGEST_INDEX), StandardCharsets.UTF_8);
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
            return registry(URI.create(url.replaceFirst(":[^/:]+$", "")), version);
        }
        var archive = succeeded(base.resolve(url), Map.of(), Charts.LARGEST);
        Fields.text(entry, "digest").ifPresent(digest -> requireDigest(base.resolve(url), archive, digest));
        return archive;
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

    private byte[] registry(URI reference, String version) throws InterruptedException {
        var root = "%s://%s/v2%s".formatted(scheme(reference), reference.getAuthority(), reference.getPath());
        // A plus sign is not allowed in tags; Helm writes an underscore for it.
        var manifest = URI.create(root + "/manifests/" + version.replace('+', '_'));
        var headers = new LinkedHashMap<>(Map.of("Accept", MANIFEST));
        var fetched = download.get(manifest, headers, LARGEST_DOCUMENT);
        if (fetched.status() == 401) {
            token(manifest, fetched).ifPresent(token -> headers.put("Authorization", "Bearer " + token));
            fetched = download.get(manifest, headers, LARGEST_DOCUMENT);
        }
        var layer = Fields.maps(object(manifest, required(manifest, fetched)), "layers").stream()
                .filter(each ->
                        Fields.text(each, "mediaType").filter(LAYER::equals).isPresent())
                .flatMap(each -> Fields.text(each, "digest").stream())
                .findFirst()
                .orElseThrow(() -> Download.failed(
                        Reason.INVALID, manifest, "it is no Helm chart", "Name the reference of a chart"));
        headers.remove("Accept");
        var blob = URI.create(root + "/blobs/" + layer);
        var archive = succeeded(blob, headers, Charts.LARGEST);
        requireDigest(blob, archive, layer);
        return archive;
    }

    // Registries on this machine are test servers and caches; they speak plain HTTP.
    private static String scheme(URI reference) {
        try {
            var host = Optional.ofNullable(reference.getHost()).orElse("");
            return host.equals("localhost") || InetAddress.ofLiteral(host).isLoopbackAddress() ? "http" : "https";
        } catch (IllegalArgumentException aName) {
            return "https";
        }
    }

    private Optional<String> token(URI manifest, Download.Fetched refused) throws InterruptedException {
        var challenge = refused.header("WWW-Authenticate").orElse("");
        if (!challenge.regionMatches(true, 0, "Bearer", 0, 6)) {
            return Optional.empty();
        }
        var parameters = new LinkedHashMap<String, String>();
        var matcher = PARAMETER.matcher(challenge);
        while (matcher.find()) {
            parameters.put(matcher.group(1), matcher.group(2));
        }
        var realm = Optional.ofNullable(parameters.remove("realm"))
                .orElseThrow(() -> Download.failed(
                        Reason.UNAUTHENTICATED, manifest, "it names no realm to log in", "Tell the registry's keeper"));
        var query = new StringBuilder();
        parameters.forEach((name, value) -> query.append(query.isEmpty() ? '?' : '&')
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        var address = URI.create(realm + query);
        var answer = object(address, succeeded(address, Map.of(), LARGEST_DOCUMENT));
        return Fields.text(answer, "token").or(() -> Fields.text(answer, "access_token"));
    }

    private static Map<String, Object> object(URI address, byte[] json) {
        return ReleaseCodec.object(json)
                .orElseThrow(() ->
                        Download.failed(Reason.INVALID, address, "it is no JSON", "Name the address of a registry"));
    }

    private byte[] succeeded(URI address, Map<String, String> headers, int limit) throws InterruptedException {
        return required(address, download.get(address, headers, limit));
    }

    private static byte[] required(URI address, Download.Fetched fetched) {
        return switch (fetched.status()) {
            case 200 -> fetched.body();
            case 401, 403 ->
                throw new ProviderException(
                        Problem.of(
                                Reason.UNAUTHENTICATED,
                                "%s does not give %s to anybody: it asks for a login"
                                        .formatted(address.getAuthority(), address),
                                "Use a registry that can be read without one, a mirror (connection.registryMirror), or a chart file"));
            case 404 ->
                throw Download.failed(
                        Reason.NOT_FOUND,
                        address,
                        "there is no such thing",
                        "Check name, version and address of the chart");
            case 429, 500, 502, 503, 504 ->
                throw Download.failed(
                        Reason.TRANSIENT,
                        address,
                        "it answers " + fetched.status(),
                        "Run the same command again later");
            default ->
                throw Download.failed(
                        Reason.FAILED, address, "it answers " + fetched.status(), "Check the address of the chart");
        };
    }

    private static void requireDigest(URI address, byte[] archive, String digest) {
        var wanted = digest.startsWith("sha256:") ? digest : "sha256:" + digest;
        if (!Charts.digest(archive).equals(wanted)) {
            throw Download.failed(
                    Reason.TRANSIENT,
                    address,
                    "it is damaged: its digest is another than was announced",
                    "Look for a proxy on the way, then run the same command again");
        }
    }
}
