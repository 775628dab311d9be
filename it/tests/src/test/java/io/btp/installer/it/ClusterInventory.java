package io.btp.installer.it;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Everything that is in a cluster, by kind, namespace and name. What a controller names at random or makes by itself at
 * any time (pods of deployments, events, node heartbeats, endpoint slices) is told by its owner, or left out.
 */
public final class ClusterInventory implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<String> RESTLESS = Set.of(
            "Event",
            "EndpointSlice",
            "Endpoints",
            "Lease",
            "ControllerRevision",
            "ComponentStatus",
            "APIService",
            "FlowSchema",
            "PriorityLevelConfiguration",
            "IPAddress",
            "ServiceCIDR");

    /** What is in every namespace. */
    private static final Pattern GIVEN = Pattern.compile("ConfigMap .*/kube-root-ca\\.crt|ServiceAccount .*/default");

    private final KubernetesClient client;

    /** Looks into the cluster of this kubeconfig. */
    public ClusterInventory(String kubeconfig) {
        this.client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig))
                .build();
    }

    /**
     * Lists what is there, as {@code Kind namespace/name}, sorted; not what Kubernetes puts into every namespace, a moment
     * after it was made. A volume whose claim is gone is removed by the
     * cluster's own controller some time later: it is waited for, whoever claimed it.
     */
    public Set<String> objects() {
        awaitEndOfReleasedVolumes();
        var found = new TreeSet<String>();
        for (var path : collections()) {
            for (var item : read(path.path()).path("items")) {
                var words = described(path.kind(), item);
                if (!GIVEN.matcher(words).matches()) {
                    found.add(words);
                }
            }
        }
        return found;
    }

    private void awaitEndOfReleasedVolumes() {
        var settled = client.persistentVolumes()
                .informOnCondition(volumes -> volumes.stream()
                        .noneMatch(
                                volume -> "Released".equals(volume.getStatus().getPhase())));
        try {
            settled.get(1, TimeUnit.MINUTES);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("a released volume is not removed", e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("tests are not interrupted", e);
        } finally {
            settled.cancel(true);
        }
    }

    /** Gives who owns what by the labels of ours, as {@code Kind namespace/name label=value}, sorted. */
    public Set<String> owned() {
        var found = new TreeSet<String>();
        for (var path : collections()) {
            for (var item : read(path.path()).path("items")) {
                item.path("metadata").path("labels").properties().stream()
                        .filter(label -> label.getKey().startsWith("installer.btp/"))
                        .forEach(label -> found.add(described(path.kind(), item) + " " + label.getKey() + "="
                                + label.getValue().asString()));
            }
        }
        return found;
    }

    /** Gives what differs from a list made before: {@code + } what came, {@code - } what went. */
    public List<String> changesSince(Set<String> before) {
        var now = objects();
        var changes = new ArrayList<String>();
        now.stream().filter(one -> !before.contains(one)).forEach(one -> changes.add("+ " + one));
        before.stream().filter(one -> !now.contains(one)).forEach(one -> changes.add("- " + one));
        return changes;
    }

    /**
     * Gives the resource version of everything that is there: what nobody writes to keeps it. Nodes tell of themselves
     * all the time.
     */
    public Map<String, String> versions() {
        var found = new TreeMap<String, String>();
        for (var path : collections()) {
            if (path.kind().equals("Node")) {
                continue;
            }
            for (var item : read(path.path()).path("items")) {
                var metadata = item.path("metadata");
                found.put(
                        path.path() + " " + metadata.path("namespace").asString("") + "/"
                                + metadata.path("name").asString(),
                        metadata.path("resourceVersion").asString());
            }
        }
        return found;
    }

    /** Gives everything that is there, what is restless too, as the API server gives it, by kind, namespace and name. */
    public Map<String, JsonNode> contents() {
        var found = new TreeMap<String, JsonNode>();
        for (var collection : collections(Set.of())) {
            for (var item : read(collection.path()).path("items")) {
                var metadata = item.path("metadata");
                found.put(
                        collection.kind() + " " + metadata.path("namespace").asString("") + "/"
                                + metadata.path("name").asString(),
                        item);
            }
        }
        return found;
    }

    private static String described(String kind, JsonNode item) {
        var metadata = item.path("metadata");
        var owner = metadata.path("ownerReferences").path(0);
        var place = metadata.path("namespace").asString("");
        if (kind.equals("PersistentVolume")) {
            var claim = item.path("spec").path("claimRef");
            return kind + " for " + claim.path("namespace").asString("") + "/"
                    + claim.path("name").asString("");
        }
        if (!owner.isMissingNode() && (kind.equals("Pod") || kind.equals("ReplicaSet"))) {
            return kind + " " + place + "/ of " + owner.path("kind").asString() + " "
                    + owner.path("name").asString().replaceAll("-[0-9a-f]{6,10}$", "");
        }
        return kind + " " + place + "/" + metadata.path("name").asString();
    }

    private record Collection(String kind, String path) {}

    private List<Collection> collections() {
        return collections(RESTLESS);
    }

    private List<Collection> collections(Set<String> except) {
        var all = new ArrayList<Collection>();
        collect("/api/v1", except, all);
        for (var group : read("/apis").path("groups")) {
            collect(
                    "/apis/"
                            + group.path("preferredVersion")
                                    .path("groupVersion")
                                    .asString(),
                    except,
                    all);
        }
        return all;
    }

    private void collect(String base, Set<String> except, List<Collection> all) {
        for (var resource : read(base).path("resources")) {
            var name = resource.path("name").asString();
            var kind = resource.path("kind").asString();
            var listed = false;
            for (var verb : resource.path("verbs")) {
                listed |= verb.asString().equals("list");
            }
            if (listed && !name.contains("/") && !except.contains(kind)) {
                all.add(new Collection(kind, base + "/" + name));
            }
        }
    }

    private JsonNode read(String path) {
        return JSON.readTree(client.raw(path));
    }

    /** Gives the client, for what a test does to the cluster. */
    public KubernetesClient client() {
        return client;
    }

    @Override
    public void close() {
        client.close();
    }
}
