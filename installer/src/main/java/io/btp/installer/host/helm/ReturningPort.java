package io.btp.installer.host.helm;

import io.btp.installer.api.Change;
import io.btp.installer.api.Chart;
import io.btp.installer.api.Helm;
import io.btp.installer.api.HelmRelease;
import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Helm as it is lent to a component whose upgrade failed: says which steps make the last revision of the chart's version
 * the one in force again, with the manifest and the values that it had.
 */
final class ReturningPort implements Helm {
    private final Optional<Site> site;
    private final Charts charts;
    private final Workers workers;
    private final HelmPort port;

    ReturningPort(
            Optional<Site> site,
            Charts charts,
            UnaryOperator<Chart> source,
            Workers workers,
            Map<String, String> labels) {
        this.site = site;
        this.charts = charts;
        this.workers = workers;
        this.port = new HelmPort(site, charts, source, workers, labels, () -> false);
    }

    @Override
    public List<Step> steps(HelmRelease release) throws InterruptedException {
        if (site.isEmpty()) {
            return List.of();
        }
        var there = site.get();
        var history = new Releases(there.client(), release.namespace(), release.name()).history();
        var earlier = earlier(release, history);
        requireDefinitions(release, earlier, there);
        var work = new ReleaseWork(there, workers, port.labels(release), release.namespace(), release.name());
        if (earlier.equals(history.getLast())) {
            return port.kept(there, release, List.of(), earlier, work);
        }
        var newest = history.getLast();
        var secrets = Values.confidential(Values.merged(release.values().orElseGet(Map::of), release.overlay()));
        var steps = new ArrayList<>(fixed(there, release, newest, earlier));
        steps.add(Step.update(HelmPort.title(release), progress -> work.goBack(earlier, secrets, progress))
                .because("goes back to revision " + earlier.revision())
                .changing(Change.of("chart", newest.chart(), earlier.chart()))
                .withImpact(Step.Impact.RESTART));
        steps.add(HelmPort.ready(release, work));
        return steps;
    }

    private static StoredRelease earlier(HelmRelease release, List<StoredRelease> history) {
        return release.chart()
                .version()
                .flatMap(version -> history.reversed().stream()
                        .filter(revision -> revision.isOf(version))
                        .filter(ReturningPort::wasInForce)
                        .findFirst())
                .orElseThrow(() -> new ProviderException(Problem.of(
                        Reason.NOT_FOUND,
                        "%s has no revision of %s %s to go back to"
                                .formatted(
                                        HelmPort.title(release),
                                        release.chart().name(),
                                        release.chart().version().orElse("")),
                        "Mend what keeps the new version from getting ready")));
    }

    private static boolean wasInForce(StoredRelease revision) {
        return switch (revision.status()) {
            case DEPLOYED, SUPERSEDED -> true;
            case FAILED, PENDING, UNINSTALLING, UNINSTALLED, UNKNOWN -> false;
        };
    }

    private void requireDefinitions(HelmRelease release, StoredRelease earlier, Site there)
            throws InterruptedException {
        var moved = new LinkedHashMap<ObjectRef, Drift.Drifted>();
        var chart = charts.of(earlier);
        if (chart.isPresent()) {
            moved.putAll(Upgrade.moved(chart.get().content().definitionsFor(earlier.values()), there.client()));
        }
        var rendered = new LinkedHashMap<>(Rendered.of(earlier.manifest(), release.namespace(), there.client())
                .objects());
        rendered.keySet().removeIf(ref -> !ref.kind().equals("CustomResourceDefinition"));
        moved.putAll(Upgrade.moved(new Drift(there.client()).of(rendered)));
        if (!moved.isEmpty()) {
            throw new ProviderException(Problem.of(
                            Reason.UNSUPPORTED,
                            HelmPort.title(release)
                                    + " has moved definitions of custom resources, which do not go back",
                            "Mend what keeps the new version from getting ready")
                    .evidence(moved.keySet().stream().map(ObjectRef::toString).toList()));
        }
    }

    /** What the cluster does not change in place was made anew on the way there, and is on the way back. */
    private List<Step> fixed(Site there, HelmRelease release, StoredRelease newest, StoredRelease earlier)
            throws InterruptedException {
        var before = Rendered.of(newest.manifest(), release.namespace(), there.client());
        var after = Rendered.of(earlier.manifest(), release.namespace(), there.client());
        var differences = Upgrade.differences(before.objects(), after.objects(), Confidential.none());
        return Upgrade.deletions(differences, after.objects(), there, workers, release);
    }

    @Override
    public List<Step> removal(String namespace, String name) throws InterruptedException {
        return port.removal(namespace, name);
    }
}
