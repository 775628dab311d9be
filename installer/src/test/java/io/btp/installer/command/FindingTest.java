package io.btp.installer.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.answers.AnswersFile;
import io.btp.installer.api.Component;
import io.btp.installer.api.Connection;
import io.btp.installer.api.Context;
import io.btp.installer.api.Description;
import io.btp.installer.api.Form;
import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Observation;
import io.btp.installer.api.Plan;
import io.btp.installer.api.Plugin;
import io.btp.installer.api.Provider;
import io.btp.installer.api.Question;
import io.btp.installer.api.Records;
import io.btp.installer.api.Removal;
import io.btp.installer.api.Slot;
import io.btp.installer.api.Slots;
import io.btp.installer.api.contract.Cluster;
import io.btp.installer.host.backend.Backend;
import io.btp.installer.host.kubernetes.ClusterClient;
import io.btp.installer.host.kubernetes.Kubeconfigs;
import io.btp.installer.host.kubernetes.Processes;
import io.btp.installer.plugin.LoadedPlugin;
import io.btp.installer.plugin.PluginManifest;
import io.btp.installer.plugin.Plugins;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found in the cluster that the back end gives. */
class FindingTest {
    private static final Question<String> KUBECONFIG =
            Question.path("kubeconfig", "kubeconfig").optional();
    private static final Question<String> CONTEXT = Question.text("context", "context")
            .optional()
            .suggestedBy((answers, context, records) -> context.kubeconfigContexts(answers.find(KUBECONFIG)));
    private static final Question<String> FAULTY = Question.text("faulty", "faulty")
            .optional()
            .suggestedBy((answers, context, records) -> {
                throw new IllegalStateException("a fault of the plugin");
            });

    /** A cluster that is reached by a kubeconfig. */
    private record ByoCluster(String mode) implements Provider<Optional<String>, Cluster> {
        @Override
        public Description description() {
            return Description.of(mode, "kubeconfig", "Cluster", "Reaches a cluster.");
        }

        @Override
        public Slot<Cluster> slot() {
            return Slots.CLUSTER;
        }

        @Override
        public Form<Optional<String>> form() {
            return Form.of(answers -> answers.find(KUBECONFIG), FAULTY, KUBECONFIG, CONTEXT);
        }

        @Override
        public Component<Cluster> open(Optional<String> kubeconfig, Context context) {
            return new Component<>() {
                @Override
                public Observation<Cluster> observe(Records records) throws InterruptedException {
                    var cluster = context.cluster("here", context.kubeconfig(kubeconfig, Optional.empty()));
                    return Observation.of(Optional.of(cluster), Plan.nothing());
                }

                @Override
                public Observation<Cluster> absent(Records records) {
                    return Observation.of(Optional.empty(), Plan.nothing());
                }
            };
        }

        @Override
        public Plan removal(Removal<Optional<String>> removal, Context context) {
            return Plan.nothing();
        }
    }

    @TempDir
    private Path folder;

    private final Map<String, List<String>> found = new LinkedHashMap<>();

    @BeforeEach
    void installs() throws IOException {
        Files.createDirectories(folder.resolve("program/lib/helm"));
    }

    private Map<String, List<String>> find(String cluster) throws InterruptedException {
        return find("installation: {name: acme, domain: btp.acme.example}\n", cluster);
    }

    private Map<String, List<String>> find(String installation, String cluster) throws InterruptedException {
        var surroundings = new ProgramRun().surroundings(folder);
        List<Provider<?, ?>> providers = List.of(new ByoCluster("byo"), new ByoCluster("sandbox"));
        Plugin plugin = () -> providers;
        var loaded = new LoadedPlugin(
                new PluginManifest("test", "1", "1.0", List.of()),
                folder,
                LoadedPlugin.Trust.BUNDLED,
                Optional.empty(),
                plugin,
                providers);
        var projects = new Projects(surroundings, new Plugins(List.of(loaded), List.of()), false);
        var text = "apiVersion: installer.btp/v1\n" + installation + cluster;
        var answers = AnswersFile.parse("btp.yaml", folder, text.getBytes(StandardCharsets.UTF_8));
        new Finding(surroundings, projects).find(answers, found::put);
        return found;
    }

    private static String answered() {
        return "cluster: {mode: byo, kubeconfig: \"%s\"}\n".formatted(Backend.kubeconfig());
    }

    /** Makes a class that is no default, and removes it again. */
    private void withStorageClass(String name, Interruptible test) throws InterruptedException {
        var kubeconfigs = new Kubeconfigs(Map.of(), folder, Clock.systemUTC(), new Processes(), variables -> variables);
        var access = kubeconfigs.read(Optional.of(Backend.kubeconfig().toString()), Optional.empty());
        try (var client = ClusterClient.open(access, Connection.direct())) {
            client.create(Map.of(
                    "apiVersion",
                    "storage.k8s.io/v1",
                    "kind",
                    "StorageClass",
                    "metadata",
                    Map.of("name", name),
                    "provisioner",
                    "nobody.example"));
            try {
                test.run(client.identity().storageClass().orElseThrow());
            } finally {
                client.delete(ObjectRef.clusterWide("storage.k8s.io/v1", "StorageClass", name));
            }
        }
    }

    @FunctionalInterface
    private interface Interruptible {
        void run(String byDefault) throws InterruptedException;
    }

    @Test
    void findsContextsAndStorageClassesTheDefaultFirst() throws InterruptedException {
        var name = "a-" + UUID.randomUUID().toString().substring(0, 8);
        withStorageClass(name, byDefault -> {
            find(answered());

            assertThat(new ArrayList<>(found.keySet())).containsExactly("cluster.context", "platform.storageClass");
            assertThat(found.get("cluster.context")).isNotEmpty();
            assertThat(found.get("platform.storageClass")).startsWith(byDefault).contains(name);
        });
    }

    @Test
    void findsTheSameBeforeTheInstallationHasAName() throws InterruptedException {
        assertThat(find("", answered())).containsOnlyKeys("cluster.context", "platform.storageClass");
    }

    @Test
    void findsContextsOfAClusterThatCannotBeReached() throws IOException, InterruptedException {
        var file = Files.writeString(folder.resolve("gone"), """
                current-context: "b: c"
                clusters: [{name: a, cluster: {server: "https://127.0.0.1:1"}}]
                contexts: [{name: a, context: {cluster: a}}, {name: "b: c", context: {cluster: gone}}]
                """);

        assertThat(find("cluster: {mode: byo, kubeconfig: " + file + "}\n"))
                .isEqualTo(Map.of("cluster.context", List.of("\"b: c\"", "a")));
    }

    @Test
    void findsNothingWhereTheKubeconfigIsBroken() throws IOException, InterruptedException {
        var file = Files.writeString(folder.resolve("broken"), "contexts: [");

        assertThat(find("cluster: {mode: byo, kubeconfig: " + file + "}\n")).isEmpty();
    }

    @Test
    void findsNothingBeforeAClusterIsChosen() throws InterruptedException {
        assertThat(find("cluster: {mode: nobody}\n")).isEmpty();
    }

    @Test
    void doesNotLookIntoTheSandbox() throws InterruptedException {
        assertThat(find(answered().replace("byo", "sandbox"))).isEmpty();
    }
}
