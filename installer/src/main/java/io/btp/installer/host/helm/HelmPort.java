package io.btp.installer.host.helm;

import io.btp.installer.api.Change;
import io.btp.installer.api.Chart;
import io.btp.installer.api.Helm;
import io.btp.installer.api.HelmRelease;
import io.btp.installer.api.Installation;
import io.btp.installer.api.Need;
import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Permission;
import io.btp.installer.api.Problem;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.Step;
import io.btp.installer.api.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Helm as it is lent to one component: says which steps lead to a release. */
final class HelmPort implements Helm {
    private static final Duration USUAL_CALL = Duration.ofSeconds(15);
    private static final Duration USUAL_START = Duration.ofMinutes(3);
    private static final int NAMED = 5;

    private final Optional<Site> site;
    private final Charts charts;
    private final UnaryOperator<Chart> source;
    private final Workers workers;
    /** What is no namespace's name stands for one that is known only later. */
    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private final Map<String, String> labels;
    private final BooleanSupplier detailed;

    /**
     * Lends Helm.
     *
     * @param site empty while the cluster is missing
     * @param source gives where a chart is fetched from
     * @param labels owner labels for the release Secrets
     * @param detailed whether steps say every right that the release's objects need
     */
    HelmPort(
            Optional<Site> site,
            Charts charts,
            UnaryOperator<Chart> source,
            Workers workers,
            Map<String, String> labels,
            BooleanSupplier detailed) {
        this.site = site;
        this.charts = charts;
        this.source = source;
        this.workers = workers;
        this.labels = labels;
        this.detailed = detailed;
    }

    @Override
    public List<Step> steps(HelmRelease release) throws InterruptedException {
        if (site.isEmpty() || !NAMESPACE.matcher(release.namespace()).matches()) {
            return unknown(release, unknownFirst(release));
        }
        var history = new Releases(site.get().client(), release.namespace(), release.name()).history();
        if (release.values().isEmpty()) {
            return unknown(
                    release,
                    switch (ReleaseState.of(history)) {
                        case ReleaseState.Deployed(var revision) -> unknownNext(site.get(), release, revision);
                        case ReleaseState.Interrupted ignored ->
                            unknownNext(release, "its last upgrade did not come to its end");
                        case ReleaseState.Absent ignored -> unknownFirst(release);
                        case ReleaseState.HalfMade ignored -> unknownFirst(release);
                        case ReleaseState.HalfGone ignored -> unknownFirst(release);
                    });
        }
        var values = Values.merged(release.values().get(), release.overlay());
        var steps = known(site.get(), release, values, history);
        return steps.stream().map(step -> step.after(needs(release))).toList();
    }

    private static Step unknownFirst(HelmRelease release) {
        return Step.create(title(release), progress -> mustNotRun()).changing(Change.to("chart", chartWords(release)));
    }

    /** What changes is not known yet: pods may restart, and who confirms this step confirms that. */
    private static Step unknownNext(HelmRelease release, String reason) {
        return Step.update(title(release), progress -> mustNotRun())
                .because(reason)
                .withImpact(Step.Impact.RESTART);
    }

    private Step unknownNext(Site there, HelmRelease release, StoredRelease revision) throws InterruptedException {
        var next = unknownNext(release, "compared when the components that it uses are as configured");
        if (release.chart().version().filter(revision::isOf).isPresent()) {
            return next;
        }
        var chart = charts.archive(source.apply(release.chart()));
        requireSupported(there, chart);
        return revision.chart().equals(chart.title())
                ? next
                : next.changing(Change.of("chart", revision.chart(), chart.title()));
    }

    private static void requireSupported(Site there, ChartArchive chart) {
        chart.content()
                .kubernetes()
                .filter(range -> !range.holds(Version.of(there.version())))
                .ifPresent(range -> {
                    throw new ProviderException(Problem.of(
                            Problem.Reason.UNSUPPORTED,
                            "The chart %s is for Kubernetes %s, and the cluster runs %s"
                                    .formatted(chart.title(), range.text(), there.version()),
                            "Choose another version of the chart, or bring the cluster to a version that it supports"));
                });
    }

    private List<Step> unknown(HelmRelease release, Step step) throws InterruptedException {
        return List.of(
                step.after(needs(release))
                        .permitting(rights(release, (rights, chart) -> rights.ofKinds(release.namespace(), chart)))
                        .usually(USUAL_CALL),
                Step.await(title(release) + " ready", progress -> mustNotRun())
                        .after(needs(release))
                        .usually(USUAL_START));
    }

    private static void mustNotRun() {
        throw new IllegalStateException("a step that was planned without its cluster or values must not run");
    }

    private static Need<?>[] needs(HelmRelease release) {
        return release.after().toArray(Need<?>[]::new);
    }

    static String title(HelmRelease release) {
        return title(release.namespace(), release.name());
    }

    private static String title(String namespace, String name) {
        return "release %s/%s".formatted(namespace, name);
    }

    private static String chartWords(HelmRelease release) {
        return release.chart().name()
                + release.chart().version().map(version -> " " + version).orElse("");
    }

    /** Gives the rights on the objects of a release. */
    @FunctionalInterface
    private interface OnObjects {
        Permission[] of(ReleaseRights rights, ChartArchive chart) throws InterruptedException;
    }

    /** Gives the rights on the history; on the objects only where they are wanted, as they cost a rendering. */
    private Permission[] rights(HelmRelease release, OnObjects objects) throws InterruptedException {
        var history = ReleaseRights.ofHistory(release.namespace());
        if (site.isEmpty() || !detailed.getAsBoolean()) {
            return history;
        }
        var more = objects.of(new ReleaseRights(site.get(), workers), charts.archive(source.apply(release.chart())));
        return Stream.of(history, more).flatMap(Stream::of).toArray(Permission[]::new);
    }

    private List<Step> known(Site there, HelmRelease release, Map<String, Object> values, List<StoredRelease> history)
            throws InterruptedException {
        var state = ReleaseState.of(history);
        var chart = chart(release, state);
        var work = new ReleaseWork(there, workers, labels(release), release.namespace(), release.name());
        var changes = new Upgrade(there, workers, release, chart, values);
        return switch (state) {
            case ReleaseState.Absent ignored -> made(release, chart, values, work, Optional.empty());
            case ReleaseState.HalfMade half ->
                made(release, chart, values, work, Optional.of("its first install did not come to its end"));
            case ReleaseState.HalfGone ignored ->
                made(release, chart, values, work, Optional.of("its removal did not come to its end"));
            case ReleaseState.Interrupted(var inForce, var newest) -> {
                requireSupported(there, chart);
                yield changed(release, chart, values, work, changes.from(inForce, newest));
            }
            case ReleaseState.Deployed(var revision) -> {
                if (ReleaseWork.isAsWanted(revision, chart, values)) {
                    var steps = kept(there, release, work.definitions(chart, values), revision, work);
                    yield ReleaseWork.withReplacedSecrets(history, values).isEmpty()
                            ? steps
                            : settling(steps, release, values, work);
                }
                requireSupported(there, chart);
                yield changed(release, chart, values, work, changes.from(Optional.of(revision), revision));
            }
        };
    }

    /** Gives the labels that the history of a release carries. */
    Map<String, String> labels(HelmRelease release) {
        if (release.shared().isEmpty()) {
            return labels;
        }
        var neutral = new LinkedHashMap<>(labels);
        neutral.remove(Installation.LABEL);
        neutral.put(Installation.SHARED_LABEL, release.shared().get());
        return Map.copyOf(neutral);
    }

    /** What is in force can be had even where its source has it no more. */
    private ChartArchive chart(HelmRelease release, ReleaseState state) throws InterruptedException {
        try {
            return charts.archive(source.apply(release.chart()));
        } catch (ProviderException unavailable) {
            return release.chart()
                    .version()
                    .filter(version -> unavailable.problem().reason() != Problem.Reason.CONFLICT)
                    .flatMap(version -> state.inForce().filter(revision -> revision.isOf(version)))
                    .flatMap(charts::of)
                    .orElseThrow(() -> unavailable);
        }
    }

    private List<Step> made(
            HelmRelease release,
            ChartArchive chart,
            Map<String, Object> values,
            ReleaseWork work,
            Optional<String> reason)
            throws InterruptedException {
        requireSupported(work.site(), chart);
        workers.plan();
        var step = Step.create(title(release), progress -> work.converge(release, chart, values, progress))
                .changing(Change.to("chart", chart.title()))
                .permitting(rights(release, (rights, archive) -> rights.ofFirst(release, archive, values)))
                .usually(USUAL_CALL);
        return List.of(reason.map(step::because).orElse(step), ready(release, work));
    }

    private List<Step> changed(
            HelmRelease release, ChartArchive chart, Map<String, Object> values, ReleaseWork work, Upgrade.Found found)
            throws InterruptedException {
        workers.plan();
        var steps = new ArrayList<>(found.deletions());
        var step = Step.update(title(release), progress -> work.converge(release, chart, values, progress))
                .changing(found.changes().toArray(Change[]::new))
                .withImpact(found.impact())
                .permitting(rights(release, (rights, archive) -> rights.ofNext(release, archive, values)))
                .usually(USUAL_CALL);
        steps.add(found.reason().map(step::because).orElse(step));
        steps.add(settled(release, values, work));
        return steps;
    }

    /** Says which steps mend a release that is in force as wanted. */
    List<Step> kept(
            Site there,
            HelmRelease release,
            List<Map<String, Object>> definitions,
            StoredRelease revision,
            ReleaseWork work)
            throws InterruptedException {
        var steps = new ArrayList<Step>();
        var manifest = Rendered.of(revision.manifest(), release.namespace(), there.client());
        var drift = new Drift(there.client());
        var live = new LinkedHashMap<>(
                drift.live(definitions.stream().map(ObjectRef::to).toList()));
        live.putAll(drift.live(manifest.objects().keySet()));
        var drifted = drift.of(withOurs(definitions, live, manifest.marked(release.namespace(), release.name())), live);
        var reasons = new ArrayList<String>();
        if (!drifted.isEmpty()) {
            reasons.add(words(drifted));
        }
        if (!revision.labels().entrySet().containsAll(labels(release).entrySet())) {
            reasons.add("its history does not carry the owner labels");
        }
        if (!reasons.isEmpty()) {
            steps.add(Step.update(title(release), progress -> work.repair(definitions, progress))
                    .because(String.join("; ", reasons))
                    .changing(Upgrade.shown(drifted))
                    .withImpact(Upgrade.impactOf(drifted))
                    .permitting(rights(release, (rights, chart) -> rights.ofNext(release, chart, revision.values()))));
        }
        if (!reasons.isEmpty()
                || new ReleaseReadiness(there.client()).missing(manifest, live).isPresent()) {
            steps.add(ready(release, work));
        }
        return steps;
    }

    /** Adds the definitions that are ours to mend. */
    private static Map<ObjectRef, Map<String, Object>> withOurs(
            List<Map<String, Object>> definitions,
            Map<ObjectRef, Optional<Map<String, Object>>> live,
            Rendered manifest) {
        var objects = new LinkedHashMap<ObjectRef, Map<String, Object>>();
        for (var definition : definitions) {
            var ref = ObjectRef.to(definition);
            if (live.getOrDefault(ref, Optional.empty())
                    .filter(found -> !ReleaseWork.isOurs(found))
                    .isEmpty()) {
                objects.put(ref, definition);
            }
        }
        objects.putAll(manifest.objects());
        return objects;
    }

    private static String words(Map<ObjectRef, Drift.Drifted> drifted) {
        var words = drifted.entrySet().stream()
                .limit(NAMED)
                .map(each -> each.getKey() + (each.getValue().isGone() ? " is gone" : " was changed"))
                .collect(Collectors.joining(", "));
        return drifted.size() <= NAMED ? words : words + " and " + (drifted.size() - NAMED) + " more";
    }

    static Step ready(HelmRelease release, ReleaseWork work) {
        return Step.await(title(release) + " ready", progress -> {
                    var readiness = new ReleaseReadiness(work.site().client());
                    progress.until(
                            USUAL_START,
                            () -> readiness
                                    .missing(work)
                                    .map(cause -> Problem.of(
                                                    Problem.Reason.NOT_READY,
                                                    title(release) + " is not ready",
                                                    cause.remedy())
                                            .causedBy(cause)));
                })
                .usually(USUAL_START);
    }

    /** Gives the same steps, of which the last one waits and then forgets. */
    private static List<Step> settling(
            List<Step> steps, HelmRelease release, Map<String, Object> values, ReleaseWork work) {
        var changes = steps.stream().filter(step -> step.kind() != Step.Kind.AWAIT);
        return Stream.concat(changes, Stream.of(settled(release, values, work))).toList();
    }

    /**
     * Waits until a release is ready. Only then no way back is needed any more, and revisions that hold secrets which
     * were replaced are removed; a wait that is abandoned before leaves them to the next one.
     */
    private static Step settled(HelmRelease release, Map<String, Object> values, ReleaseWork work) {
        var ready = ready(release, work);
        return Step.await(ready.target(), progress -> {
                    ready.action().run(progress);
                    work.forgetReplacedSecrets(values, progress);
                })
                .permitting(ReleaseRights.ofHistory(release.namespace()))
                .usually(USUAL_START);
    }

    @Override
    public List<Step> removal(String namespace, String name) throws InterruptedException {
        if (site.isEmpty()) {
            return List.of();
        }
        var there = site.get();
        var history = new Releases(there.client(), namespace, name).history();
        if (history.isEmpty()) {
            return List.of();
        }
        if (ReleaseRemoval.needsHelm(history)) {
            workers.plan();
        }
        var removal = new ReleaseRemoval(there, workers, namespace, name);
        return List.of(Step.delete(title(namespace, name), removal::run)
                .permitting(ReleaseRights.ofHistory(namespace))
                .usually(USUAL_CALL));
    }
}
