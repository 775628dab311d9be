package io.btp.installer.host.helm;

import io.btp.installer.host.kubernetes.Fields;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * What the installer itself has to know of a chart's archive.
 *
 * @param name the chart's name
 * @param version its version
 * @param kubernetes the versions of Kubernetes that it supports, where it says so
 * @param asksCluster true where a template looks into the cluster, so that it cannot be rendered without
 * @param definitions custom resource definitions in {@code crds/}, each with the condition of its subchart
 * @param values the chart's own values
 * @param kinds what its templates may make
 */
record ChartContent(
        String name,
        String version,
        Optional<KubernetesRange> kubernetes,
        boolean asksCluster,
        List<Definition> definitions,
        Map<String, Object> values,
        Set<Kind> kinds) {
    private static final Pattern ASKS = Pattern.compile("\\blookup\\b|Capabilities\\.APIVersions");
    private static final Pattern HEADERS = Pattern.compile("(?m)^(apiVersion|kind):[ \\t]*[\"']?([^\"'\\s]+)");
    private static final int DEEPEST = 3;

    /**
     * A kind that a template names.
     *
     * @param apiVersion group and version; empty where the template computes it
     * @param kind for example {@code Deployment}
     * @param hook true where the template has a hook
     */
    record Kind(String apiVersion, String kind, boolean hook) {}

    /** A custom resource definition, and the values that its subchart is switched by. */
    record Definition(Map<String, Object> manifest, List<String> conditions) {}

    /**
     * Reads an archive.
     *
     * @throws IOException if it is no chart, is too large, or is not to be trusted
     */
    static ChartContent read(InputStream packed) throws IOException {
        var files = new LinkedHashMap<String, byte[]>();
        unpack(packed, "", 0, new Tar.Budget(), files);
        var chart = yaml(files, "Chart.yaml");
        var conditions = conditions(chart);
        var definitions = new ArrayList<Definition>();
        var kinds = new LinkedHashSet<Kind>();
        var asks = false;
        for (var file : files.entrySet()) {
            var path = file.getKey();
            if (path.matches("(.*/)?templates/.*")) {
                var text = new String(file.getValue(), StandardCharsets.UTF_8);
                asks |= ASKS.matcher(text).find();
                kinds(text, kinds);
            }
            if (path.matches("(charts/[^/]+/)*crds/.*\\.(ya?ml|json)")) {
                for (var manifest : objects(path, file.getValue())) {
                    definitions.add(new Definition(manifest, conditions.getOrDefault(subchart(path), List.of())));
                }
            }
        }
        var name = Fields.text(chart, "name").orElseThrow(() -> new IOException("its Chart.yaml has no name"));
        var version = Fields.text(chart, "version").orElseThrow(() -> new IOException("its Chart.yaml has no version"));
        var values = files.containsKey("values.yaml") ? yaml(files, "values.yaml") : Map.<String, Object>of();
        var kubernetes = Fields.text(chart, "kubeVersion").map(KubernetesRange::new);
        return new ChartContent(name, version, kubernetes, asks, List.copyOf(definitions), values, Set.copyOf(kinds));
    }

    private static void kinds(String template, Set<Kind> kinds) {
        var hook = template.contains("helm.sh/hook\"") || template.contains("helm.sh/hook:");
        var apiVersion = "";
        var headers = HEADERS.matcher(template);
        while (headers.find()) {
            var value = headers.group(2).contains("{") ? "" : headers.group(2);
            if (headers.group(1).equals("apiVersion")) {
                apiVersion = value;
            } else if (!value.isEmpty()) {
                kinds.add(new Kind(apiVersion, value, hook));
            }
        }
    }

    private static void unpack(
            InputStream packed, String under, int depth, Tar.Budget budget, Map<String, byte[]> files)
            throws IOException {
        try (var archive = new GZIPInputStream(packed)) {
            Tar.read(archive, budget, (path, content) -> {
                var inside = under + path.substring(path.indexOf('/') + 1);
                if (!path.contains("/")) {
                    return;
                }
                if (inside.matches("(charts/[^/]+/)*charts/[^/]+\\.tgz") && depth < DEEPEST) {
                    var folder = inside.replaceAll("(-v?\\d[^/]*)?\\.tgz$", "/");
                    unpack(new ByteArrayInputStream(content), folder, depth + 1, budget, files);
                } else {
                    files.put(inside, content);
                }
            });
        }
    }

    private static Map<String, Object> yaml(Map<String, byte[]> files, String path) throws IOException {
        var content = Optional.ofNullable(files.get(path)).orElseThrow(() -> new IOException("it has no " + path));
        return objects(path, content).stream().findFirst().orElseGet(Map::of);
    }

    private static List<Map<String, Object>> objects(String path, byte[] content) throws IOException {
        try {
            return Yaml.objects(new String(content, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException notYaml) {
            throw new IOException("its " + path + " is " + notYaml.getMessage(), notYaml);
        }
    }

    private static String subchart(String path) {
        return path.startsWith("charts/") ? path.split("/")[1] : "";
    }

    private static Map<String, List<String>> conditions(Map<String, Object> chart) {
        var conditions = new LinkedHashMap<String, List<String>>();
        for (var dependency : Fields.maps(chart, "dependencies")) {
            var name = Fields.text(dependency, "name").orElse("");
            Fields.text(dependency, "condition")
                    .ifPresent(condition ->
                            conditions.put(name, List.of(condition.strip().split("\\s*,\\s*"))));
        }
        return conditions;
    }

    /** Gives the definitions of the chart and of those subcharts that the values do not switch off. */
    List<Map<String, Object>> definitionsFor(Map<String, Object> set) {
        var inForce = Values.merged(values, set);
        return definitions.stream()
                .filter(definition -> definition.conditions().stream()
                        .flatMap(path -> Fields.at(inForce, path.split("\\.")).stream())
                        .findFirst()
                        .filter(Boolean.FALSE::equals)
                        .isEmpty())
                .map(Definition::manifest)
                .filter(manifest -> "CustomResourceDefinition".equals(manifest.get("kind")))
                .toList();
    }
}
