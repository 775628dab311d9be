package io.btp.installer.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The fabric8 client against the API. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClientTest {
    @TempDir
    Path folder;

    private EmbeddedApi api;
    private KubernetesClient client;

    @BeforeEach
    void open() throws IOException, InterruptedException {
        api = EmbeddedApi.open(folder);
        client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(api.kubeconfig()))
                .build();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        api.close();
    }

    @Test
    void knowsTheClusterFromTheStart() {
        assertThat(client.namespaces().list().getItems())
                .extracting(namespace -> namespace.getMetadata().getName())
                .containsExactly("default", "kube-node-lease", "kube-public", "kube-system");
        assertThat(client.namespaces()
                        .withName("kube-system")
                        .get()
                        .getMetadata()
                        .getLabels())
                .containsEntry("installer.btp/simulated", "true");
        assertThat(client.serviceAccounts()
                        .inNamespace("default")
                        .withName("default")
                        .get())
                .isNotNull();
        assertThat(client.storage()
                        .v1()
                        .storageClasses()
                        .withName("standard")
                        .get()
                        .getProvisioner())
                .isNotEmpty();
        assertThat(client.getKubernetesVersion().getGitVersion()).startsWith("v1.");
        assertThat(client.getApiGroups().getGroups()).extracting("name").contains("apps", "batch");
    }

    @Test
    void createsChangesAndDeletes() {
        var made = client.configMaps()
                .inNamespace("default")
                .resource(map("one", "a"))
                .create();
        assertThat(made.getMetadata().getUid()).isNotEmpty();
        var changed = client.configMaps()
                .inNamespace("default")
                .withName("one")
                .edit(map -> new ConfigMapBuilder(map).addToData("b", "c").build());
        assertThat(changed.getData()).containsEntry("key", "a").containsEntry("b", "c");
        assertThatThrownBy(() -> client.configMaps()
                        .inNamespace("default")
                        .resource(made)
                        .update())
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        refused -> assertThat(refused.getCode()).isEqualTo(409));
        client.configMaps().inNamespace("default").withName("one").delete();
        assertThat(client.configMaps().inNamespace("default").withName("one").get())
                .isNull();
    }

    private static ConfigMap map(String name, String value) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withData(Map.of("key", value))
                .build();
    }

    @Test
    void listsInPages() {
        for (int number = 0; number < 7; number++) {
            client.configMaps()
                    .inNamespace("kube-public")
                    .resource(map("map-" + number, "a"))
                    .create();
        }
        var first = client.configMaps()
                .inNamespace("kube-public")
                .list(new ListOptionsBuilder().withLimit(5L).build());
        assertThat(first.getItems()).hasSize(5);
        assertThat(first.getMetadata().getContinue()).isNotEmpty();
        assertThat(client.configMaps()
                        .inNamespace("kube-public")
                        .withField("metadata.name", "map-3")
                        .list()
                        .getItems())
                .hasSize(1);
    }

    @Test
    void tellsWatchersWhatChanges() throws InterruptedException {
        var told = new LinkedBlockingQueue<String>();
        try (var watch = client.configMaps()
                .inNamespace("default")
                .withLabel("watched")
                .watch(new Watcher<ConfigMap>() {
                    @Override
                    public void eventReceived(Action action, ConfigMap map) {
                        told.add(action + " " + map.getMetadata().getName());
                    }

                    @Override
                    public void onClose(WatcherException cause) {
                        told.add("CLOSED");
                    }
                })) {
            assertThat(watch).isNotNull();
            var map = map("watched", "a");
            map.getMetadata().setLabels(Map.of("watched", "yes"));
            client.configMaps()
                    .inNamespace("default")
                    .resource(map("ignored", "a"))
                    .create();
            client.configMaps().inNamespace("default").resource(map).create();
            assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("ADDED watched");
            client.configMaps()
                    .inNamespace("default")
                    .withName("watched")
                    .edit(old -> new ConfigMapBuilder(old).addToData("b", "c").build());
            assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("MODIFIED watched");
            client.configMaps().inNamespace("default").withName("watched").delete();
            assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("DELETED watched");
        }
    }

    @Test
    void feedsInformers() throws InterruptedException {
        try (var informer = client.configMaps().inNamespace("default").inform()) {
            client.configMaps()
                    .inNamespace("default")
                    .resource(map("informed", "a"))
                    .create();
            client.configMaps()
                    .inNamespace("default")
                    .withName("informed")
                    .waitUntilCondition(map -> map != null, 10, TimeUnit.SECONDS);
            assertThat(informer.hasSynced()).isTrue();
        }
    }

    @Test
    void fillsInWhatIsLeftOpen() {
        var deployment = client.apps()
                .deployments()
                .inNamespace("default")
                .resource(new DeploymentBuilder()
                        .withNewMetadata()
                        .withName("web")
                        .endMetadata()
                        .withNewSpec()
                        .withNewSelector()
                        .withMatchLabels(Map.of("app", "web"))
                        .endSelector()
                        .withNewTemplate()
                        .withNewMetadata()
                        .withLabels(Map.of("app", "web"))
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("web")
                        .withImage("nginx")
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build())
                .create();
        assertThat(deployment.getSpec().getReplicas()).isOne();
        assertThat(deployment.getSpec().getStrategy().getType()).isEqualTo("RollingUpdate");
        assertThat(deployment
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .getFirst()
                        .getImagePullPolicy())
                .isEqualTo("Always");
        assertThat(deployment.getMetadata().getGeneration()).isOne();
        assertThat(client.apps()
                        .deployments()
                        .inNamespace("default")
                        .withName("web")
                        .scale(3)
                        .getSpec()
                        .getReplicas())
                .isEqualTo(3);
        assertThat(client.apps()
                        .deployments()
                        .inNamespace("default")
                        .withName("web")
                        .get()
                        .getMetadata()
                        .getGeneration())
                .isEqualTo(2);

        var service = client.services()
                .inNamespace("default")
                .resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withName("web")
                        .endMetadata()
                        .withNewSpec()
                        .withType("NodePort")
                        .addNewPort()
                        .withPort(80)
                        .endPort()
                        .endSpec()
                        .build())
                .create();
        assertThat(service.getSpec().getClusterIP()).startsWith("127.96.");
        assertThat(service.getSpec().getPorts().getFirst().getNodePort()).isBetween(30_000, 32_767);
    }

    @Test
    void appliesOnTheServer() {
        var context = new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager("tests")
                .build();
        var map = map("applied", "a");
        var applied = client.configMaps().inNamespace("default").resource(map).patch(context, map);
        assertThat(applied.getMetadata().getManagedFields())
                .extracting("manager")
                .containsExactly("tests");
        var again = client.configMaps().inNamespace("default").resource(map).patch(context, map);
        assertThat(again.getMetadata().getResourceVersion())
                .isEqualTo(applied.getMetadata().getResourceVersion());
    }

    @Test
    void keepsPodsUntilTheirKubeletLetsGo() {
        client.pods().inNamespace("default").resource(pod("free", null)).create();
        client.pods().inNamespace("default").resource(pod("bound", "node-1")).create();
        client.pods().inNamespace("default").withName("free").delete();
        client.pods().inNamespace("default").withName("bound").delete();
        assertThat(client.pods().inNamespace("default").withName("free").get()).isNull();
        assertThat(client.pods()
                        .inNamespace("default")
                        .withName("bound")
                        .get()
                        .getMetadata()
                        .getDeletionTimestamp())
                .isNotEmpty();
        client.pods()
                .inNamespace("default")
                .withName("bound")
                .withGracePeriod(0)
                .delete();
        assertThat(client.pods().inNamespace("default").withName("bound").get()).isNull();
    }

    @SuppressWarnings("NullAway") // The builder takes null for a node that is not chosen.
    private static Pod pod(String name, @org.jspecify.annotations.Nullable String node) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withNodeName(node)
                .addNewContainer()
                .withName("main")
                .withImage("main:1")
                .endContainer()
                .endSpec()
                .build();
    }

    @Test
    void readsTheLogThatControllersWrote() {
        client.pods().inNamespace("default").resource(pod("logging", "node-1")).create();
        client.pods()
                .inNamespace("default")
                .withName("logging")
                .edit(pod -> new PodBuilder(pod)
                        .editMetadata()
                        .addToAnnotations("simulator.btp/logs", "one\ntwo\n")
                        .endMetadata()
                        .build());
        assertThat(client.pods()
                        .inNamespace("default")
                        .withName("logging")
                        .tailingLines(1)
                        .getLog())
                .isEqualTo("two\n");
    }

    @Test
    void refusesNewThingsInANamespaceThatGoes() {
        client.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("going")
                        .endMetadata()
                        .build())
                .create();
        client.namespaces().withName("going").delete();
        assertThat(client.namespaces().withName("going").get().getStatus().getPhase())
                .isEqualTo("Terminating");
        assertThatThrownBy(() -> client.configMaps()
                        .inNamespace("going")
                        .resource(map("late", "a"))
                        .create())
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        refused -> assertThat(refused.getStatus().getDetails().getCauses())
                                .extracting("reason")
                                .containsExactly("NamespaceTerminating"));
        var namespace = client.namespaces().withName("going").get();
        namespace.getSpec().setFinalizers(List.of());
        client.raw("/api/v1/namespaces/going/finalize", "PUT", namespace);
        assertThat(client.namespaces().withName("going").get()).isNull();
    }
}
