package io.btp.installer.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.btp.installer.simulator.api.Questions.Question;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Asks the API and a real API server the same, and compares the answers. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ComparisonTest {
    private static final int ATTEMPTS = 50;

    @TempDir
    Path folder;

    /** What of an answer people and programs go by. */
    record Verdict(int status, String reason, String message) {}

    @Test
    void refusesAsARealApiServerDoes() throws Exception {
        compare(Mistakes.TEXT);
    }

    @Test
    void changesAsARealApiServerDoes() throws Exception {
        compare(Changes.TEXT);
    }

    private void compare(String text) throws Exception {
        var named = System.getenv("BTP_IT_KUBECONFIG");
        if (named == null || !Files.isReadable(Path.of(named))) {
            missing();
        }
        var namespace = "compare-" + UUID.randomUUID().toString().substring(0, 8);
        try (var api = EmbeddedApi.open(folder);
                var embedded = client(api.kubeconfig());
                var real = client(Files.readString(Path.of(named == null ? "" : named)))) {
            var answers = new SoftAssertions();
            for (var question : Questions.parse(text, namespace)) {
                compare(question, embedded, real, answers);
            }
            cleanUp(real, namespace);
            answers.assertAll();
        }
    }

    private static void missing() {
        var what = "no Kubernetes API server: BTP_IT_KUBECONFIG names no readable file";
        System.err.println("BACK END MISSING, tests not run: " + what);
        if ("true".equals(System.getenv("CI"))) {
            fail("With CI=true every back end has to be there: " + what);
        }
        abort(what);
    }

    private static KubernetesClient client(String kubeconfig) {
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig))
                .build();
    }

    private static void compare(
            Question question, KubernetesClient embedded, KubernetesClient real, SoftAssertions answers)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        if (!question.isGiven()) {
            answers.assertThat(ask(embedded, question)).as(question.title()).isEqualTo(ask(real, question));
            return;
        }
        for (var client : new KubernetesClient[] {embedded, real}) {
            var verdict = ask(client, question);
            // A real API server takes a moment until it serves what a definition defines.
            for (int attempt = 0; verdict.status() == 404 && attempt < ATTEMPTS; attempt++) {
                TimeUnit.MILLISECONDS.sleep(100);
                verdict = ask(client, question);
            }
            assertThat(verdict.status()).as("%s: %s", question.title(), verdict).isBetween(200, 201);
        }
    }

    private static Verdict ask(KubernetesClient client, Question question)
            throws InterruptedException, ExecutionException, TimeoutException {
        var address = URI.create(client.getMasterUrl().toString()).resolve(question.path());
        var request = client.getHttpClient().newHttpRequestBuilder().uri(address);
        if (question.body().isEmpty()) {
            request.method(question.method(), null, null);
        } else {
            request.method(question.method(), question.type(), question.body());
        }
        var answer =
                client.getHttpClient().sendAsync(request.build(), byte[].class).get(30, TimeUnit.SECONDS);
        return verdict(answer);
    }

    private static Verdict verdict(HttpResponse<byte[]> answer) {
        var text = new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8);
        if (!text.startsWith("{")) {
            return new Verdict(answer.code(), "", text.strip());
        }
        var status = Nodes.read(text);
        if (answer.code() < 400) {
            return new Verdict(answer.code(), "", shown(status));
        }
        return new Verdict(answer.code(), Nodes.string(status, "reason"), essence(Nodes.string(status, "message")));
    }

    /** Shows an object without what differs each time, and without what controllers add meanwhile. */
    private static String shown(JsonNode answer) {
        if (!(answer instanceof ObjectNode object)) {
            return answer.toString();
        }
        var metadata = Nodes.child(object, "metadata");
        metadata.remove(List.of("uid", "resourceVersion", "creationTimestamp", "deletionTimestamp"));
        Nodes.objectAt(object, "details").ifPresent(details -> details.remove("uid"));
        Nodes.objectAt(metadata, "annotations")
                .ifPresent(annotations -> annotations.remove("deployment.kubernetes.io/revision"));
        if (metadata.path("annotations").isEmpty()) {
            metadata.remove("annotations");
        }
        if (Nodes.string(object, "kind").equals("Deployment")) {
            object.remove("status");
        }
        if (Nodes.string(object, "kind").equals("PersistentVolumeClaim")) {
            // No controller of the sandbox protects claims from deletion, so that nothing would take this off again.
            metadata.remove("finalizers");
        }
        var managers = Nodes.objects(metadata, "managedFields").stream()
                .filter(entry -> !Nodes.string(entry, "manager").equals("kube-controller-manager"))
                .map(entry -> "\n" + sorted(entry.without("time")))
                .sorted()
                .toList();
        metadata.remove("managedFields");
        return sorted(object) + String.join("", managers);
    }

    private static String sorted(JsonNode node) {
        if (node instanceof ObjectNode object) {
            var fields = new TreeMap<String, String>();
            object.properties().forEach(field -> fields.put(field.getKey(), sorted(field.getValue())));
            return fields.toString();
        }
        return node instanceof ArrayNode list
                ? list.valueStream().map(ComparisonTest::sorted).toList().toString()
                : node.toString();
    }

    /** Takes off what is another on each server, or each time, and what shows how a real one is built inside. */
    private static String essence(String message) {
        return message.replaceAll("(cannot be handled as a \\w+: )(converting|expected).*", "$1")
                .replaceAll("(?s)(the object provided is unrecognized).*", "$1")
                .replaceAll("(?s)(except resources.requests and volumeAttributesClassName for bound claims).*", "$1")
                .replaceAll("at input byte \\d+", "")
                .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "UID");
    }

    private static void cleanUp(KubernetesClient real, String namespace) {
        if (real.namespaces().withName(namespace + "-going").get() != null) {
            real.configMaps().inNamespace(namespace + "-going").withName("held").edit(held -> {
                held.getMetadata().getFinalizers().clear();
                return held;
            });
        }
        real.namespaces().withName(namespace).delete();
        real.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("gadgets." + namespace + ".example.org")
                .delete();
    }
}
