package io.btp.installer.host.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.api.Connection;
import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.ProviderException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AsWrittenTest {
    private static final String NAMESPACE =
            "written-" + UUID.randomUUID().toString().substring(0, 8);
    private static final String SERVICE = """
            {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "one", "labels": {"app": "one"}},
             "spec": {"selector": {"app": "one"}, "ports": [{"port": 80, "name": "web"}]}}""";
    private static final String LIVE = """
            {"apiVersion": "v1", "kind": "Service",
             "metadata": {"name": "one", "namespace": "two", "labels": {"app": "one", "theirs": "x"}, "managedFields": [
               {"manager": "helm", "operation": "Update", "apiVersion": "v1", "fieldsV1": {
                 "f:metadata": {"f:labels": {".": {}, "f:app": {}}},
                 "f:spec": {"f:selector": {}, "f:type": {}, "f:ports": {".": {}, "k:{\\"port\\":80,\\"protocol\\":\\"TCP\\"}":
                   {".": {}, "f:port": {}, "f:protocol": {}, "f:name": {}}}}}}]},
             "spec": {"type": "ClusterIP", "clusterIP": "10.0.0.1", "selector": {"app": "one"},
               "ports": [{"port": 80, "protocol": "TCP", "name": "web"}]}}""";
    private static final String OWN_APPLY = """
            {"manager": "btp-installer", "operation": "Apply", "apiVersion": "v1", "fieldsV1": {"f:spec": {%s}}}""";

    private static ClusterClient client;

    @BeforeAll
    static void connects() throws InterruptedException {
        client = ClusterClient.open(ClusterClientTest.access(), Connection.direct());
        client.create(Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", NAMESPACE)));
    }

    @AfterAll
    static void removesItsNamespace() throws InterruptedException {
        if (client != null) {
            client.delete(ObjectRef.clusterWide("v1", "Namespace", NAMESPACE));
            client.close();
        }
    }

    private static Map<String, Object> object(String json) {
        return Json.read(json.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }

    @Test
    void knowsAnObjectAsItWasWritten() {
        assertThat(AsWritten.holds(object(SERVICE), object(LIVE))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"selector\": {\"app\": \"one\"}, \"ports\" -> \"selector\": {\"app\": \"one\", \"more\": \"x\"}, \"ports\"",
                "\"selector\": {\"app\": \"one\"}, \"ports\" -> \"selector\": {}, \"ports\"",
                "{\"port\": 80, \"protocol\": \"TCP\" -> {\"port\": 80, \"protocol\": \"UDP\"",
                "\"name\": \"web\"}]}} -> \"name\": \"weeb\"}]}}",
                "{\"app\": \"one\", \"theirs\": \"x\"} -> {\"app\": \"two\", \"theirs\": \"x\"}",
                "{\"app\": \"one\", \"theirs\": \"x\"} -> {\"theirs\": \"x\"}",
                "\"apiVersion\": \"v1\", \"fieldsV1\" -> \"apiVersion\": \"v1beta1\", \"fieldsV1\"",
                "\"f:selector\": {}, -> ",
            })
    void asksTheServerOfAnythingElse(String change) {
        var sides = change.split(" -> ", -1);
        var changed = LIVE.replaceAll("\\s+", " ").replace(sides[0], sides[1]);
        assertThat(changed).isNotEqualTo(LIVE.replaceAll("\\s+", " "));

        assertThat(AsWritten.holds(object(SERVICE), object(changed))).isFalse();
    }

    @Test
    void asksTheServerWhereAnEarlierApplyOfOursNamedMore() {
        var managers = "\"managedFields\": [";
        var same = LIVE.replace(managers, managers + OWN_APPLY.formatted("\"f:selector\": {}") + ",");
        var more = LIVE.replace(managers, managers + OWN_APPLY.formatted("\"f:selector\": {}, \"f:type\": {}") + ",");

        assertThat(AsWritten.holds(object(SERVICE), object(same))).isTrue();
        assertThat(AsWritten.holds(object(SERVICE), object(more))).isFalse();
    }

    /** Changes every value of live objects, one after the other, and asks the server each time whether that is drift. */
    @Test
    void neverHoldsWhereTheServerSaysThatAnApplyChangesSomething() throws InterruptedException {
        int drifted = 0;
        for (var manifest : List.of(deployment(), service(), policy())) {
            var made = client.create(manifest);
            for (var mutation : mutations(made)) {
                if (change(made, mutation)) {
                    var live = client.find(ObjectRef.to(manifest)).orElseThrow();
                    var isDrift = isDriftAsTheServerSays(manifest, live);
                    if (isDrift) {
                        assertThat(AsWritten.holds(manifest, live))
                                .as("%s", live)
                                .isFalse();
                        drifted++;
                    }
                    change(made, content -> content);
                }
            }
        }
        assertThat(drifted).as("changes that the server calls drift").isGreaterThan(20);
    }

    /** Tells it of what is refused, too: the user has to hear of that. */
    private static boolean isDriftAsTheServerSays(Map<String, Object> manifest, Map<String, Object> live)
            throws InterruptedException {
        try {
            return !Comparison.of(manifest, live, client.applied(manifest)).isEmpty();
        } catch (ProviderException refused) {
            return true;
        }
    }

    private static boolean change(Map<String, Object> made, UnaryOperator<Map<String, Object>> mutation)
            throws InterruptedException {
        var live = client.find(ObjectRef.to(made)).orElseThrow();
        var version = Fields.text(live, "metadata", "resourceVersion").orElseThrow();
        var changed = mutation.apply(made);
        var metadata = Fields.with(Fields.map(changed, "metadata"), "resourceVersion", version);
        metadata.remove("managedFields");
        try {
            return client.replaceUnlessChanged(Fields.with(changed, "metadata", metadata))
                    .isPresent();
        } catch (ProviderException refused) {
            return false; // the server does not take it: nobody can bring that about
        }
    }

    private static List<UnaryOperator<Map<String, Object>>> mutations(Map<String, Object> made) {
        var mutations = new ArrayList<UnaryOperator<Map<String, Object>>>();
        for (var part : List.of("spec", "metadata")) {
            for (var mutated : mutated(made.getOrDefault(part, Map.of()))) {
                mutations.add(content -> Fields.with(content, part, mutated));
            }
        }
        return mutations;
    }

    /** Gives all that differ in one place: a value, a key less, a key more, an item less. */
    private static List<Object> mutated(Object value) {
        var all = new ArrayList<>();
        switch (value) {
            case Map<?, ?> map -> {
                var copy = new LinkedHashMap<Object, Object>(map);
                copy.put("extra", "x");
                all.add(copy);
                map.forEach((key, item) -> {
                    if (List.of("managedFields", "name", "namespace", "uid").contains(String.valueOf(key))) {
                        return;
                    }
                    var less = new LinkedHashMap<Object, Object>(map);
                    less.remove(key);
                    all.add(less);
                    mutated(item).forEach(other -> {
                        var changed = new LinkedHashMap<Object, Object>(map);
                        changed.put(key, other);
                        all.add(changed);
                    });
                });
            }
            case List<?> list -> {
                for (int index = 0; index < list.size(); index++) {
                    var less = new ArrayList<Object>(list);
                    less.remove(index);
                    all.add(less);
                    for (var other : mutated(list.get(index))) {
                        var changed = new ArrayList<Object>(list);
                        changed.set(index, other);
                        all.add(changed);
                    }
                }
            }
            case Number number -> all.add(number.longValue() + 1);
            case Boolean flag -> all.add(!flag);
            case String text -> all.addAll(List.of(text + "x", "UDP"));
            default -> throw new IllegalStateException("JSON has no " + value.getClass());
        }
        return all;
    }

    private static Map<String, Object> deployment() {
        return placed("apps/v1", "Deployment", """
                {"replicas": 2, "selector": {"matchLabels": {"app": "one"}}, "template": {
                  "metadata": {"labels": {"app": "one"}},
                  "spec": {"nodeSelector": {"disk": "fast"}, "tolerations": [{"key": "spot", "operator": "Exists"}],
                    "containers": [{"name": "main", "image": "registry.example/main:1", "args": ["--one", "--two"],
                      "ports": [{"name": "web", "containerPort": 80}],
                      "resources": {"requests": {"cpu": "10m"}, "limits": {"memory": "64Mi"}},
                      "readinessProbe": {"tcpSocket": {"port": "web"}},
                      "env": [{"name": "POD", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}},
                        {"name": "PLAIN", "value": "one"}]}],
                    "volumes": [{"name": "none", "emptyDir": {}}]}}}""");
    }

    private static Map<String, Object> service() {
        return placed("v1", "Service", """
                {"selector": {"app": "one"}, "ports": [{"name": "web", "port": 80, "targetPort": "web"},
                  {"name": "names", "port": 53, "protocol": "UDP"}, {"name": "names-tcp", "port": 53}]}""");
    }

    private static Map<String, Object> policy() {
        return placed("networking.k8s.io/v1", "NetworkPolicy", """
                {"podSelector": {"matchLabels": {"app": "one"}}, "policyTypes": ["Ingress"],
                 "ingress": [{"ports": [{"port": 80}]}]}""");
    }

    private static Map<String, Object> placed(String apiVersion, String kind, String spec) {
        var object = new LinkedHashMap<String, Object>();
        object.put("apiVersion", apiVersion);
        object.put("kind", kind);
        object.put(
                "metadata",
                Map.of("name", "one", "namespace", NAMESPACE, "labels", Map.of("app", "one", "tier", "web")));
        object.put("spec", object(spec));
        return object;
    }
}
