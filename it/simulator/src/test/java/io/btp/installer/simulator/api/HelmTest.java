package io.btp.installer.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.DryRun;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.InstallCommand;
import com.marcnuri.helm.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HelmTest {
    @TempDir
    Path folder;

    private EmbeddedApi api;
    private Caller caller;
    private Path kubeconfig;

    @BeforeEach
    void open() throws IOException, InterruptedException {
        api = EmbeddedApi.open(folder.resolve("store"));
        caller = new Caller(api);
        kubeconfig = Files.writeString(folder.resolve("kubeconfig"), api.kubeconfig());
        write("Chart.yaml", "apiVersion: v2\nname: shop\nversion: 1.0.0\n");
        write("values.yaml", "replicas: 1\nimage: nginx:1.27\n");
        write("crds/crd.yaml", CRD);
        write("templates/all.yaml", TEMPLATES);
        write("templates/widget.yaml", WIDGET);
    }

    @AfterEach
    void close() throws IOException {
        caller.close();
        api.close();
    }

    @Test
    void installsListsUpgradesAndUninstalls() throws IOException, InterruptedException {
        var release = install().call();
        assertThat(release.getStatus()).isEqualTo("deployed");
        assertThat(caller.get("/apis/example.org/v1/namespaces/shop/widgets/one")
                        .text("/spec/size"))
                .isEqualTo("big");
        assertThat(caller.get("/api/v1/namespaces/shop/configmaps/looked").text("/data/found"))
                .isEqualTo("kube-root-ca.crt");

        assertThat(Helm.list().withKubeConfig(kubeconfig).withNamespace("shop").call())
                .extracting(Release::getName)
                .containsExactly("shop");

        var upgraded = new Helm(folder.resolve("chart"))
                .upgrade()
                .withName("shop")
                .withNamespace("shop")
                .withKubeConfig(kubeconfig)
                .set("replicas", "3")
                .set("image", "nginx:1.28")
                .call();
        assertThat(upgraded.getRevision()).isEqualTo("2");
        var deployment = caller.get("/apis/apps/v1/namespaces/shop/deployments/shop");
        assertThat(deployment.at("/spec/replicas").asInt(0)).isEqualTo(3);
        assertThat(deployment.at("/spec/template/spec/containers/0/image").asString())
                .isEqualTo("nginx:1.28");
        assertThat(deployment.at("/spec/template/spec/containers/0/env").size()).isEqualTo(2);

        Helm.uninstall("shop").withNamespace("shop").withKubeConfig(kubeconfig).call();
        assertThat(Helm.list().withKubeConfig(kubeconfig).withNamespace("shop").call())
                .isEmpty();
        assertThat(caller.get("/apis/apps/v1/namespaces/shop/deployments/shop").status())
                .isEqualTo(404);
        assertThat(caller.get("/api/v1/namespaces/shop/secrets?labelSelector=owner%3Dhelm")
                        .at("/items")
                        .size())
                .isZero();
    }

    @Test
    void waitsForHooksThatAreJobs() throws IOException, InterruptedException {
        write("templates/hook.yaml", HOOK);
        var install = install();
        var ended = Thread.ofVirtual().unstarted(this::completeJob);
        ended.start();
        assertThat(install.call().getStatus()).isEqualTo("deployed");
        ended.join();
    }

    private void completeJob() {
        try {
            var path = "/apis/batch/v1/namespaces/shop/jobs/migrate";
            while (caller.get(path).status() != 200) {
                Thread.onSpinWait();
            }
            var status = """
                    {"status": {"succeeded": 1, "conditions": [{"type": "Complete", "status": "True"}]}}
                    """;
            caller.patch(path + "/status", Caller.MERGE, status);
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void dryRunPersistsNothing() throws IOException, InterruptedException {
        // Helm makes no definitions in a dry run, so that nothing of their kinds can be in it.
        Files.delete(folder.resolve("chart/templates/widget.yaml"));
        api.audit().orElseThrow().clear();
        new Helm(folder.resolve("chart"))
                .install()
                .withName("shop")
                .withNamespace("shop")
                .withKubeConfig(kubeconfig)
                .dryRun()
                .withDryRunOption(DryRun.SERVER)
                .call();
        assertThat(api.audit().orElseThrow().entries()).isNotEmpty();
        assertThat(api.audit().orElseThrow().entries().stream().filter(Audit.Entry::persists))
                .isEmpty();
    }

    @Test
    void refusesWhatTheApiRefuses() throws IOException {
        write(
                "templates/wrong.yaml",
                "apiVersion: v1\nkind: Service\nmetadata:\n  name: Wrong_Name\nspec:\n  ports:\n  - port: 80\n");
        assertThatThrownBy(() -> install().call()).hasMessageContaining("DNS-1035");
    }

    private InstallCommand install() {
        return new Helm(folder.resolve("chart"))
                .install()
                .withName("shop")
                .withNamespace("shop")
                .createNamespace()
                .withKubeConfig(kubeconfig);
    }

    private void write(String name, String text) throws IOException {
        var file = folder.resolve("chart").resolve(name);
        Files.createDirectories(List.of(file).getFirst().getParent());
        Files.writeString(file, text);
    }

    private static final String CRD = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata:
              name: widgets.example.org
            spec:
              group: example.org
              scope: Namespaced
              names: {plural: widgets, kind: Widget}
              versions:
              - name: v1
                served: true
                storage: true
                schema:
                  openAPIV3Schema:
                    type: object
                    properties:
                      spec:
                        type: object
                        required: [size]
                        properties:
                          size: {type: string}
                          color: {type: string, default: red}
            """;
    private static final String WIDGET = """
            apiVersion: example.org/v1
            kind: Widget
            metadata: {name: one}
            spec: {size: big}
            """;
    private static final String TEMPLATES = """
            apiVersion: v1
            kind: Service
            metadata: {name: shop}
            spec:
              type: LoadBalancer
              selector: {app: shop}
              ports:
              - {name: http, port: 80, targetPort: http}
            ---
            apiVersion: v1
            kind: Secret
            metadata: {name: shop}
            stringData: {password: hunter2}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: looked}
            data:
              found: {{ (lookup "v1" "ConfigMap" "kube-system" "kube-root-ca.crt").metadata.name }}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: shop}
            spec:
              replicas: {{ .Values.replicas }}
              selector: {matchLabels: {app: shop}}
              template:
                metadata: {labels: {app: shop}}
                spec:
                  containers:
                  - name: shop
                    image: {{ .Values.image }}
                    env:
                    - {name: A, value: "1"}
                    - {name: B, valueFrom: {secretKeyRef: {name: shop, key: password}}}
                    ports:
                    - {name: http, containerPort: 80}
            """;
    private static final String HOOK = """
            apiVersion: batch/v1
            kind: Job
            metadata:
              name: migrate
              annotations:
                helm.sh/hook: post-install
                helm.sh/hook-delete-policy: hook-succeeded
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers:
                  - {name: migrate, image: "migrate:1"}
            """;
}
