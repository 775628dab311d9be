package io.btp.installer.host.helm;

import io.btp.installer.api.Chart;
import io.btp.installer.api.Connection;
import io.btp.installer.api.Helm;
import io.btp.installer.api.contract.Cluster;
import io.btp.installer.host.kubernetes.ClusterClient;
import io.btp.installer.host.kubernetes.Limits;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** Helm for all components of a program: one cache of charts, and a few workers. */
public final class HelmHost implements AutoCloseable {
    private static final int WORKERS = 2;

    private final Connection connection;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Charts charts;
    private final Workers workers;
    private final Map<ClusterClient, DiscoveryCache> discoveries = new ConcurrentHashMap<>();
    private volatile boolean detailed;

    /**
     * Sets Helm up; starts and contacts nothing.
     *
     * @param runtime what workers are started with
     * @param connection how charts and clusters are reached
     * @param chartCache folder that keeps charts between runs; made where it is missing
     * @param runtimeFolder the user's folder in memory ({@code XDG_RUNTIME_DIR}), where there is one
     * @param random unpredictable
     */
    public HelmHost(
            HelmRuntime runtime,
            Connection connection,
            Path chartCache,
            Optional<String> runtimeFolder,
            InstantSource clock,
            RandomGenerator random) {
        this.connection = connection;
        this.clock = clock;
        this.random = random;
        this.charts = new Charts(chartCache, new Download(connection, Limits.usual(), clock));
        this.workers = new Workers(runtime, PrivateFolders.usual(runtimeFolder), WORKERS);
    }

    /**
     * Lends Helm to a component. Contacts nothing.
     *
     * @param client talks to the cluster; empty while it is missing: everything is to be made
     * @param record the cluster's record; there whenever the client is
     * @param labels owner labels that the release Secrets get
     * @param source gives where a chart is fetched from
     */
    public Helm lend(
            Optional<ClusterClient> client,
            Optional<Cluster> record,
            Map<String, String> labels,
            UnaryOperator<Chart> source) {
        return new HelmPort(site(client, record), charts, source, workers, Map.copyOf(labels), () -> detailed);
    }

    private Optional<Site> site(Optional<ClusterClient> client, Optional<Cluster> record) {
        return client.flatMap(there -> record.map(cluster -> new Site(
                there,
                cluster.access(),
                connection,
                cluster.version(),
                discoveries.computeIfAbsent(there, any -> new DiscoveryCache(clock)),
                this::token)));
    }

    /** Lends Helm to a component that goes back after an upgrade failed; otherwise as {@link #lend}. */
    public Helm lendBack(
            Optional<ClusterClient> client,
            Optional<Cluster> record,
            Map<String, String> labels,
            UnaryOperator<Chart> source) {
        return new ReturningPort(site(client, record), charts, source, workers, Map.copyOf(labels));
    }

    /** Lends Helm for a cluster, one way or another. */
    @FunctionalInterface
    public interface Lending {
        /** Lends it; see {@link HelmHost#lend}. */
        Helm lend(
                Optional<ClusterClient> client,
                Optional<Cluster> record,
                Map<String, String> labels,
                UnaryOperator<Chart> source);
    }

    /**
     * Tells a chart's version: the one that it names, otherwise that of its archive or folder.
     *
     * @throws io.btp.installer.api.ProviderException if the file cannot be read
     */
    public Optional<String> version(Chart chart) throws InterruptedException {
        return chart.version().isPresent()
                ? chart.version()
                : Optional.of(charts.archive(chart).content().version());
    }

    /** From now on, steps that install or upgrade say every right that the release's objects need. */
    public void detailRights() {
        detailed = true;
    }

    private String token() {
        var bytes = new byte[24];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /**
     * Sets how much longer changes may be made; asked again and again. Calls in flight end within a second after nothing
     * is left, even where this process does not run any more.
     */
    public void permit(Supplier<Duration> left) {
        workers.permit(left);
    }

    /** Tells that what is planned from now on is meant to be carried out: what it needs is started meanwhile. */
    public void expectChanges() {
        workers.startEarly();
    }

    /** Ends every call in flight now. */
    public void abort() {
        workers.abort();
    }

    @Override
    public void close() {
        workers.close();
        charts.close();
    }
}
