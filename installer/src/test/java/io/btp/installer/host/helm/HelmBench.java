package io.btp.installer.host.helm;

import io.btp.installer.api.Chart;
import io.btp.installer.api.Connection;
import io.btp.installer.api.Helm;
import io.btp.installer.api.HelmRelease;
import io.btp.installer.api.Installation;
import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Progress;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.Step;
import io.btp.installer.api.contract.Cluster;
import io.btp.installer.api.contract.Secret;
import io.btp.installer.host.backend.Backend;
import io.btp.installer.host.kubernetes.ClusterClient;
import io.btp.installer.host.kubernetes.Kubeconfigs;
import io.btp.installer.host.kubernetes.Processes;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A cluster with a namespace for one test class, and Helm lent for it. */
final class HelmBench {
    static final Map<String, String> LABELS =
            Map.of(Installation.LABEL, "bench", Installation.PROVIDER_LABEL, "test.bench");

    final String namespace;
    final ClusterClient client;
    final HelmHost host;
    private final Cluster cluster;

    private HelmBench(String namespace, ClusterClient client, HelmHost host, Cluster cluster) {
        this.namespace = namespace;
        this.client = client;
        this.host = host;
        this.cluster = cluster;
    }

    static HelmBench open(Path chartCache) throws InterruptedException {
        var access = new Kubeconfigs(
                        Map.of(), Path.of("/nowhere"), Clock.systemUTC(), new Processes(), variables -> variables)
                .read(Optional.of(Backend.kubeconfig().toString()), Optional.empty());
        var client = ClusterClient.open(access, Connection.direct());
        var namespace = "helm-" + UUID.randomUUID().toString().substring(0, 8);
        client.create(Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", namespace)));
        return new HelmBench(namespace, client, host(chartCache), cluster(client, access));
    }

    private static Cluster cluster(ClusterClient client, Secret access) throws InterruptedException {
        var identity = client.identity();
        return new Cluster(
                identity.uid(),
                "bench",
                identity.server(),
                access,
                identity.version(),
                identity.storageClass(),
                Cluster.Identities.PLAIN,
                false);
    }

    static HelmHost host(Path chartCache) {
        return host(chartCache, runtime());
    }

    static HelmHost host(Path chartCache, HelmRuntime runtime) {
        return new HelmHost(
                runtime, Connection.direct(), chartCache, Optional.empty(), InstantSource.system(), new SecureRandom());
    }

    static HelmRuntime runtime() {
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .map(Path::toAbsolutePath)
                .toList();
        return new HelmRuntime(java, classPath, Path.of("target", "helm").toAbsolutePath());
    }

    static Chart chart(String name) {
        try {
            var resource = Objects.requireNonNull(HelmBench.class.getResource("/charts/" + name));
            return Chart.file(Path.of(resource.toURI()), name);
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    HelmRelease release(String name, String chart, Map<String, Object> values) {
        return HelmRelease.of(namespace, name, chart(chart)).values(values);
    }

    Helm helm() {
        return helm(host);
    }

    /** Lends Helm as to a component whose upgrade failed. */
    Helm back() {
        return host.lendBack(Optional.of(client), Optional.of(cluster), LABELS, UnaryOperator.identity());
    }

    Helm helm(HelmHost other) {
        return other.lend(Optional.of(client), Optional.of(cluster), LABELS, UnaryOperator.identity());
    }

    /** Plans and runs until nothing is left, as the engine does. */
    void converge(HelmRelease release) throws InterruptedException {
        for (int round = 0; round < 4; round++) {
            var steps = helm().steps(release);
            if (steps.isEmpty()) {
                return;
            }
            run(steps);
        }
        throw new AssertionError("it does not converge: " + helm().steps(release));
    }

    void remove(String name) throws InterruptedException {
        run(helm().removal(namespace, name));
    }

    static void run(List<Step> steps) throws InterruptedException {
        for (var step : steps) {
            step.action().run(new Polling());
        }
    }

    ObjectRef ref(String apiVersion, String kind, String name) {
        return ObjectRef.of(apiVersion, kind, namespace, name);
    }

    boolean exists(String apiVersion, String kind, String name) throws InterruptedException {
        return client.find(ref(apiVersion, kind, name)).isPresent();
    }

    List<StoredRelease> history(String name) throws InterruptedException {
        return new Releases(client, namespace, name).history();
    }

    /** Waits until something is true. */
    static void eventually(Condition condition) throws InterruptedException {
        new Polling()
                .until(
                        Duration.ofSeconds(30),
                        () -> condition.holds()
                                ? Optional.empty()
                                : Optional.of(Problem.of(Problem.Reason.NOT_READY, "it is not so", "")));
    }

    /** Something that comes about. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws InterruptedException;
    }

    void close() throws InterruptedException {
        client.delete(ObjectRef.clusterWide("v1", "Namespace", namespace));
        host.close();
        client.close();
    }

    /** Polls often, with a deadline of a minute. */
    static final class Polling implements Progress {
        @Override
        public void say(String message) {
            // Nobody watches.
        }

        @Override
        public void at(int done, int total) {
            // Nobody watches.
        }

        @Override
        public void until(Duration usually, Poll poll) throws InterruptedException {
            var deadline = Instant.now().plusSeconds(180);
            var never = new Semaphore(0);
            for (var missing = poll.missing(); missing.isPresent(); missing = poll.missing()) {
                if (Instant.now().isAfter(deadline)) {
                    throw new ProviderException(missing.get());
                }
                if (never.tryAcquire(100, TimeUnit.MILLISECONDS)) {
                    throw new IllegalStateException("nobody releases this semaphore");
                }
            }
        }
    }
}
