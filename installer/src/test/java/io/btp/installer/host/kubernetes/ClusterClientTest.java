package io.btp.installer.host.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.btp.installer.api.Change;
import io.btp.installer.api.Connection;
import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.contract.Secret;
import io.btp.installer.host.backend.Backend;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Runs against the cluster that the back end gives. */
class ClusterClientTest {
    private static final String NAMESPACE =
            "client-" + UUID.randomUUID().toString().substring(0, 8);

    private static ClusterClient client;

    @BeforeAll
    static void connects() throws InterruptedException {
        client = ClusterClient.open(access(), Connection.direct());
        client.create(Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", NAMESPACE)));
    }

    @AfterAll
    static void removesItsNamespace() throws InterruptedException {
        if (client != null) {
            client.delete(ObjectRef.clusterWide("v1", "Namespace", NAMESPACE));
            client.close();
        }
    }

    static Secret access() {
        var kubeconfigs = new Kubeconfigs(
                Map.of(), Path.of("/nowhere"), Clock.systemUTC(), new Processes(), variables -> variables);
        return kubeconfigs.read(Optional.of(Backend.kubeconfig().toString()), Optional.empty());
    }

    @Test
    void doesNotCompleteAChangeWhosePermissionEndedSinceItBegan() throws InterruptedException {
        var asked = new AtomicInteger();
        try (var bound = ClusterClient.open(access(), Connection.direct(), () -> asked.incrementAndGet() == 1)) {
            assertThatThrownBy(() -> bound.create(configMap("late", Map.of())))
                    .isInstanceOf(ProviderException.class)
                    .hasMessageContaining("its lock has run out");
        }
        assertThat(asked).hasValue(2);
        assertThat(client.find(ObjectRef.of("v1", "ConfigMap", NAMESPACE, "late")))
                .isEmpty();
    }

    @Test
    void readsAndTriesWithoutPermissionToChange() throws InterruptedException {
        try (var bound = ClusterClient.open(access(), Connection.direct(), () -> false)) {
            bound.applied(configMap("tried", Map.of()));
            assertThatThrownBy(() -> bound.apply(configMap("tried", Map.of())))
                    .isInstanceOf(ProviderException.class)
                    .hasMessageContaining("its lock has run out");
        }
    }

    @Test
    void tellsWhoTheClusterIs() throws InterruptedException {
        var identity = client.identity();

        assertThat(identity.uid()).matches("[0-9a-f-]{36}");
        assertThat(identity.version()).startsWith("v1.");
        assertThat(identity.storageClass()).isPresent();
    }

    @Test
    void tellsASimulatedClusterByItsLabel() throws InterruptedException {
        var system = client.find(ObjectRef.clusterWide("v1", "Namespace", "kube-system"))
                .orElseThrow();
        var label = Fields.labels(system).containsKey("installer.btp/simulated");

        assertThat(client.identity().simulated()).isEqualTo(label);
    }

    @Test
    void appliesAndThenSeesNoDrift() throws InterruptedException {
        var manifest = configMap("settings", Map.of("colour", "green"));

        client.apply(manifest);

        assertThat(client.drift(manifest)).isEmpty();
        assertThat(client.find(ObjectRef.to(manifest)))
                .hasValueSatisfying(found ->
                        assertThat(Fields.text(found, "data", "colour")).contains("green"));
    }

    @Test
    void showsWhatAnotherManagerChanged() throws InterruptedException {
        var manifest = configMap("drifting", Map.of("colour", "green"));
        var made = client.apply(manifest);
        client.replaceUnlessChanged(Fields.with(made, "data", Map.of("colour", "red", "size", "7")));

        assertThat(client.drift(manifest)).containsExactly(Change.of("data.colour", "red", "green"));
    }

    @Test
    void showsFieldsThatTheManifestNoLongerNames() throws InterruptedException {
        client.apply(configMap("shrinking", Map.of("colour", "green", "size", "7")));

        assertThat(client.drift(configMap("shrinking", Map.of("colour", "green"))))
                .containsExactly(Change.gone("data.size", "7"));
    }

    @Test
    void hidesTheValuesOfSecrets() throws InterruptedException {
        client.apply(secret("login", Secret.of("first-canary")));

        var changes = client.drift(secret("login", Secret.of("second-canary")));

        assertThat(changes).containsExactly(Change.of("data.password", "(hidden)", "(hidden)"));
        assertThat(client.drift(secret("login", Secret.of("first-canary")))).isEmpty();
    }

    @Test
    void leavesReplicasToAnAutoscaler() throws InterruptedException {
        client.apply(deployment("scaled", 1));
        client.apply(Map.of(
                "apiVersion",
                "autoscaling/v2",
                "kind",
                "HorizontalPodAutoscaler",
                "metadata",
                Map.of("name", "scaled", "namespace", NAMESPACE),
                "spec",
                Map.of(
                        "maxReplicas",
                        4,
                        "scaleTargetRef",
                        Map.of("apiVersion", "apps/v1", "kind", "Deployment", "name", "scaled"))));

        assertThat(client.drift(deployment("scaled", 3))).isEmpty();
    }

    @Test
    void letsOnlyOneWriterWin() throws InterruptedException {
        var made = client.create(configMap("record", Map.of("run", "1")));

        assertThat(client.replaceUnlessChanged(Fields.with(made, "data", Map.of("run", "2"))))
                .isPresent();
        assertThat(client.replaceUnlessChanged(Fields.with(made, "data", Map.of("run", "3"))))
                .isEmpty();
        assertThat(client.createUnlessThere(configMap("record", Map.of("run", "4"))))
                .isEmpty();
    }

    @Test
    void saysWhatTheServerDoesNotAccept() {
        var broken = configMap("Not_A_Name", Map.of());

        assertThatThrownBy(() -> client.apply(broken)).isInstanceOfSatisfying(ProviderException.class, refused -> {
            assertThat(refused.problem().reason()).isEqualTo(Reason.INVALID);
            assertThat(refused.problem().evidence().toString()).contains("RFC 1123");
        });
    }

    @Test
    void saysThatAKindIsNotServed() {
        var unknown = Map.<String, Object>of(
                "apiVersion", "example.org/v1", "kind", "Nothing", "metadata", Map.of("name", "x"));

        assertThatThrownBy(() -> client.apply(unknown))
                .isInstanceOfSatisfying(
                        ProviderException.class,
                        refused -> assertThat(refused.problem().reason()).isEqualTo(Reason.UNSUPPORTED));
    }

    @Test
    void findsNothingWhereNothingIs() throws InterruptedException {
        assertThat(client.find(ObjectRef.of("v1", "ConfigMap", NAMESPACE, "absent")))
                .isEmpty();
        assertThat(client.find(ObjectRef.of("example.org/v1", "Nothing", NAMESPACE, "x")))
                .isEmpty();
        assertThat(client.list("example.org/v1", "Nothing", Optional.empty(), Map.of()))
                .isEmpty();
        assertThat(client.serves("example.org/v1")).isFalse();
        assertThat(client.serves("apps/v1")).isTrue();
        client.delete(ObjectRef.of("v1", "ConfigMap", NAMESPACE, "absent"));
    }

    @Test
    void deletesAndNamesTheFinalizerThatHangs() throws InterruptedException {
        var manifest = Map.<String, Object>of(
                "apiVersion", "v1",
                "kind", "ConfigMap",
                "metadata", Map.of("name", "held", "namespace", NAMESPACE, "finalizers", List.of("example.org/hold")));
        var ref = ObjectRef.to(manifest);
        client.create(manifest);

        client.delete(ref);

        assertThat(client.remaining(ref))
                .hasValueSatisfying(problem -> assertThat(problem.summary()).contains("example.org/hold"));
        letGo(ref);
        assertThat(client.remaining(ref)).isEmpty();
    }

    // The garbage collector may write meanwhile, as it takes the finalizer of the foreground removal off.
    private static void letGo(ObjectRef ref) throws InterruptedException {
        for (int attempt = 0; attempt < 10; attempt++) {
            var held = client.find(ref).orElseThrow();
            var metadata = Fields.with(Fields.map(held, "metadata"), "finalizers", List.of());
            if (client.replaceUnlessChanged(Fields.with(held, "metadata", metadata))
                    .isPresent()) {
                return;
            }
        }
        throw new AssertionError("somebody else writes " + ref + " all the time");
    }

    @Test
    void takesStockOfWhatCarriesLabels() throws InterruptedException {
        var label = Map.of("stock", NAMESPACE);
        client.apply(Manifests.labelled(configMap("counted", Map.of()), label));
        client.apply(Manifests.labelled(secret("counted", Secret.of("some-value")), label));

        var inventory = client.inventory(label);

        assertThat(inventory.objects())
                .extracting(entry -> entry.ref().toString())
                .containsExactlyInAnyOrder("ConfigMap " + NAMESPACE + "/counted", "Secret " + NAMESPACE + "/counted");
        assertThat(inventory.unread()).isEmpty();
    }

    @Test
    void forwardsRequestsAsTheyAre() throws InterruptedException, IOException {
        try (var answer = client.forward("GET", "/api/v1/namespaces/" + NAMESPACE, Map.of(), Optional.empty())) {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(new String(answer.body().readAllBytes(), StandardCharsets.UTF_8))
                    .contains(NAMESPACE);
        }
        var body = "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"forwarded\"}}"
                .getBytes(StandardCharsets.UTF_8);
        try (var answer = client.forward(
                "POST",
                "/api/v1/namespaces/" + NAMESPACE + "/configmaps",
                Map.of("Content-Type", "application/json"),
                Optional.of(body))) {
            assertThat(answer.status()).isEqualTo(201);
        }
        try (var answer = client.forward("GET", "/apis/nothing", Map.of(), Optional.empty())) {
            assertThat(answer.status()).isEqualTo(404);
        }
    }

    @Test
    void asksWhatIsAllowed() throws InterruptedException {
        assertThat(client.mayI(new Right("create", "apps", "deployments", Optional.empty(), Optional.of(NAMESPACE))))
                .isTrue();
    }

    private static Map<String, Object> configMap(String name, Map<String, String> data) {
        return Map.of(
                "apiVersion",
                "v1",
                "kind",
                "ConfigMap",
                "metadata",
                Map.of("name", name, "namespace", NAMESPACE),
                "data",
                data);
    }

    private static Map<String, Object> secret(String name, Secret password) {
        return Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Secret",
                "metadata",
                Map.of("name", name, "namespace", NAMESPACE),
                "stringData",
                Map.of("password", password));
    }

    private static Map<String, Object> deployment(String name, int replicas) {
        var labels = Map.of("app", name);
        return Map.of(
                "apiVersion",
                "apps/v1",
                "kind",
                "Deployment",
                "metadata",
                Map.of("name", name, "namespace", NAMESPACE),
                "spec",
                Map.of(
                        "replicas", replicas,
                        "selector", Map.of("matchLabels", labels),
                        "template",
                                Map.of(
                                        "metadata", Map.of("labels", labels),
                                        "spec",
                                                Map.of(
                                                        "containers",
                                                        List.of(Map.of("name", "main", "image", "none/main"))))));
    }
}
