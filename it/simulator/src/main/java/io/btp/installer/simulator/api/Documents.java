package io.btp.installer.simulator.api;

import io.btp.installer.simulator.api.Kind.Trait;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the API says of itself: discovery, version, and as much of OpenAPI as makes clients let the server validate. */
final class Documents {
    static final String AGGREGATED = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

    static final String OPENAPI_2 = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";
    // A document with nothing in it but these two fields (gnostic, OpenAPIv2.proto): swagger = 1, info = 2.
    private static final byte[] EMPTY_OPENAPI_2 = {
        0x0a, 3, '2', '.', '0', 0x12, 13, 0x0a, 7, 's', 'a', 'n', 'd', 'b', 'o', 'x', 0x12, 2, 'v', '1'
    };

    private final Kinds kinds;

    Documents(Kinds kinds) {
        this.kinds = kinds;
    }

    static ObjectNode version() {
        var version = Nodes.object().put("major", "1").put("minor", "35").put("gitVersion", "v1.35.4");
        version.put("gitCommit", "embedded").put("gitTreeState", "clean").put("buildDate", "2026-01-01T00:00:00Z");
        return version.put("goVersion", "none").put("compiler", "none").put("platform", "linux/amd64");
    }

    ObjectNode coreVersions(String address) {
        var document = Nodes.object().put("kind", "APIVersions");
        document.putArray("versions").add("v1");
        document.putArray("serverAddressByClientCIDRs")
                .addObject()
                .put("clientCIDR", "0.0.0.0/0")
                .put("serverAddress", address);
        return document;
    }

    private Map<String, List<String>> groups() {
        var groups = new LinkedHashMap<String, List<String>>();
        kinds.all().forEach(kind -> {
            var versions = groups.computeIfAbsent(kind.group(), none -> new ArrayList<>());
            if (!versions.contains(kind.version())) {
                versions.add(kind.version());
            }
        });
        return groups;
    }

    ObjectNode groupList() {
        var document = Nodes.object().put("kind", "APIGroupList").put("apiVersion", "v1");
        var list = document.putArray("groups");
        groups().forEach((group, versions) -> {
            if (!group.isEmpty()) {
                list.add(group(group, versions));
            }
        });
        return document;
    }

    Optional<ObjectNode> group(String group) {
        return Optional.ofNullable(groups().get(group))
                .map(versions -> group(group, versions).put("kind", "APIGroup").put("apiVersion", "v1"));
    }

    private static ObjectNode group(String group, List<String> versions) {
        var document = Nodes.object().put("name", group);
        var list = document.putArray("versions");
        versions.forEach(version ->
                list.addObject().put("groupVersion", group + "/" + version).put("version", version));
        document.set("preferredVersion", list.get(0).deepCopy());
        return document;
    }

    Optional<ObjectNode> resources(String apiVersion) {
        var served =
                kinds.all().filter(kind -> kind.apiVersion().equals(apiVersion)).toList();
        if (served.isEmpty()) {
            return Optional.empty();
        }
        var document = Nodes.object()
                .put("kind", "APIResourceList")
                .put("apiVersion", "v1")
                .put("groupVersion", apiVersion);
        var list = document.putArray("resources");
        for (var kind : served) {
            resource(list, kind, kind.plural(), kind.kind(), kind.verbs());
            subresources(kind)
                    .forEach((name, verbs) ->
                            resource(list, kind, kind.plural() + "/" + name, subKind(kind, name), verbs));
        }
        return Optional.of(document);
    }

    private static void resource(ArrayNode list, Kind kind, String name, String served, List<String> verbs) {
        var resource = list.addObject().put("name", name).put("singularName", name.contains("/") ? "" : singular(kind));
        resource.put("namespaced", kind.namespaced()).put("kind", served).set("verbs", Nodes.strings(verbs));
        if (name.endsWith("/scale")) {
            resource.put("group", "autoscaling").put("version", "v1");
        }
        if (!kind.shortNames().isEmpty() && !name.contains("/")) {
            resource.set("shortNames", Nodes.strings(kind.shortNames()));
        }
    }

    private static String singular(Kind kind) {
        return kind.kind().toLowerCase(Locale.ROOT);
    }

    private static Map<String, List<String>> subresources(Kind kind) {
        var found = new LinkedHashMap<String, List<String>>();
        if (kind.has(Trait.STATUS)) {
            found.put("status", List.of("get", "patch", "update"));
        }
        if (kind.has(Trait.SCALE)) {
            found.put("scale", List.of("get", "patch", "update"));
        }
        if (kind.is("", "Pod")) {
            found.put("binding", List.of("create"));
            found.put("eviction", List.of("create"));
            found.put("log", List.of("get"));
        }
        if (kind.is("", "Namespace")) {
            found.put("finalize", List.of("update"));
        }
        return found;
    }

    private static String subKind(Kind kind, String subresource) {
        return switch (subresource) {
            case "scale" -> "Scale";
            case "binding" -> "Binding";
            case "eviction" -> "Eviction";
            default -> kind.kind();
        };
    }

    /** Gives everything at once; the core group alone, or all others. */
    ObjectNode aggregated(boolean isCore) {
        var document = Nodes.object().put("kind", "APIGroupDiscoveryList").put("apiVersion", "apidiscovery.k8s.io/v2");
        document.putObject("metadata");
        var items = document.putArray("items");
        groups().forEach((group, versions) -> {
            if (group.isEmpty() != isCore) {
                return;
            }
            var item = items.addObject();
            item.putObject("metadata").put("name", group);
            var list = item.putArray("versions");
            versions.forEach(version -> aggregated(list.addObject(), group, version));
        });
        return document;
    }

    private void aggregated(ObjectNode document, String group, String version) {
        document.put("version", version).put("freshness", "Current");
        var resources = document.putArray("resources");
        kinds.all()
                .filter(kind -> kind.group().equals(group) && kind.version().equals(version))
                .forEach(kind -> aggregated(resources.addObject(), kind));
    }

    private static void aggregated(ObjectNode resource, Kind kind) {
        resource.put("resource", kind.plural()).put("scope", kind.namespaced() ? "Namespaced" : "Cluster");
        resource.put("singularResource", singular(kind));
        resource.set("verbs", Nodes.strings(kind.verbs()));
        resource.set("shortNames", Nodes.strings(kind.shortNames()));
        type(resource.putObject("responseKind"), kind.group(), kind.version(), kind.kind());
        var list = resource.putArray("subresources");
        subresources(kind).forEach((name, verbs) -> {
            var entry = list.addObject().put("subresource", name);
            var isScale = name.equals("scale");
            type(
                    entry.putObject("responseKind"),
                    isScale ? "autoscaling" : kind.group(),
                    isScale ? "v1" : kind.version(),
                    subKind(kind, name));
            entry.set("verbs", Nodes.strings(verbs));
        });
    }

    private static void type(ObjectNode type, String group, String version, String kind) {
        type.put("group", group).put("version", version).put("kind", kind);
    }

    /** Gives the old document, for clients that look for kinds there which the new one does not have: it has none. */
    static byte[] openApi2() {
        return EMPTY_OPENAPI_2.clone();
    }

    ObjectNode openApiPaths() {
        var document = Nodes.object();
        var paths = document.putObject("paths");
        for (var version : kinds.apiVersions()) {
            var path = (version.contains("/") ? "apis/" : "api/") + version;
            paths.putObject(path).put("serverRelativeURL", "/openapi/v3/" + path);
        }
        return document;
    }

    /**
     * Gives the paths of one API version. Clients look in them whether the server takes {@code fieldValidation}: if so,
     * they leave validation to it.
     */
    Optional<ObjectNode> openApi(String apiVersion) {
        var served = kinds.all()
                .filter(kind -> kind.apiVersion().equals(apiVersion) && !kind.has(Trait.REVIEW))
                .toList();
        if (served.isEmpty()) {
            return Optional.empty();
        }
        var document = Nodes.object().put("openapi", "3.0.0");
        document.putObject("info").put("title", "Kubernetes").put("version", "v1.35.4");
        var paths = document.putObject("paths");
        served.forEach(kind -> {
            var root = apiVersion.contains("/") ? "/apis/" : "/api/";
            var place = kind.namespaced() ? "/namespaces/{namespace}/" : "/";
            var patch = paths.putObject(root + apiVersion + place + kind.plural() + "/{name}")
                    .putObject("patch");
            type(patch.putObject("x-kubernetes-group-version-kind"), kind.group(), kind.version(), kind.kind());
            patch.put("x-kubernetes-action", "patch");
            var parameter = patch.putArray("parameters")
                    .addObject()
                    .put("name", "fieldValidation")
                    .put("in", "query");
            parameter.putObject("schema").put("type", "string");
            patch.putObject("responses").putObject("200").put("description", "OK");
        });
        document.putObject("components").putObject("schemas");
        return Optional.of(document);
    }
}
