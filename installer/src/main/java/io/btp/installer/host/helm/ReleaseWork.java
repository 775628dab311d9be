package io.btp.installer.host.helm;

import io.btp.installer.api.HelmRelease;
import io.btp.installer.api.Installation;
import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Progress;
import io.btp.installer.api.ProviderException;
import io.btp.installer.host.helm.worker.Order;
import io.btp.installer.host.helm.worker.Order.Operation;
import io.btp.installer.host.kubernetes.ClusterClient;
import io.btp.installer.host.kubernetes.Fields;
import io.btp.installer.host.kubernetes.Manifests;
import io.btp.installer.host.kubernetes.Readiness;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Brings one release to what it should be: what the steps do when they run. Every method may be run again. */
final class ReleaseWork {
    private static final String OURS = "btp-installer ";
    private static final Duration LONGEST_HOOK = Duration.ofMinutes(10);
    private static final Duration USUAL_DEFINITION = Duration.ofSeconds(10);

    private final Site site;
    private final Workers workers;
    private final Map<String, String> labels;
    private final Releases releases;
    private final String namespace;
    private final String name;

    ReleaseWork(Site site, Workers workers, Map<String, String> labels, String namespace, String name) {
        this.site = site;
        this.workers = workers;
        this.labels = labels;
        this.releases = new Releases(site.client(), namespace, name);
        this.namespace = namespace;
        this.name = name;
    }

    /** Says by which words in a revision's description its chart is known. */
    static String description(ChartArchive chart) {
        return OURS + chart.digest();
    }

    /** Gives the digest of the chart that a revision was made of, where an installer made it. */
    static Optional<String> digest(StoredRelease revision) {
        return Optional.of(revision.description())
                .filter(words -> words.startsWith(OURS))
                .map(words -> words.substring(OURS.length()));
    }

    /** Tells whether a revision was made by an installer, not by somebody's own Helm. */
    static boolean isMadeByInstaller(StoredRelease revision) {
        return revision.description().startsWith(OURS);
    }

    /** Installs or upgrades, whatever there is; then labels the history and tidies it. */
    void converge(HelmRelease release, ChartArchive chart, Map<String, Object> values, Progress progress)
            throws InterruptedException {
        workers.requirePermit();
        define(definitions(chart, values), progress);
        var half = new ArrayList<StoredRelease>();
        switch (ReleaseState.of(releases.history())) {
            case ReleaseState.Absent ignored -> run(Operation.INSTALL, chart, values, progress);
            case ReleaseState.HalfMade(var revisions) -> {
                half.addAll(revisions);
                forget(revisions, progress);
                run(Operation.INSTALL, chart, values, progress);
            }
            case ReleaseState.HalfGone ignored -> {
                new ReleaseRemoval(site, workers, namespace, name).run(progress);
                run(Operation.INSTALL, chart, values, progress);
            }
            case ReleaseState.Interrupted(var inForce, var newest) -> {
                half.add(newest);
                forgetPending(newest, progress);
                run(Operation.UPGRADE, chart, values, progress);
            }
            case ReleaseState.Deployed(var revision) -> {
                if (!isAsWanted(revision, chart, values)) {
                    run(Operation.UPGRADE, chart, values, progress);
                }
            }
        }
        tidy(half);
    }

    /** Tells whether a revision has this chart and these values. */
    static boolean isAsWanted(StoredRelease revision, ChartArchive chart, Map<String, Object> values) {
        return revision.description().equals(description(chart))
                && Difference.between("values", revision.values(), values, Confidential.none())
                        .isEmpty();
    }

    /** Gives the definitions beside the chart's templates; whoever removes a shared release's last finds them by a label. */
    List<Map<String, Object>> definitions(ChartArchive chart, Map<String, Object> values) {
        var definitions = chart.content().definitionsFor(values);
        var thing = labels.get(Installation.SHARED_LABEL);
        return thing == null
                ? definitions
                : definitions.stream()
                        .map(definition -> Manifests.labelled(definition, Map.of(Installation.SHARED_LABEL, thing)))
                        .toList();
    }

    /** Applies the custom resource definitions that are not there yet or are ours, and waits until they are served. */
    void define(List<Map<String, Object>> definitions, Progress progress) throws InterruptedException {
        for (var definition : definitions) {
            var ref = ObjectRef.to(definition);
            var live = client().find(ref);
            if (live.isEmpty() || isOurs(live.get())) {
                client().apply(definition);
            }
        }
        var readiness = new Readiness(client());
        for (var definition : definitions) {
            var ref = ObjectRef.to(definition);
            progress.until(USUAL_DEFINITION, () -> readiness.missing(ref));
        }
    }

    /** A definition that was there before is somebody else's and may be newer: it is left as it is. */
    static boolean isOurs(Map<String, Object> definition) {
        return Fields.maps(definition, "metadata", "managedFields").stream()
                .anyMatch(manager -> Fields.text(manager, "manager")
                        .filter(ClusterClient.FIELD_MANAGER::equals)
                        .isPresent());
    }

    private void forget(List<StoredRelease> revisions, Progress progress) throws InterruptedException {
        for (var revision : revisions.reversed()) {
            releases.delete(revision, progress);
        }
    }

    /** A pending revision makes Helm refuse all work; its objects stay and are taken up by the next one. */
    private void forgetPending(StoredRelease newest, Progress progress) throws InterruptedException {
        switch (newest.status()) {
            case PENDING, UNKNOWN -> releases.delete(newest, progress);
            case DEPLOYED, SUPERSEDED, FAILED, UNINSTALLING, UNINSTALLED -> {
                // Helm goes on from these by itself.
            }
        }
    }

    /**
     * Makes an earlier revision the one in force again: its manifest and values as they were, nothing rendered anew.
     *
     * @param secrets texts that are kept out of what Helm says
     */
    void goBack(StoredRelease earlier, Confidential secrets, Progress progress) throws InterruptedException {
        workers.requirePermit();
        var newest = releases.history().getLast();
        forgetPending(newest, progress);
        progress.say("helm upgrade back to revision %d, %s".formatted(earlier.revision(), earlier.chart()));
        workers.withConfidential("chart.tgz", StoredChart.ofManifest(earlier), chart -> {
            run(order(Operation.UPGRADE, chart, earlier.values(), earlier.description()), secrets);
        });
        releases.rewrite(releases.history().getLast(), content -> {
            var whole = Fields.with(content, "chart", Fields.map(earlier.content(), "chart"));
            return Fields.with(whole, "hooks", Fields.maps(earlier.content(), "hooks"));
        });
        tidy(newest.status() == StoredRelease.Status.DEPLOYED ? List.of() : List.of(newest));
    }

    private void run(Operation operation, ChartArchive chart, Map<String, Object> values, Progress progress)
            throws InterruptedException {
        progress.say("helm %s %s".formatted(operation == Operation.INSTALL ? "install" : "upgrade", chart.title()));
        run(order(operation, chart.path(), Values.revealed(values), description(chart)), Values.confidential(values));
    }

    private Order order(Operation operation, Path chart, Map<String, Object> values, String description) {
        return new Order(
                operation,
                namespace,
                name,
                chart.toString(),
                values,
                Optional.of(site.kubeconfig()),
                Optional.empty(),
                description,
                (int) LONGEST_HOOK.toSeconds());
    }

    private void run(Order order, Confidential secrets) throws InterruptedException {
        try {
            workers.change(order, secrets);
        } catch (ProviderException refused) {
            throw new ProviderException(explained(refused.problem()), refused);
        }
        site.discovery().forget();
    }

    /** Helm says little of why: its hooks tell more. */
    private Problem explained(Problem problem) throws InterruptedException {
        var readiness = new Readiness(client());
        for (var revision : releases.history().reversed().stream().limit(1).toList()) {
            for (var hook : hookObjects(revision).entrySet()) {
                var cause = hookProblem(readiness, hook.getKey());
                if (cause.isPresent()) {
                    return problem.causedBy(cause.get());
                }
            }
        }
        return problem;
    }

    private Optional<Problem> hookProblem(Readiness readiness, ObjectRef hook) throws InterruptedException {
        if (!hook.kind().equals("Job") && !hook.kind().equals("Pod")
                || client().find(hook).isEmpty()) {
            return Optional.empty();
        }
        try {
            return readiness.missing(hook);
        } catch (ProviderException never) {
            return Optional.of(never.problem());
        }
    }

    private Map<ObjectRef, Map<String, Object>> hookObjects(StoredRelease revision) throws InterruptedException {
        var objects = new LinkedHashMap<ObjectRef, Map<String, Object>>();
        for (var hook : revision.hooks()) {
            objects.putAll(Rendered.hooks(hook, namespace, client()).objects());
        }
        return objects;
    }

    /** Labels the history, removes what half-made revisions left, and keeps few revisions. */
    void tidy(List<StoredRelease> half) throws InterruptedException {
        for (var revision : releases.history()) {
            if (!revision.labels().entrySet().containsAll(labels.entrySet())) {
                releases.label(revision, labels);
            }
        }
        for (var revision : half) {
            removeOrphans(revision);
        }
        releases.prune();
    }

    /** Removes past revisions that hold secrets which were replaced; no way leads back to them. */
    void forgetReplacedSecrets(Map<String, Object> values, Progress progress) throws InterruptedException {
        forget(withReplacedSecrets(releases.history(), values), progress);
    }

    /** Names the past revisions that hold another text where the values have a secret. */
    static List<StoredRelease> withReplacedSecrets(List<StoredRelease> history, Map<String, Object> values) {
        return Releases.past(history).stream()
                .filter(revision -> Values.holdsOtherSecrets(revision.values(), values))
                .toList();
    }

    private void removeOrphans(StoredRelease half) throws InterruptedException {
        var wanted = inForce();
        var made = Rendered.of(half.manifest(), namespace, client());
        for (var object : made.objects().entrySet()) {
            var ref = object.getKey();
            var stays = wanted.objects().containsKey(ref)
                    || Rendered.isKept(object.getValue())
                    || ref.kind().equals("PersistentVolumeClaim");
            if (!stays && client().find(ref).filter(this::isOfRelease).isPresent()) {
                client().delete(ref);
            }
        }
    }

    private boolean isOfRelease(Map<String, Object> object) {
        return Rendered.isOf(object, namespace, name);
    }

    /** Gives the objects of the revision in force; none where there is none. */
    Rendered inForce() throws InterruptedException {
        var revision = ReleaseState.of(releases.history()).inForce();
        return Rendered.of(revision.map(StoredRelease::manifest).orElse(""), namespace, client());
    }

    /** Applies what drifted, as the revision in force says. */
    void repair(List<Map<String, Object>> definitions, Progress progress) throws InterruptedException {
        workers.requirePermit();
        define(definitions, progress);
        var drifted = new Drift(client()).of(inForce().marked(namespace, name).objects());
        int done = 0;
        for (var object : drifted.values()) {
            workers.requirePermit();
            client().apply(object.manifest());
            progress.at(++done, drifted.size());
        }
        tidy(List.of());
    }

    Site site() {
        return site;
    }

    private ClusterClient client() {
        return site.client();
    }
}
