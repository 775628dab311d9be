package io.btp.installer.host.kubernetes;

import io.btp.installer.api.Change;
import io.btp.installer.api.Installation;
import io.btp.installer.api.Kubernetes;
import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Permission;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.Step;
import io.btp.installer.api.Step.Impact;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Kubernetes as it is lent to one component.
 *
 * <p>Whose object is it? What carries this installation's label is ours: it is brought to what the manifest says, and
 * may be removed. What carries another installation's label, or none, is somebody else's, and a plan that would change
 * it fails: two owners of one name do not get along. Two kinds exist once and are shared: a namespace that was there
 * before is used with our fields but without our label, and a custom resource definition that was there before is left
 * as it is; neither is ever removed. A namespace that is made to be shared carries the label of what installations share
 * and no owner's; whoever removes the last of what they share removes it, too. To hand an object over to the installation, a person puts the label on it.
 *
 * <p>What charts, operators and controllers made for a component carries no owner label. It may be removed when one of
 * its labels names something of this installation, as {@code app.kubernetes.io/instance: acme-postgres} does. Custom
 * resource definitions may be removed that carry the label of what is shared, or that a chart of a release {@code btp-…}
 * made and kept: whoever removes the last such release sees that nobody's objects are left.
 */
public final class KubernetesPort implements Kubernetes {
    private static final Duration USUAL_REMOVAL = Duration.ofMinutes(2);
    private static final Duration USUAL_START = Duration.ofMinutes(3);
    private static final Set<String> SHARED = Set.of("Namespace", "CustomResourceDefinition");
    /** Begins the names of releases that installations share; charts keep their definitions when they go. */
    private static final String SHARED_RELEASE = "btp-";

    private static final Set<String> WITH_PODS = Set.of("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet");

    private final Optional<ClusterClient> cluster;
    private final Map<String, String> labels;
    private final String installation;

    /**
     * Lends a cluster.
     *
     * @param cluster empty while it is missing: nothing is found, and everything is to be made
     * @param labels owner labels that everything made gets
     */
    public KubernetesPort(Optional<ClusterClient> cluster, Map<String, String> labels) {
        this.cluster = cluster;
        this.labels = Map.copyOf(labels);
        this.installation = Optional.ofNullable(labels.get(Installation.LABEL))
                .orElseThrow(() -> new IllegalArgumentException("owner labels name the installation: " + labels));
    }

    @Override
    public Optional<Map<String, Object>> find(ObjectRef ref) throws InterruptedException {
        return cluster.isEmpty() ? Optional.empty() : cluster.get().find(ref);
    }

    @Override
    public List<Map<String, Object>> list(
            String apiVersion, String kind, Optional<String> namespace, Map<String, String> selector)
            throws InterruptedException {
        return cluster.isEmpty() ? List.of() : cluster.get().list(apiVersion, kind, namespace, selector);
    }

    @Override
    public boolean serves(String groupVersion) throws InterruptedException {
        return cluster.isPresent() && cluster.get().serves(groupVersion);
    }

    @Override
    public List<Step> steps(List<Map<String, Object>> manifests) throws InterruptedException {
        var steps = new ArrayList<Step>();
        for (var manifest : manifests) {
            steps.addAll(steps(manifest));
        }
        return List.copyOf(steps);
    }

    @Override
    public List<Step> ready(ObjectRef ref) throws InterruptedException {
        if (cluster.isPresent() && new Readiness(cluster.get()).missing(ref).isEmpty()) {
            return List.of();
        }
        return List.of(Step.await(ref + " ready", progress -> {
                    var readiness = new Readiness(there());
                    progress.until(USUAL_START, () -> readiness.missing(ref));
                })
                .usually(USUAL_START));
    }

    /** Namespaces take their time, whatever is in them: all are asked to go before any of them is waited for. */
    @Override
    public List<Step> removal(List<ObjectRef> refs) throws InterruptedException {
        var steps = new ArrayList<Step>();
        var waits = new ArrayList<Step>();
        for (var ref : refs) {
            var object = find(ref);
            if (object.isEmpty() || !isRemovable(ref, object.get())) {
                continue;
            }
            var uid = Fields.text(object.get(), "metadata", "uid");
            if (!ref.kind().equals("Namespace")) {
                steps.add(removal(ref, uid));
                continue;
            }
            if (!Fields.isGoing(object.get())) {
                steps.add(Step.delete(ref.toString(), progress -> there().delete(ref, uid))
                        .permitting(permissions(ref, "delete", "get")));
            }
            waits.add(Step.await(ref + " gone", progress -> progress.until(USUAL_REMOVAL, () -> remaining(ref, uid)))
                    .permitting(permissions(ref, "get"))
                    .usually(Duration.ofSeconds(10)));
        }
        steps.addAll(waits);
        return List.copyOf(steps);
    }

    private List<Step> steps(Map<String, Object> manifest) throws InterruptedException {
        var ref = ObjectRef.to(manifest);
        var owned = isShared(ref, manifest) ? manifest : Manifests.labelled(manifest, labels);
        var live = find(ref);
        if (live.isEmpty()) {
            return List.of(Step.create(ref.toString(), progress -> apply(ref, owned))
                    .changing(Comparison.ofNew(manifest).toArray(Change[]::new))
                    .permitting(permissions(ref, "get", "create", "patch")));
        }
        if (ref.kind().equals("Namespace") && Fields.isGoing(live.get())) {
            return List.of(again(ref, owned, live.get()));
        }
        if (isOurs(live.get()) || isShared(ref, manifest) && isShared(ref, live.get())) {
            return update(ref, owned, live.get());
        }
        if (!SHARED.contains(ref.kind())) {
            throw taken(ref, live.get());
        }
        return ref.kind().equals("Namespace") ? update(ref, adopted(ref, manifest, live.get()), live.get()) : List.of();
    }

    /** A namespace that is going takes nothing any more: it is made again once it has gone. */
    private Step again(ObjectRef ref, Map<String, Object> owned, Map<String, Object> live) {
        var uid = Fields.text(live, "metadata", "uid");
        return Step.create(ref.toString(), progress -> {
                    progress.until(USUAL_REMOVAL, () -> remaining(ref, uid));
                    apply(ref, owned);
                })
                .because("the one that is there is being removed")
                .permitting(permissions(ref, "get", "create", "patch"))
                .usually(Duration.ofSeconds(10));
    }

    private List<Step> update(ObjectRef ref, Map<String, Object> manifest, Map<String, Object> live)
            throws InterruptedException {
        var changes = there().drift(manifest, live);
        if (changes.isEmpty()) {
            return List.of();
        }
        return List.of(Step.update(ref.toString(), progress -> there().apply(manifest))
                .changing(changes.toArray(Change[]::new))
                .withImpact(impact(ref, changes))
                .permitting(permissions(ref, "get", "patch")));
    }

    private void apply(ObjectRef ref, Map<String, Object> manifest) throws InterruptedException {
        // Somebody may have made it since the plan: what is not ours is not taken over.
        var live = there().find(ref);
        if (live.isPresent() && !isOurs(live.get()) && !SHARED.contains(ref.kind())) {
            throw taken(ref, live.get());
        }
        if (live.isEmpty() || isOurs(live.get())) {
            there().apply(manifest);
        }
    }

    private Map<String, Object> adopted(ObjectRef ref, Map<String, Object> manifest, Map<String, Object> live) {
        if (owner(live).isPresent()) {
            throw taken(ref, live);
        }
        var plain = new LinkedHashMap<String, Object>(Fields.labels(manifest));
        plain.remove(Installation.SHARED_LABEL);
        return Fields.with(manifest, "metadata", Fields.with(Fields.map(manifest, "metadata"), "labels", plain));
    }

    private Step removal(ObjectRef ref, Optional<String> uid) {
        return Step.delete(ref.toString(), progress -> {
                    there().delete(ref, uid);
                    progress.until(USUAL_REMOVAL, () -> remaining(ref, uid));
                })
                .permitting(permissions(ref, "delete", "get"))
                .usually(Duration.ofSeconds(10));
    }

    private Optional<Problem> remaining(ObjectRef ref, Optional<String> uid) throws InterruptedException {
        var object = there().find(ref);
        var gone = object.isEmpty()
                || !Fields.text(object.get(), "metadata", "uid").equals(uid);
        return gone ? Optional.empty() : object.map(still -> Remains.of(ref, still));
    }

    /** Tells whether it is one of the kinds that exist once, and carries the label of what installations share. */
    private static boolean isShared(ObjectRef ref, Map<String, Object> object) {
        return SHARED.contains(ref.kind()) && Fields.labels(object).containsKey(Installation.SHARED_LABEL);
    }

    private boolean isRemovable(ObjectRef ref, Map<String, Object> object) {
        if (isOurs(object) || isShared(ref, object)) {
            return true;
        }
        if (ref.kind().equals("CustomResourceDefinition")) {
            return Fields.text(object, "metadata", "annotations", "meta.helm.sh/release-name")
                    .filter(release -> release.startsWith(SHARED_RELEASE))
                    .isPresent();
        }
        return owner(object).isEmpty() && !SHARED.contains(ref.kind()) && namesOurs(object);
    }

    private boolean namesOurs(Map<String, Object> object) {
        return Fields.labels(object).values().stream()
                .anyMatch(value -> value.equals(installation) || value.startsWith(installation + "-"));
    }

    private boolean isOurs(Map<String, Object> object) {
        return owner(object).filter(installation::equals).isPresent();
    }

    private static Optional<String> owner(Map<String, Object> object) {
        return Optional.ofNullable(Fields.labels(object).get(Installation.LABEL));
    }

    private ProviderException taken(ObjectRef ref, Map<String, Object> live) {
        var whose =
                owner(live).map(other -> "belongs to the installation " + other).orElse("was made by somebody else");
        var made = Fields.text(live, "metadata", "creationTimestamp").map(time -> "It was made at " + time);
        return new ProviderException(Problem.of(
                        Reason.CONFLICT,
                        "%s is there already and %s".formatted(ref, whose),
                        "Remove or rename it, choose another installation name or namespace, or, if it may be taken"
                                + " over,"
                                + " label it %s=%s".formatted(Installation.LABEL, installation))
                .evidence(made.stream().toList()));
    }

    private static Impact impact(ObjectRef ref, List<Change> changes) {
        var restarts = WITH_PODS.contains(ref.kind())
                && changes.stream().anyMatch(change -> change.field().startsWith("spec.template."));
        return restarts ? Impact.RESTART : Impact.NONE;
    }

    private Permission[] permissions(ObjectRef ref, String... verbs) {
        var resource = resource(ref);
        return Stream.of(verbs)
                .map(verb ->
                        Permission.kubernetes(verb, resource, ref.namespace().orElse("*")))
                .toArray(Permission[]::new);
    }

    // Asked of no server: a plan is made before the cluster, or the operator that serves the kind, is there.
    private static String resource(ObjectRef ref) {
        int slash = ref.apiVersion().indexOf('/');
        var group = slash < 0 ? "" : ref.apiVersion().substring(0, slash) + "/";
        return group + ResourceType.pluralOf(ref.kind());
    }

    private ClusterClient there() {
        return cluster.orElseThrow(
                () -> new IllegalStateException("a step that was planned without the cluster must not run"));
    }
}
