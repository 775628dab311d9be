package io.btp.installer.plugin.kubernetes;

import io.btp.installer.api.Change;
import io.btp.installer.api.Installation;
import io.btp.installer.api.Kubernetes;
import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Step;
import io.btp.installer.api.contract.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The host's port as its contract says, on a world in memory; an empty world while the cluster is missing. */
final class FakeKubernetes implements Kubernetes {
    private static final Set<String> SHARED = Set.of("Namespace", "CustomResourceDefinition");

    private final World world;
    private final boolean there;
    private final Map<String, String> labels;
    private final String installation;

    FakeKubernetes(World world, boolean there, Map<String, String> labels) {
        this.world = world;
        this.there = there;
        this.labels = labels;
        this.installation = labels.getOrDefault(Installation.LABEL, "");
    }

    @Override
    public Optional<Map<String, Object>> find(ObjectRef ref) {
        return there ? world.find(ref) : Optional.empty();
    }

    @Override
    public List<Map<String, Object>> list(
            String apiVersion, String kind, Optional<String> namespace, Map<String, String> selector) {
        return there
                ? world.all().stream()
                        .filter(object ->
                                apiVersion.equals(object.get("apiVersion")) && kind.equals(object.get("kind")))
                        .filter(object -> namespace.isEmpty() || namespace.get().equals(Tree.namespace(object)))
                        .filter(object -> Tree.labels(object).entrySet().containsAll(selector.entrySet()))
                        .toList()
                : List.of();
    }

    @Override
    public boolean serves(String groupVersion) {
        return there && world.isServed(groupVersion);
    }

    @Override
    public List<Step> steps(List<Map<String, Object>> manifests) {
        var steps = new ArrayList<Step>();
        manifests.forEach(manifest -> steps.addAll(steps(manifest)));
        return steps;
    }

    private List<Step> steps(Map<String, Object> manifest) {
        var ref = ObjectRef.to(manifest);
        var live = find(ref);
        if (live.isEmpty()) {
            return List.of(Step.create(
                            ref.toString(),
                            progress -> world.put(isShared(ref, manifest) ? manifest : labelled(manifest)))
                    .changing(leaves("", without(manifest)).entrySet().stream()
                            .map(leaf -> Change.to(leaf.getKey(), leaf.getValue()))
                            .toArray(Change[]::new)));
        }
        world.admit(ref);
        if (!isOurs(live.get()) && !SHARED.contains(ref.kind())) {
            throw World.refused(Problem.Reason.CONFLICT, ref + " was made by somebody else");
        }
        if (isShared(ref, manifest) && !isShared(ref, live.get())) {
            return List.of();
        }
        var wanted = isOurs(live.get()) ? labelled(manifest) : manifest;
        var changes = changes(ref, wanted, live.get());
        return changes.isEmpty()
                ? List.of()
                : List.of(Step.update(ref.toString(), progress -> world.put(wanted))
                        .changing(changes.toArray(Change[]::new)));
    }

    private static List<Change> changes(ObjectRef ref, Map<String, Object> wanted, Map<String, Object> live) {
        var before = leaves("", live);
        var changes = new ArrayList<Change>();
        leaves("", World.plain(wanted)).forEach((field, value) -> {
            var now = Optional.ofNullable(before.get(field));
            if (!now.equals(Optional.of(value))) {
                var hidden = ref.kind().equals("Secret") && field.startsWith("data.");
                changes.add(new Change(
                        field, now.map(it -> hidden ? "(hidden)" : it), Optional.of(hidden ? "(hidden)" : value)));
            }
        });
        return changes;
    }

    private static Map<String, Object> without(Map<String, Object> manifest) {
        var rest = new LinkedHashMap<>(manifest);
        rest.keySet().removeAll(Set.of("apiVersion", "kind", "metadata"));
        return rest;
    }

    private static Map<String, String> leaves(String path, Map<?, ?> node) {
        var leaves = new LinkedHashMap<String, String>();
        node.forEach((key, value) -> {
            var field = path.isEmpty() ? String.valueOf(key) : path + "." + key;
            if (value instanceof Map<?, ?> map) {
                leaves.putAll(leaves(field, map));
                return;
            }
            leaves.put(field, value instanceof Secret secret ? secret.toString() : String.valueOf(value));
        });
        return leaves;
    }

    private Map<String, Object> labelled(Map<String, Object> manifest) {
        return World.merged(manifest, Map.of("metadata", Map.of("labels", labels)));
    }

    private static boolean isShared(ObjectRef ref, Map<String, Object> object) {
        return SHARED.contains(ref.kind()) && Tree.labels(object).containsKey(Installation.SHARED_LABEL);
    }

    private boolean isOurs(Map<String, Object> object) {
        return installation.equals(Tree.labels(object).get(Installation.LABEL));
    }

    @Override
    public List<Step> ready(ObjectRef ref) {
        return missing(ref).isEmpty()
                ? List.of()
                : List.of(Step.await(
                        ref + " ready", progress -> progress.until(Duration.ofMinutes(3), () -> missing(ref))));
    }

    private Optional<Problem> missing(ObjectRef ref) {
        return find(ref).flatMap(object -> Tree.text(object, "status", "ready")).isPresent()
                ? Optional.empty()
                : Optional.of(Problem.of(Problem.Reason.NOT_READY, ref + " is not ready", "wait"));
    }

    @Override
    public List<Step> removal(List<ObjectRef> refs) {
        var steps = new ArrayList<Step>();
        for (var ref : refs) {
            find(ref)
                    .filter(object -> isRemovable(ref, object))
                    .ifPresent(object -> steps.add(Step.delete(ref.toString(), progress -> world.delete(ref))));
        }
        return steps;
    }

    private boolean isRemovable(ObjectRef ref, Map<String, Object> object) {
        var named = Tree.labels(object).values().stream().anyMatch(value -> value.startsWith(installation + "-"));
        return isOurs(object)
                || isShared(ref, object)
                || (ref.kind().equals("CustomResourceDefinition")
                        && Tree.annotations(object)
                                .getOrDefault("meta.helm.sh/release-name", "")
                                .startsWith("btp-"))
                || (named
                        && !SHARED.contains(ref.kind())
                        && !Tree.labels(object).containsKey(Installation.LABEL));
    }
}
