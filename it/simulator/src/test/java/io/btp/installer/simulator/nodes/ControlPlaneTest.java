package io.btp.installer.simulator.nodes;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** On a real control plane with its own controllers, as {@code it/control-plane/up.sh} starts it with the simulator. */
class ControlPlaneTest extends Scenarios {
    private static KubernetesClient client;

    @BeforeAll
    static void connect() throws Exception {
        var named = System.getenv("BTP_IT_KUBECONFIG");
        if (named == null || !Files.isReadable(Path.of(named))) {
            missing("no Kubernetes API server: BTP_IT_KUBECONFIG names no readable file");
        }
        client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(Path.of(named).toFile()))
                .build();
        if (client.nodes().withName("simulated-0").get() == null) {
            missing("the cluster of BTP_IT_KUBECONFIG has no simulated nodes");
        }
    }

    private static void missing(String what) {
        System.err.println("BACK END MISSING, tests not run: " + what);
        if ("true".equals(System.getenv("CI"))) {
            fail("With CI=true every back end has to be there: " + what);
        }
        abort(what);
    }

    @AfterAll
    static void disconnect() {
        if (client != null) {
            // Whoever uses the cluster next would take what is still served for an operator that was there before.
            for (var name : List.of(
                    "clusters.postgresql.cnpg.io",
                    "certificates.cert-manager.io",
                    "issuers.cert-manager.io",
                    "clusterissuers.cert-manager.io")) {
                client.apiextensions()
                        .v1()
                        .customResourceDefinitions()
                        .withName(name)
                        .withTimeout(60, SECONDS)
                        .delete();
            }
            client.close();
        }
    }

    @Override
    KubernetesClient client() {
        return client;
    }

    @Override
    Web web() {
        return new Web(80, 443);
    }

    @Test
    void servesTheLogsOfAPod() {
        apply("""
                apiVersion: v1
                kind: Pod
                metadata: {name: talker, annotations: {simulator.btp/logs: "all is well"}}
                spec: {containers: [{name: c, image: x}]}
                """);
        client().pods().inNamespace(namespace()).withName("talker").waitUntilReady(60, SECONDS);
        assertThat(client().pods().inNamespace(namespace()).withName("talker").getLog())
                .isEqualTo("all is well\n");
    }

    @Test
    void answersForAWebhookWhileItsPodsAreReady() {
        apply(deployment("hook", 1, "hook:1"), """
                apiVersion: v1
                kind: Service
                metadata: {name: hook}
                spec: {selector: {app: hook}, ports: [{port: 443, targetPort: http}]}
                """, """
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingWebhookConfiguration
                metadata: {name: %1$s}
                webhooks:
                - name: hook.example.test
                  admissionReviewVersions: [v1]
                  sideEffects: None
                  failurePolicy: Fail
                  clientConfig: {service: {namespace: %1$s, name: hook, path: /validate}}
                  namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: %1$s}}
                  rules: [{apiGroups: [""], apiVersions: [v1], resources: [configmaps], operations: [CREATE, UPDATE]}]
                """.formatted(namespace()));
        try {
            isAvailable("hook");
            client().admissionRegistration()
                    .v1()
                    .validatingWebhookConfigurations()
                    .withName(namespace())
                    .waitUntilCondition(
                            hooks -> hooks.getWebhooks()
                                            .getFirst()
                                            .getClientConfig()
                                            .getCaBundle()
                                    != null,
                            60,
                            SECONDS);
            Eventually.succeeds(() -> apply("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: asked}\n"));
            rule(namespace() + "/hook-* * never-ready");
            Eventually.fails(
                    () -> apply("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: asked}\ndata: {again: \"%d\"}\n"
                            .formatted(System.nanoTime())));
        } finally {
            client().admissionRegistration()
                    .v1()
                    .validatingWebhookConfigurations()
                    .withName(namespace())
                    .delete();
        }
    }
}
