package io.btp.installer.host.helm;

import io.btp.installer.api.Change;
import io.btp.installer.api.HelmRelease;
import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.Step;
import io.btp.installer.api.Step.Impact;
import io.btp.installer.host.kubernetes.ClusterClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says what an upgrade changes: values, objects, and what that costs. Changes nothing. */
final class Upgrade {
    private static final int SHOWN = 60;
    private static final Set<String> WITH_PODS = Set.of("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet");
    private static final Set<String> WITH_DATA =
            Set.of("PersistentVolumeClaim", "PersistentVolume", "Namespace", "CustomResourceDefinition");
    private static final Set<String> REPLACEABLE = Set.of(
            "Deployment",
            "StatefulSet",
            "DaemonSet",
            "Job",
            "Service",
            "ConfigMap",
            "Secret",
            "RoleBinding",
            "ClusterRoleBinding");

    private final Site site;
    private final Workers workers;
    private final HelmRelease release;
    private final ChartArchive chart;
    private final Map<String, Object> values;

    Upgrade(Site site, Workers workers, HelmRelease release, ChartArchive chart, Map<String, Object> values) {
        this.site = site;
        this.workers = workers;
        this.release = release;
        this.chart = chart;
        this.values = values;
    }

    /**
     * What was found.
     *
     * @param reason why, where it is more than new values
     * @param changes what changes
     * @param impact what that costs
     * @param deletions objects that have to be made anew, as the cluster does not change them in place
     */
    record Found(Optional<String> reason, List<Change> changes, Impact impact, List<Step> deletions) {}

    /**
     * Compares with what is in force.
     *
     * @param inForce the revision in force
     * @param newest the newest revision: another one where it did not come to its end
     */
    Found from(Optional<StoredRelease> inForce, StoredRelease newest) throws InterruptedException {
        var base = inForce.orElse(newest);
        var secrets = Values.confidential(values);
        var changes = new ArrayList<Change>();
        if (!base.description().equals(ReleaseWork.description(chart))) {
            changes.add(Change.of("chart", base.chart(), chart.title()));
        }
        changes.addAll(Difference.between("values", base.values(), values, secrets));
        var definitions = moved(chart.content().definitionsFor(values), site.client());
        changes.addAll(List.of(shown(definitions)));
        var half = inForce.filter(newest::equals).isPresent() || newest.status() == StoredRelease.Status.FAILED
                ? Set.<String>of()
                : Set.of(newest.secretName());
        var old =
                Rendered.of(base.manifest(), release.namespace(), site.client()).objects();
        var now =
                new Rendering(site, workers).next(release, chart, values, half).objects();
        var differences = differences(old, now, secrets);
        differences.values().forEach(changes::addAll);
        var fixed = new LinkedHashSet<>(definitions.keySet());
        differences.entrySet().stream()
                .filter(each -> isMovedDefinition(each.getKey(), each.getValue(), old.keySet()))
                .forEach(each -> fixed.add(each.getKey()));
        return new Found(
                Stream.of(reason(inForce, newest, secrets), wayBack(base, fixed))
                        .flatMap(Optional::stream)
                        .reduce((one, other) -> one + "; " + other),
                limited(changes),
                impact(differences, old, now),
                deletions(differences, now, site, workers, release));
    }

    /** Lists the definitions of ours that an apply changes. */
    static Map<ObjectRef, Drift.Drifted> moved(List<Map<String, Object>> definitions, ClusterClient client)
            throws InterruptedException {
        var ours = new LinkedHashMap<ObjectRef, Map<String, Object>>();
        for (var definition : definitions) {
            var live = client.find(ObjectRef.to(definition));
            if (live.filter(ReleaseWork::isOurs).isPresent()) {
                ours.put(ObjectRef.to(definition), definition);
            }
        }
        return moved(new Drift(client).of(ours));
    }

    /** Picks the definitions that describe other objects than before. */
    static Map<ObjectRef, Drift.Drifted> moved(Map<ObjectRef, Drift.Drifted> drifted) {
        var moved = new LinkedHashMap<>(drifted);
        moved.values()
                .removeIf(each -> each.changes().stream()
                        .noneMatch(change -> change.field().startsWith("spec")));
        return moved;
    }

    private static boolean isMovedDefinition(ObjectRef ref, List<Change> changes, Set<ObjectRef> before) {
        return ref.kind().equals("CustomResourceDefinition")
                && before.contains(ref)
                && changes.stream().anyMatch(change -> change.field().startsWith(ref + " spec"));
    }

    /** A definition does not go back: objects may have been stored as only the newer one knows them. */
    private Optional<String> wayBack(StoredRelease base, Set<ObjectRef> definitions) {
        if (base.chart().equals(chart.title())) {
            return Optional.empty();
        }
        return Optional.of(
                definitions.isEmpty()
                        ? "goes back to " + base.chart() + " if it does not get ready"
                        : "there is no way back, as it moves "
                                + definitions.stream().map(ObjectRef::toString).collect(Collectors.joining(", ")));
    }

    private static Optional<String> reason(
            Optional<StoredRelease> inForce, StoredRelease newest, Confidential secrets) {
        if (inForce.filter(newest::equals).isEmpty()) {
            return Optional.of("its last upgrade did not come to its end: " + secrets.hidden(newest.description()));
        }
        return ReleaseWork.isMadeByInstaller(newest)
                ? Optional.empty()
                : Optional.of("its last revision was made by somebody's own Helm");
    }

    /** Lists by object what differs between two manifests. */
    static Map<ObjectRef, List<Change>> differences(
            Map<ObjectRef, Map<String, Object>> old, Map<ObjectRef, Map<String, Object>> now, Confidential secrets) {
        var refs = new LinkedHashSet<>(old.keySet());
        refs.addAll(now.keySet());
        var differences = new LinkedHashMap<ObjectRef, List<Change>>();
        for (var ref : refs) {
            var changes = !old.containsKey(ref)
                    ? List.of(Change.to(ref.toString(), "made"))
                    : !now.containsKey(ref)
                            ? List.of(Change.gone(ref.toString(), "there"))
                            : changes(ref, old.get(ref), now.get(ref), secrets);
            if (!changes.isEmpty()) {
                differences.put(ref, changes);
            }
        }
        return differences;
    }

    private static List<Change> changes(
            ObjectRef ref, @Nullable Object old, @Nullable Object now, Confidential secrets) {
        var hidden = ref.kind().equals("Secret") ? Set.of("data", "stringData") : Set.<String>of();
        return Difference.between("", old, now, secrets, hidden).stream()
                .map(change -> new Change(ref + " " + change.field(), change.from(), change.to()))
                .toList();
    }

    private static List<Change> limited(List<Change> changes) {
        if (changes.size() <= SHOWN) {
            return changes;
        }
        var limited = new ArrayList<>(changes.subList(0, SHOWN));
        limited.add(Change.to("and", changes.size() - SHOWN + " more fields"));
        return limited;
    }

    private static Impact impact(
            Map<ObjectRef, List<Change>> differences,
            Map<ObjectRef, Map<String, Object>> old,
            Map<ObjectRef, Map<String, Object>> now) {
        var impact = Impact.NONE;
        for (var difference : differences.entrySet()) {
            var ref = difference.getKey();
            var goes = !now.containsKey(ref);
            if (goes && WITH_DATA.contains(ref.kind()) && !Rendered.isKept(old.getOrDefault(ref, Map.of()))) {
                return Impact.DATA_LOSS;
            }
            if (goes && WITH_PODS.contains(ref.kind())) {
                impact = Impact.DOWNTIME;
            }
            if (restarts(ref, difference.getValue()) && impact == Impact.NONE) {
                impact = Impact.RESTART;
            }
        }
        return impact;
    }

    private static boolean restarts(ObjectRef ref, List<Change> changes) {
        return WITH_PODS.contains(ref.kind())
                && changes.stream().anyMatch(change -> change.field().contains("spec.template."));
    }

    /** Says what has to be made anew, as the cluster does not change it in place. */
    static List<Step> deletions(
            Map<ObjectRef, List<Change>> differences,
            Map<ObjectRef, Map<String, Object>> now,
            Site site,
            Workers workers,
            HelmRelease release)
            throws InterruptedException {
        var steps = new ArrayList<Step>();
        for (var ref : differences.keySet()) {
            var manifest = now.get(ref);
            if (manifest == null || site.client().find(ref).isEmpty() || !new Drift(site.client()).isFixed(manifest)) {
                continue;
            }
            if (!REPLACEABLE.contains(ref.kind())) {
                throw new ProviderException(Problem.of(
                                Reason.CONFLICT,
                                "%s cannot be changed in place as release %s/%s wants it"
                                        .formatted(ref, release.namespace(), release.name()),
                                "Keep the old value, or move its data and remove it by hand")
                        .evidence(differences.getOrDefault(ref, List.of()).stream()
                                .map(Change::field)
                                .toList()));
            }
            ClaimTemplates.refused(ref, manifest, site.client()).ifPresent(problem -> {
                throw new ProviderException(problem);
            });
            steps.add(Step.delete(ref.toString(), progress -> {
                        workers.requirePermit();
                        site.client().delete(ref);
                        progress.until(
                                Duration.ofMinutes(2), () -> site.client().remaining(ref));
                    })
                    .because("the cluster does not change it in place; the upgrade makes it anew")
                    .withImpact(WITH_PODS.contains(ref.kind()) ? Impact.DOWNTIME : Impact.NONE));
        }
        return steps;
    }

    /** Says what the repair of drifted objects changes. */
    static Change[] shown(Map<ObjectRef, Drift.Drifted> drifted) {
        var changes = new ArrayList<Change>();
        drifted.forEach((ref, each) -> {
            if (each.isGone()) {
                changes.add(Change.to(ref.toString(), "made"));
            }
            each.changes()
                    .forEach(change -> changes.add(new Change(ref + " " + change.field(), change.from(), change.to())));
        });
        return limited(changes).toArray(Change[]::new);
    }

    /** Says what the repair of drifted objects costs. */
    static Impact impactOf(Map<ObjectRef, Drift.Drifted> drifted) {
        return drifted.entrySet().stream()
                        .anyMatch(
                                each -> restarts(each.getKey(), each.getValue().changes()))
                ? Impact.RESTART
                : Impact.NONE;
    }
}
