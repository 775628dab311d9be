package io.btp.installer.host.helm;

import io.btp.installer.api.HelmRelease;
import io.btp.installer.api.ProviderException;
import io.btp.installer.host.helm.worker.Order;
import io.btp.installer.host.helm.worker.Order.Operation;
import io.btp.installer.host.kubernetes.Fields;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Says what an upgrade would bring. Changes nothing. */
final class Rendering {
    private static final int UNUSED_TIMEOUT = 60;

    private final Site site;
    private final Workers workers;

    Rendering(Site site, Workers workers) {
        this.site = site;
        this.workers = workers;
    }

    /**
     * Renders the next revision of a release.
     *
     * @param half names of the Secrets of half-made revisions
     */
    Rendered next(HelmRelease release, ChartArchive chart, Map<String, Object> values, Set<String> half)
            throws InterruptedException {
        return rendered(Operation.UPGRADE, release, chart, values, half);
    }

    /** Renders the first revision of a release. */
    Rendered first(HelmRelease release, ChartArchive chart, Map<String, Object> values) throws InterruptedException {
        return rendered(Operation.INSTALL, release, chart, values, Set.of());
    }

    private Rendered rendered(
            Operation operation, HelmRelease release, ChartArchive chart, Map<String, Object> values, Set<String> half)
            throws InterruptedException {
        var secrets = Values.confidential(values);
        var plain = Values.revealed(values);
        var seen = chart.content().asksCluster()
                ? throughFacade(operation, release, chart, plain, half, secrets)
                : Optional.<String>empty();
        var manifest = seen.isPresent()
                ? seen.get()
                : workers.render(order(Operation.TEMPLATE, release, chart, plain, Optional.empty()), secrets);
        return Rendered.of(manifest, release.namespace(), site.client());
    }

    /** Renders with the cluster; empty where it does not know kinds yet that the chart brings with it. */
    private Optional<String> throughFacade(
            Operation operation,
            HelmRelease release,
            ChartArchive chart,
            Map<String, Object> plain,
            Set<String> half,
            Confidential secrets)
            throws InterruptedException {
        var token = site.tokens().get();
        try (var facade = Facade.start(site.client(), site.discovery(), half, token)) {
            var order = order(operation, release, chart, plain, Optional.of(facade.kubeconfig()));
            try {
                workers.render(order, secrets);
            } catch (ProviderException refused) {
                // The façade refuses what Helm writes: that is how the call ends once the manifest is there.
                var words = refused.problem().summary()
                        + String.join(" ", refused.problem().evidence());
                if (facade.captured().isEmpty() && !words.contains("no matches for kind")) {
                    throw refused;
                }
            }
            return facade.captured().flatMap(captured -> Fields.text(captured, "manifest"));
        }
    }

    private Order order(
            Operation operation,
            HelmRelease release,
            ChartArchive chart,
            Map<String, Object> plain,
            Optional<String> kubeconfig) {
        return new Order(
                operation,
                release.namespace(),
                release.name(),
                chart.path().toString(),
                plain,
                kubeconfig,
                Optional.of(site.version()),
                "",
                UNUSED_TIMEOUT);
    }
}
