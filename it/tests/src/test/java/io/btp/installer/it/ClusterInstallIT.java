package io.btp.installer.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An installation on a Kubernetes cluster, from nothing to a platform that answers, and back. */
final class ClusterInstallIT {
    private static KubernetesBackend backend;
    private static ClusterInventory cluster;

    @TempDir
    Path folder;

    @BeforeAll
    static void open() {
        backend = KubernetesBackend.open();
        cluster = new ClusterInventory(backend.kubeconfig());
    }

    @AfterAll
    static void close() {
        cluster.close();
        backend.close();
    }

    @Test
    void installsHasNothingToDoAgainAndLeavesNothing() {
        var before = cluster.objects();
        var scenario = new Scenario("whole", folder, backend.kubeconfig());

        var installed = scenario.run("install", "--yes");
        assertThat(installed.code()).as(installed::words).isZero();
        assertThat(installed.output()).contains("https://whole.btp.example", "btp status", "btp uninstall");

        var made = cluster.versions();
        var again = scenario.run("install", "--yes");
        assertThat(again.code()).as(again::words).isZero();
        assertThat(again.output()).contains("Nothing to do");
        assertThat(cluster.versions()).as("what a run with nothing to do wrote").isEqualTo(made);

        var status = scenario.run("status");
        assertThat(status.code()).as(status::words).isZero();

        var removed = scenario.run("uninstall", "--yes", "--delete-data", "all");
        assertThat(removed.code()).as(removed::words).isZero();
        assertThat(cluster.changesSince(before)).as(removed::words).isEmpty();
    }

    @Test
    void showsDriftAndHealsIt() {
        var scenario = new Scenario("drift", folder, backend.kubeconfig());
        var installed = scenario.run("install", "--yes");
        assertThat(installed.code()).as(installed::words).isZero();

        var client = cluster.client();
        client.services().inNamespace("drift-deps").withName("drift-redis").delete();
        client.apps().deployments().inNamespace("drift-platform").list().getItems().stream()
                .findFirst()
                .ifPresent(deployment -> client.apps()
                        .deployments()
                        .resource(deployment)
                        .edit(found -> found.edit()
                                .editSpec()
                                .withReplicas(3)
                                .endSpec()
                                .build()));
        client.genericKubernetesResources("postgresql.cnpg.io/v1", "Cluster")
                .inNamespace("drift-deps")
                .withName("drift-postgres")
                .edit(found -> {
                    found.<Map<String, Object>>get("spec").put("instances", 2);
                    return found;
                });

        var drift = scenario.run("status", "--output", "json");
        assertThat(drift.code()).as(drift::words).isEqualTo(9);
        assertThat(drift.planned()).as(drift::words).anyMatch(step -> step.startsWith("dataPlane.redis: UPDATE"));
        assertThat(drift.planned()).anyMatch(step -> step.startsWith("platform: UPDATE"));
        assertThat(drift.planned()).anyMatch(step -> step.startsWith("dataPlane.postgres: UPDATE"));

        var healed = scenario.run("install", "--yes");
        assertThat(healed.code()).as(healed::words).isZero();
        assertThat(client.services()
                        .inNamespace("drift-deps")
                        .withName("drift-redis")
                        .get())
                .isNotNull();
        assertThat(scenario.run("status").code()).isZero();
        assertThat(scenario.run("uninstall", "--yes", "--delete-data", "all").code())
                .isZero();
    }

    @Test
    void plansChangedAnswersWithTheirImpact() {
        var scenario = new Scenario("change", folder, backend.kubeconfig());
        var installed = scenario.run("install", "--yes");
        assertThat(installed.code()).as(installed::words).isZero();

        scenario.answer("dataPlane.postgres.storage", "2Gi").answer("dataPlane.postgres.instances", "2");
        var plan = scenario.run("plan", "--detailed-exitcode", "--diff");
        assertThat(plan.code()).as(plan::words).isEqualTo(9);
        assertThat(plan.output()).contains("1Gi -> 2Gi", "spec.instances");
        var grown = scenario.run("install", "--yes");
        assertThat(grown.code()).as(grown::words).isZero();

        scenario.answer("dataPlane.redis", "{mode: sandbox}");
        var lossy = scenario.run("install", "--yes");
        assertThat(lossy.code()).as(lossy::words).isZero();
        assertThat(cluster.objects()).noneMatch(object -> object.equals("Deployment change-deps/change-redis"));
        assertThat(cluster.objects())
                .as("data are kept")
                .anyMatch(object -> object.equals("PersistentVolumeClaim change-deps/change-redis"));
        var removed = scenario.run("uninstall", "--yes", "--delete-data", "all");
        assertThat(removed.code()).as(removed::words).isZero();
    }

    @Test
    void uninstallsWithTheRecordLostAndKeepsDataUnlessNamed() {
        var before = cluster.objects();
        var scenario = new Scenario("lost", folder, backend.kubeconfig());
        var installed = scenario.run("install", "--yes");
        assertThat(installed.code()).as(installed::words).isZero();

        cluster.client()
                .configMaps()
                .inNamespace("lost-platform")
                .withName("btp-lost")
                .delete();
        var kept = scenario.run("uninstall", "--yes");
        assertThat(kept.code()).as(kept::words).isZero();
        assertThat(cluster.objects()).anyMatch(object -> object.startsWith("PersistentVolumeClaim lost-deps/"));
        assertThat(kept.output()).contains("kept");

        var removed = scenario.run("uninstall", "--yes", "--delete-data", "all");
        assertThat(removed.code()).as(removed::words).isZero();
        assertThat(cluster.changesSince(before)).as(removed::words).isEmpty();
    }

    @Test
    void leavesAloneWhatBelongsToOthers() {
        var client = cluster.client();
        client.namespaces()
                .resource(new io.fabric8.kubernetes.api.model.NamespaceBuilder()
                        .withNewMetadata()
                        .withName("others-deps")
                        .endMetadata()
                        .build())
                .create();
        client.configMaps()
                .inNamespace("others-deps")
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("precious")
                        .endMetadata()
                        .addToData("key", "value")
                        .build())
                .create();
        Set<String> before = new TreeSet<>(cluster.objects());
        var scenario = new Scenario("others", folder, backend.kubeconfig());
        var installed = scenario.run("install", "--yes");
        assertThat(installed.code()).as(installed::words).isZero();
        var removed = scenario.run("uninstall", "--yes", "--delete-data", "all");
        assertThat(removed.code()).as(removed::words).isZero();
        assertThat(cluster.changesSince(before)).as(removed::words).isEmpty();
        client.namespaces().withName("others-deps").delete();
    }
}
