package io.btp.installer.plugin.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.api.Answers;
import io.btp.installer.api.Check;
import io.btp.installer.api.Connection;
import io.btp.installer.api.Context;
import io.btp.installer.api.Helm;
import io.btp.installer.api.HelmRelease;
import io.btp.installer.api.Installation;
import io.btp.installer.api.Kubernetes;
import io.btp.installer.api.Question;
import io.btp.installer.api.Records;
import io.btp.installer.api.Removal;
import io.btp.installer.api.Secrets;
import io.btp.installer.api.Tunnel;
import io.btp.installer.api.contract.Cluster;
import io.btp.installer.api.contract.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ByoClusterTest {
    private static final ByoCluster.Configuration CURRENT =
            new ByoCluster.Configuration(Optional.empty(), Optional.empty());

    @Test
    void publishesTheClusterByTheNameOfItsCurrentContext() throws InterruptedException {
        var observation = new ByoCluster()
                .open(CURRENT, new OneCluster("v1.35.4", Optional.of("standard")))
                .observe(new Lab.Board());

        assertThat(observation.install().isEmpty()).isTrue();
        assertThat(observation.outputs().values())
                .singleElement()
                .isInstanceOfSatisfying(
                        Cluster.class, cluster -> assertThat(cluster.name()).isEqualTo("home"));
    }

    @Test
    void publishesTheClusterByTheNameOfItsContext() throws InterruptedException {
        var named = new ByoCluster.Configuration(Optional.of("~/.kube/config"), Optional.of("prod"));

        var observation = new ByoCluster()
                .open(named, new OneCluster("v1.35.4", Optional.of("standard")))
                .observe(new Lab.Board());

        assertThat(observation.outputs().values())
                .singleElement()
                .isInstanceOfSatisfying(
                        Cluster.class, cluster -> assertThat(cluster.name()).isEqualTo("prod"));
    }

    @Test
    void removesNothing() {
        var removal = new Removal<>(new Lab.Board(), Optional.of(CURRENT), false);

        assertThat(new ByoCluster()
                        .removal(removal, new OneCluster("v1.35.4", Optional.empty()))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void offersTheContextsOfTheKubeconfigThatIsAnswered() throws InterruptedException {
        var context = new ByoCluster()
                .form().questions().stream()
                        .filter(question -> question.key().equals("context"))
                        .findFirst()
                        .orElseThrow();
        var answers = new Answers() {
            @Override
            @SuppressWarnings("unchecked") // the only one that is asked for is a text
            public <T> Optional<T> find(Question<T> question) {
                return question.key().equals("kubeconfig") ? Optional.of((T) "~/dev") : Optional.empty();
            }
        };

        var found = context.suggestions(answers, new OneCluster("v1.35.4", Optional.empty()), new Lab.Board());

        assertThat(found).isEqualTo(List.of("current of ~/dev", "other"));
    }

    @Test
    void warnsWhereNoStorageClassIsTheDefault() throws InterruptedException {
        assertThat(result("cluster.storage-class", "v1.35.4", Optional.empty()))
                .isInstanceOf(Check.Result.Warned.class);
        assertThat(result("cluster.storage-class", "v1.35.4", Optional.of("gp3")))
                .isEqualTo(new Check.Result.Passed("Storage class gp3"));
    }

    private static Check.Result result(String id, String version, Optional<String> storageClass)
            throws InterruptedException {
        var checks = new ByoCluster()
                .open(CURRENT, new OneCluster(version, storageClass))
                .checks(new Lab.Board());
        return checks.stream()
                .filter(check -> check.id().equals(id))
                .findFirst()
                .orElseThrow()
                .probe()
                .run();
    }

    /** Lends the way to one cluster, and nothing else. */
    private record OneCluster(String version, Optional<String> storageClass) implements Context {
        @Override
        public Secret kubeconfig(Optional<String> path, Optional<String> contextName) {
            return Secret.of("{\"apiVersion\": \"v1\", \"current-context\": \"home\"}");
        }

        @Override
        public List<String> kubeconfigContexts(Optional<String> path) {
            return List.of("current of " + path.orElse("kubectl"), "other");
        }

        @Override
        public Cluster cluster(String name, Secret kubeconfig) {
            return FakeContext.cluster(name, version, storageClass);
        }

        @Override
        public Installation installation() {
            return new Installation("acme", "btp.acme.example", Connection.direct());
        }

        @Override
        public Map<String, String> labels() {
            return Map.of();
        }

        @Override
        public Set<String> uses() {
            return Set.of();
        }

        @Override
        public HelmRelease release(String namespace, String name) {
            throw new AssertionError("a cluster is no release");
        }

        @Override
        public Helm helm(Records records) {
            throw new AssertionError("a cluster needs no port");
        }

        @Override
        public Kubernetes kubernetes(Records records) {
            throw new AssertionError("a cluster needs no port");
        }

        @Override
        public Secrets secrets(Records records) {
            throw new AssertionError("a cluster needs no port");
        }

        @Override
        public Tunnel tunnel(Records records) {
            throw new AssertionError("a cluster needs no port");
        }
    }
}
