package io.btp.installer.platform;

import io.btp.installer.api.Context;
import io.btp.installer.api.Helm;
import io.btp.installer.api.HelmRelease;
import io.btp.installer.api.Installation;
import io.btp.installer.api.Kubernetes;
import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Records;
import io.btp.installer.api.Secrets;
import io.btp.installer.api.Slots;
import io.btp.installer.api.Step;
import io.btp.installer.api.Tunnel;
import io.btp.installer.api.contract.Cluster;
import io.btp.installer.api.contract.Secret;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A host with a Helm, a secret store and a list of release Secrets in memory. */
final class FakeContext implements Context {
    final Map<String, Secret> stored = new HashMap<>();
    final Map<String, HelmRelease> installed = new HashMap<>();
    final Set<String> storageClasses = new HashSet<>();
    private final Map<String, Object> overlay;

    FakeContext(Map<String, Object> overlay) {
        this.overlay = overlay;
    }

    @Override
    public Installation installation() {
        return Samples.INSTALLATION;
    }

    @Override
    public Map<String, String> labels() {
        return Map.of();
    }

    @Override
    public Set<String> uses() {
        return Set.of("platform");
    }

    @Override
    public HelmRelease release(String namespace, String name) {
        return HelmRelease.of(namespace, name, PlatformProvider.CHART).overlaidBy(overlay);
    }

    @Override
    public Helm helm(Records records) {
        return new Helm() {
            @Override
            public List<Step> steps(HelmRelease release) {
                var key = release.namespace() + "/" + release.name();
                if (installed.containsKey(key)) {
                    return List.of();
                }
                return List.of(Step.create("release " + key, progress -> installed.put(key, release))
                        .after(release.after().toArray(io.btp.installer.api.Need<?>[]::new)));
            }

            @Override
            public List<Step> removal(String namespace, String name) {
                var key = namespace + "/" + name;
                return installed.containsKey(key)
                        ? List.of(Step.delete("release " + key, progress -> installed.remove(key)))
                        : List.of();
            }
        };
    }

    @Override
    public Kubernetes kubernetes(Records records) {
        return new Kubernetes() {
            @Override
            public Optional<Map<String, Object>> find(ObjectRef ref) {
                return storageClasses.contains(ref.name()) ? Optional.of(Map.of("kind", ref.kind())) : Optional.empty();
            }

            @Override
            public List<Map<String, Object>> list(
                    String apiVersion, String kind, Optional<String> namespace, Map<String, String> labels) {
                return installed.values().stream()
                        .filter(release -> release.name().equals(labels.get("name")))
                        .<Map<String, Object>>map(
                                release -> Map.of("metadata", Map.of("namespace", release.namespace())))
                        .toList();
            }

            @Override
            public boolean serves(String groupVersion) {
                throw new IllegalStateException("not asked here");
            }

            @Override
            public List<Step> steps(List<Map<String, Object>> manifests) {
                throw new IllegalStateException("not asked here");
            }

            @Override
            public List<Step> ready(ObjectRef ref) {
                throw new IllegalStateException("not asked here");
            }

            @Override
            public List<Step> removal(List<ObjectRef> refs) {
                throw new IllegalStateException("not asked here");
            }
        };
    }

    @Override
    public Secrets secrets(Records records) {
        var there = records.find(Slots.SECRETS).isPresent();
        return new Secrets() {
            @Override
            public Optional<Secret> find(String name) {
                return there ? Optional.ofNullable(stored.get(name)) : Optional.empty();
            }

            @Override
            public List<Step> steps(String name, Rule rule) {
                return find(name).isPresent()
                        ? List.of()
                        : List.of(Step.create("secret " + name, progress -> stored.put(name, Secret.of("made-" + name)))
                                .after(Slots.SECRETS));
            }

            @Override
            public List<Step> removal(String name) {
                throw new IllegalStateException("not asked here");
            }
        };
    }

    @Override
    public Tunnel tunnel(Records records) {
        throw new IllegalStateException("not asked here");
    }

    @Override
    public Secret kubeconfig(Optional<String> path, Optional<String> contextName) {
        throw new IllegalStateException("not asked here");
    }

    @Override
    public Cluster cluster(String name, Secret kubeconfig) {
        throw new IllegalStateException("not asked here");
    }
}
