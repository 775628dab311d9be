package io.btp.installer.host.helm;

import io.btp.installer.api.Login;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.host.kubernetes.Fields;
import io.btp.installer.host.reach.Basic;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** One repository of an OCI registry. Logs in as the registry asks: by basic authentication or for a token. */
final class Registry {
    private static final int LARGEST_DOCUMENT = 4 * 1024 * 1024;
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String LAYER = "application/vnd.cncf.helm.chart.content.v1.tar+gzip";
    private static final Pattern PARAMETER = Pattern.compile("(\\w+)=\"([^\"]*)\"");
    // What people call Docker Hub is not where it answers.
    private static final Pattern DOCKER_HUB = Pattern.compile("(index\\.)?docker\\.io");

    private final Download download;
    private final String root;
    private final Optional<Login> login;

    /**
     * Reads a repository.
     *
     * @param reference {@code oci://registry/path}
     * @param login who reads; nobody in particular where absent
     */
    Registry(Download download, URI reference, Optional<Login> login) {
        this.download = download;
        this.root = "%s://%s/v2%s".formatted(scheme(reference), authority(reference), reference.getPath());
        this.login = login;
    }

    private static String authority(URI reference) {
        var authority = reference.getAuthority();
        return DOCKER_HUB.matcher(authority).matches() ? "registry-1.docker.io" : authority;
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

    /** Fetches the chart's archive of a version. */
    byte[] archive(String version) throws InterruptedException {
        // A plus sign is not allowed in tags; Helm writes an underscore for it.
        var manifest = URI.create(root + "/manifests/" + version.replace('+', '_'));
        var headers = new LinkedHashMap<>(Map.of("Accept", MANIFEST));
        var fetched = download.get(manifest, headers, LARGEST_DOCUMENT);
        if (fetched.status() == 401) {
            authorization(manifest, fetched).ifPresent(value -> headers.put("Authorization", value));
            fetched = download.get(manifest, headers, LARGEST_DOCUMENT);
        }
        var layer = Fields.maps(object(manifest, Received.required(manifest, fetched, login)), "layers").stream()
                .filter(each ->
                        Fields.text(each, "mediaType").filter(LAYER::equals).isPresent())
                .flatMap(each -> Fields.text(each, "digest").stream())
                .findFirst()
                .orElseThrow(() -> Download.failed(
                        Reason.INVALID, manifest, "it is no Helm chart", "Name the reference of a chart"));
        headers.remove("Accept");
        var blob = URI.create(root + "/blobs/" + layer);
        var archive = Received.required(blob, download.get(blob, headers, Charts.LARGEST), login);
        Received.requireDigest(blob, archive, layer);
        return archive;
    }

    private Optional<String> authorization(URI manifest, Download.Fetched refused) throws InterruptedException {
        var challenge = refused.header("WWW-Authenticate").orElse("");
        if (challenge.regionMatches(true, 0, "Basic", 0, 5)) {
            return login.map(Basic::of);
        }
        return challenge.regionMatches(true, 0, "Bearer", 0, 6)
                ? token(manifest, challenge).map(token -> "Bearer " + token)
                : Optional.empty();
    }

    private Optional<String> token(URI manifest, String challenge) throws InterruptedException {
        var parameters = new LinkedHashMap<String, String>();
        var matcher = PARAMETER.matcher(challenge);
        while (matcher.find()) {
            parameters.put(matcher.group(1), matcher.group(2));
        }
        var realm = Optional.ofNullable(parameters.remove("realm"))
                .orElseThrow(() -> Download.failed(
                        Reason.UNAUTHENTICATED, manifest, "it names no realm to log in", "Tell the registry's keeper"));
        if (!realm.startsWith("https:") && !root.startsWith("http:")) {
            throw Download.failed(
                    Reason.UNAUTHENTICATED,
                    manifest,
                    "it wants the login sent to " + realm + ", which is not encrypted",
                    "Tell the registry's keeper");
        }
        parameters.remove("error");
        var query = new StringBuilder();
        parameters.forEach((name, value) -> query.append(query.isEmpty() && !realm.contains("?") ? '?' : '&')
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        var address = URI.create(realm + query);
        var headers = login.map(it -> Map.of("Authorization", Basic.of(it))).orElseGet(Map::of);
        var answer =
                object(address, Received.required(address, download.get(address, headers, LARGEST_DOCUMENT), login));
        return Fields.text(answer, "token").or(() -> Fields.text(answer, "access_token"));
    }

    private static Map<String, Object> object(URI address, byte[] json) {
        return ReleaseCodec.object(json)
                .orElseThrow(() ->
                        Download.failed(Reason.INVALID, address, "it is no JSON", "Name the address of a registry"));
    }
}
