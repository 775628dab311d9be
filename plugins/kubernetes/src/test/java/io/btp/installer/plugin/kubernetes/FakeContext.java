package io.btp.installer.plugin.kubernetes;

import io.btp.installer.api.Context;
import io.btp.installer.api.Helm;
import io.btp.installer.api.HelmRelease;
import io.btp.installer.api.Installation;
import io.btp.installer.api.Kubernetes;
import io.btp.installer.api.Provider;
import io.btp.installer.api.Records;
import io.btp.installer.api.SecretStorage;
import io.btp.installer.api.Secrets;
import io.btp.installer.api.Slots;
import io.btp.installer.api.Step;
import io.btp.installer.api.Tunnel;
import io.btp.installer.api.contract.Cluster;
import io.btp.installer.api.contract.Secret;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the host lends, on a world in memory.
 *
 * @param provider whose component it is lent to
 */
record FakeContext(World world, Provider<?, ?> provider, Installation installation, Set<String> uses)
        implements Context {
    static final String CANARY = "c4n4ryc4n4ryc4n4ry";

    @Override
    public Map<String, String> labels() {
        return labels(provider);
    }

    private Map<String, String> labels(Provider<?, ?> owner) {
        return Map.of(
                Installation.LABEL, installation.name(),
                Installation.PROVIDER_LABEL, owner.description().id());
    }

    @Override
    public HelmRelease release(String namespace, String name) {
        return HelmRelease.of(namespace, name, provider.description().chart().orElseThrow());
    }

    @Override
    public Helm helm(Records records) {
        return new FakeHelm(world, isThere(records), labels());
    }

    @Override
    public Kubernetes kubernetes(Records records) {
        return new FakeKubernetes(world, isThere(records), labels());
    }

    private static boolean isThere(Records records) {
        return records.find(Slots.CLUSTER).isPresent();
    }

    @Override
    public Secrets secrets(Records records) {
        var plain = new PlainSecrets();
        var owner = new FakeContext(world, plain, installation, Set.of());
        return new Stored(records.find(Slots.SECRETS).map(store -> plain.storage(Map.of(), records, owner)));
    }

    @Override
    public Tunnel tunnel(Records records) {
        throw new AssertionError("no provider here opens a tunnel");
    }

    @Override
    public Secret kubeconfig(Optional<String> path, Optional<String> contextName) {
        return Secret.of("{\"current-context\":\"home\",\"file\":\"%s\",\"asked\":\"%s\"}"
                .formatted(path.orElse(""), contextName.orElse("")));
    }

    @Override
    public Cluster cluster(String name, Secret kubeconfig) {
        return cluster(name, "v1.35.4", Optional.of("standard"));
    }

    static Cluster cluster(String name, String version, Optional<String> storageClass) {
        return new Cluster(
                "uid-1",
                name,
                URI.create("https://127.0.0.1:6443"),
                Secret.of("kubeconfig"),
                version,
                storageClass,
                Cluster.Identities.PLAIN,
                false);
    }

    /** Generates a canary of each name. */
    private record Stored(Optional<SecretStorage> storage) implements Secrets {
        @Override
        public Optional<Secret> find(String name) throws InterruptedException {
            return storage.isEmpty() ? Optional.empty() : storage.get().read(name);
        }

        @Override
        public List<Step> steps(String name, Rule rule) throws InterruptedException {
            return find(name).isPresent()
                    ? List.of()
                    : List.of(Step.create(
                                    "secret " + name,
                                    progress -> storage.orElseThrow().create(name, Secret.of(CANARY + name)))
                            .after(Slots.SECRETS));
        }

        @Override
        public List<Step> removal(String name) throws InterruptedException {
            return find(name).isEmpty()
                    ? List.of()
                    : List.of(Step.delete(
                            "secret " + name, progress -> storage.orElseThrow().remove(name)));
        }
    }
}
