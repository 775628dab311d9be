package io.btp.installer.host.helm;

import io.btp.installer.host.kubernetes.Fields;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** Makes archives of what Helm keeps with a revision of a release. */
final class StoredChart {
    /** Marks a chart that holds one rendering: it cannot be rendered with other values. */
    private static final String RENDERED = "installer.btp/rendered";

    private StoredChart() {}

    /**
     * Makes the chart that a revision was rendered from. Helm keeps no subcharts: empty where it had some, and where the
     * revision was made of a rendering, or what it keeps is damaged.
     */
    static Optional<byte[]> ofChart(StoredRelease revision) {
        try {
            return packedAgain(revision);
        } catch (IllegalArgumentException damaged) {
            return Optional.empty();
        }
    }

    private static Optional<byte[]> packedAgain(StoredRelease revision) {
        var chart = Fields.map(revision.content(), "chart");
        var metadata = Fields.map(chart, "metadata");
        var complete = Fields.maps(metadata, "dependencies").isEmpty()
                && Fields.text(metadata, "annotations", RENDERED).isEmpty();
        if (!complete || Fields.text(metadata, "name").isEmpty()) {
            return Optional.empty();
        }
        var files = new LinkedHashMap<String, byte[]>();
        files.put("Chart.yaml", bytes(ReleaseCodec.json(metadata)));
        files.put("values.yaml", bytes(ReleaseCodec.json(Fields.map(chart, "values"))));
        Fields.text(chart, "schema").ifPresent(schema -> files.put("values.schema.json", decoded(schema)));
        for (var part : new String[] {"templates", "files"}) {
            for (var file : Fields.maps(chart, part)) {
                files.put(
                        Fields.text(file, "name").orElse(""),
                        decoded(Fields.text(file, "data").orElse("")));
            }
        }
        return Optional.of(packed(files));
    }

    /**
     * Makes a chart that renders to the manifest of a revision, whatever the values: the way back of Helm itself, which
     * renders nothing anew. Its hooks are not in it. Confidential: a manifest may hold Secrets.
     */
    static byte[] ofManifest(StoredRelease revision) {
        var metadata = new LinkedHashMap<String, Object>(Fields.map(revision.content(), "chart", "metadata"));
        metadata.remove("kubeVersion");
        metadata.remove("dependencies");
        metadata.put("annotations", Map.of(RENDERED, "true"));
        var files = new LinkedHashMap<String, byte[]>();
        files.put("Chart.yaml", bytes(ReleaseCodec.json(metadata)));
        files.put("values.yaml", bytes("{}\n"));
        files.put("manifest", bytes(revision.manifest()));
        files.put("templates/manifest.yaml", bytes("{{ .Files.Get \"manifest\" }}\n"));
        return packed(files);
    }

    private static byte[] packed(Map<String, byte[]> files) {
        var below = new LinkedHashMap<String, byte[]>();
        files.forEach((path, content) -> below.put("chart/" + path, content));
        var packed = new ByteArrayOutputStream();
        try (var stream = new GZIPOutputStream(packed)) {
            Tar.write(below, stream);
        } catch (IOException broken) {
            throw new UncheckedIOException("The chart of a revision cannot be packed", broken);
        }
        return packed.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] decoded(String base64) {
        return Base64.getMimeDecoder().decode(base64);
    }
}
