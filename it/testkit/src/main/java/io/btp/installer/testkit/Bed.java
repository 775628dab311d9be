package io.btp.installer.testkit;

import io.btp.installer.api.Connection;
import io.btp.installer.api.contract.Cluster;
import io.btp.installer.api.contract.Secret;
import io.btp.installer.engine.Pace;
import io.btp.installer.host.kubernetes.ClusterClient;
import io.btp.installer.simulator.api.Audit;
import io.btp.installer.simulator.api.EmbeddedApi;
import io.btp.installer.simulator.nodes.Simulation;
import io.btp.installer.simulator.nodes.SimulationOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A cluster for a test: the embedded API, simulated nodes and operators, and a stranger's hands in it. */
final class Bed implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int LOOKS = 30;
    private static final Duration PACE = Duration.ofMillis(20);
    private static final String SIMULATOR = "btp-simulator";
    /** What a cluster writes by itself all the time. */
    private static final Set<String> RESTLESS =
            Set.of("Event", "Endpoints", "EndpointSlice", "Lease", "Node", "PersistentVolume", "ControllerRevision");

    private static final Set<String> IN_EVERY_NAMESPACE =
            Set.of("ConfigMap kube-root-ca.crt", "ServiceAccount default");

    private final Path folder;
    private final EmbeddedApi api;
    private final Simulation simulation;
    private final ClusterClient client;
    private final Pace pace = Pace.real();
    private SortedMap<String, Thing> before = new TreeMap<>();
    private boolean hasHadDefinitions;
    private int programs;

    private Bed(Path folder, EmbeddedApi api, Simulation simulation, ClusterClient client) {
        this.folder = folder;
        this.api = api;
        this.simulation = simulation;
        this.client = client;
    }

    static Bed open(List<Map<String, Object>> alreadyThere) throws InterruptedException {
        try {
            var folder = Files.createTempDirectory("btp-contract");
            var api = EmbeddedApi.open(folder.resolve("data"));
            var connection = new io.btp.installer.simulator.client.Connection(
                    api.server(), api.token(), Optional.of(api.certificate()));
            var simulation = Simulation.start(
                    connection, SimulationOptions.forBareApi().withPace(PACE).withPorts(0, 0));
            var client = ClusterClient.open(Secret.of(api.kubeconfig()), Connection.direct());
            for (var manifest : alreadyThere) {
                client.create(manifest);
            }
            var bed = new Bed(folder, api, simulation, client);
            bed.before = bed.settled();
            return bed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a cluster makes by itself in a namespace comes a little later. */
    private SortedMap<String, Thing> settled() throws InterruptedException {
        var objects = objects();
        for (int look = 0; look < LOOKS; look++) {
            pace.pause(PAUSE);
            var again = objects();
            if (again.keySet().equals(objects.keySet())) {
                return again;
            }
            objects = again;
        }
        return objects;
    }

    /**
     * Removes everything that was made, by force.
     *
     * @return false where the cluster is not as it was before, and another is needed
     */
    boolean clear() throws InterruptedException {
        if (hasHadDefinitions) {
            // A program remembers what a cluster served; another one would not.
            return false;
        }
        for (int look = 0; look < LOOKS; look++) {
            var made = made();
            if (made.isEmpty()) {
                return contents(objects()).equals(contents(before));
            }
            for (var thing : made.values()) {
                if (!thing.isOwned()) {
                    lose(thing);
                }
            }
            pace.pause(PAUSE);
        }
        return false;
    }

    /** Notes whether there are definitions that were not there before. */
    void look() throws InterruptedException {
        hasHadDefinitions |=
                made().values().stream().anyMatch(thing -> thing.kind().equals("CustomResourceDefinition"));
    }

    private static Map<String, String> contents(SortedMap<String, Thing> things) {
        var contents = new TreeMap<String, String>();
        things.forEach((key, thing) -> contents.put(key, thing.content()));
        return contents;
    }

    /** Gives the objects that were not there when it was opened. */
    SortedMap<String, Thing> made() throws InterruptedException {
        var made = objects();
        made.keySet().removeAll(before.keySet());
        made.keySet().removeIf(Bed::isEverywhere);
        return made;
    }

    /** Gives the cluster's record as a new program gets it: each is another access, with a client of its own. */
    Cluster record() throws InterruptedException {
        var access = Secret.of(api.kubeconfig() + "# program " + ++programs + "\n");
        return client.identity().record("contract", access, Cluster.Identities.PLAIN);
    }

    ClusterClient client() {
        return client;
    }

    /** Gives all objects but the restless ones, by kind, namespace and name. */
    SortedMap<String, Thing> objects() throws InterruptedException {
        var all = new TreeMap<String, Thing>();
        for (var resource : resources()) {
            for (var item : get(resource.path()).path("items")) {
                var object = item.deepCopy().asObject();
                object.put("kind", resource.kind());
                object.put("apiVersion", resource.apiVersion());
                all.put(key(object), new Thing(object, resource.path(object)));
            }
        }
        return all;
    }

    private static String key(JsonNode object) {
        var namespace = object.at("/metadata/namespace").asString("");
        return object.path("kind").asString() + " " + (namespace.isEmpty() ? "" : namespace + "/")
                + object.at("/metadata/name").asString();
    }

    private record Resource(String apiVersion, String kind, String root, String plural) {
        String path() {
            return root + "/" + plural;
        }

        String path(JsonNode object) {
            var namespace = object.at("/metadata/namespace").asString("");
            return root + (namespace.isEmpty() ? "" : "/namespaces/" + namespace) + "/" + plural + "/"
                    + object.at("/metadata/name").asString();
        }
    }

    private List<Resource> resources() throws InterruptedException {
        var found = new ArrayList<>(resources("v1", "/api/v1"));
        for (var group : get("/apis").path("groups")) {
            var version = group.at("/preferredVersion/groupVersion").asString();
            found.addAll(resources(version, "/apis/" + version));
        }
        return found;
    }

    private List<Resource> resources(String apiVersion, String path) throws InterruptedException {
        var found = new ArrayList<Resource>();
        for (var resource : get(path).path("resources")) {
            var name = resource.path("name").asString();
            var kind = resource.path("kind").asString();
            var isListed = false;
            for (var verb : resource.path("verbs")) {
                isListed |= verb.asString().equals("list");
            }
            if (isListed && !name.contains("/") && !RESTLESS.contains(kind)) {
                found.add(new Resource(apiVersion, kind, path, name));
            }
        }
        return found;
    }

    private JsonNode get(String path) throws InterruptedException {
        try (var answer = client.forward("GET", path, Map.of("Accept", "application/json"), Optional.empty())) {
            return JSON.readTree(answer.body().readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tells whether a cluster makes such an object in every namespace. */
    static boolean isEverywhere(String key) {
        int name = key.lastIndexOf('/');
        return IN_EVERY_NAMESPACE.contains(key.substring(0, key.indexOf(' ') + 1) + key.substring(name + 1));
    }

    /** Lists what was written by others than the simulation since the last {@link #forget}. */
    List<String> writes() {
        return api.audit().orElseThrow().entries().stream()
                .filter(entry -> entry.persists() && !entry.userAgent().startsWith(SIMULATOR))
                .map(entry -> entry.method() + " " + entry.path())
                .toList();
    }

    void forget() {
        api.audit().ifPresent(Audit::clear);
    }

    /** Deletes an object as a stranger. */
    void lose(Thing thing) throws InterruptedException {
        send("DELETE", thing.path(), Optional.empty());
    }

    /** Merges a patch into an object as a stranger; false where the API refuses that. */
    boolean change(Thing thing, JsonNode patch) throws InterruptedException {
        return send("PATCH", thing.path() + "?fieldManager=stranger", Optional.of(patch)) < 300;
    }

    private int send(String method, String path, Optional<JsonNode> body) throws InterruptedException {
        var headers = Map.of("Content-Type", "application/merge-patch+json", "Accept", "application/json");
        var content = body.map(json -> JSON.writeValueAsString(json).getBytes(StandardCharsets.UTF_8));
        try (var answer = client.forward(method, path, headers, content)) {
            return answer.status();
        }
    }

    @Override
    public void close() {
        client.close();
        simulation.close();
        try {
            api.close();
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
