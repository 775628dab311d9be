package io.btp.installer.host.kubernetes;

import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.ProviderException;
import io.btp.installer.fuzz.Fuzz;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Objects and refusals as a cluster would not give them, or as somebody in it would. */
class ApiFuzzTest {
    private static final Map<String, String> OBJECTS =
            Map.of("Deployment", """
            {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "a", "namespace": "b", "generation": 2, "labels": {"a": "b"}, "uid": "u"},
            "spec": {"replicas": 2, "selector": {"matchLabels": {"a": "b"}}},
            "status": {"observedGeneration": 1, "replicas": 1, "updatedReplicas": 1, "availableReplicas": 0,
            "conditions": [{"type": "Progressing", "status": "False", "reason": "ProgressDeadlineExceeded", "message": "m"}]}}""", "Pod", """
            {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a", "namespace": "b", "labels": {"a": "b"}, "ownerReferences": [{"kind": "ReplicaSet", "name": "r", "uid": "u"}]},
            "spec": {"nodeName": "n", "containers": [{"name": "c", "image": "i"}], "volumes": [{"name": "v", "persistentVolumeClaim": {"claimName": "p"}}]},
            "status": {"phase": "Pending", "conditions": [{"type": "PodScheduled", "status": "False", "reason": "Unschedulable", "message": "0/2 nodes"}],
            "containerStatuses": [{"name": "c", "restartCount": 3, "state": {"waiting": {"reason": "CrashLoopBackOff", "message": "m"}}, "lastState": {"terminated": {"exitCode": 1, "reason": "Error", "message": "x"}}}]}}""", "Job", """
            {"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "a", "namespace": "b"}, "spec": {"completions": 1, "backoffLimit": 2},
            "status": {"failed": 2, "conditions": [{"type": "Failed", "status": "True", "reason": "BackoffLimitExceeded", "message": "m"}]}}""", "PersistentVolumeClaim", """
            {"apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": {"name": "a", "namespace": "b"},
            "spec": {"storageClassName": "s", "resources": {"requests": {"storage": "1Gi"}}}, "status": {"phase": "Pending"}}""", "Cluster", """
            {"apiVersion": "postgresql.cnpg.io/v1", "kind": "Cluster", "metadata": {"name": "a", "namespace": "b", "generation": 1},
            "status": {"conditions": [{"type": "Ready", "status": "False", "reason": "R", "message": "m", "observedGeneration": 1}], "phase": "p"}}""");

    private static final String REFUSAL = """
            {"kind": "Status", "status": "Failure", "message": "secrets \\"a\\" is forbidden: exceeded quota", "reason": "Forbidden", "code": 403,
            "details": {"name": "a", "kind": "secrets", "causes": [{"reason": "FieldValueInvalid", "message": "Invalid value: \\"x\\"", "field": "spec.a"}], "retryAfterSeconds": 3}}""";

    /** A cluster in which every object is this one. */
    private record Everywhere(Map<String, Object> object) implements Reader {
        @Override
        public Optional<Map<String, Object>> find(ObjectRef ref) {
            return Optional.of(object);
        }

        @Override
        public List<Map<String, Object>> list(
                String apiVersion, String kind, Optional<String> namespace, Map<String, String> labels) {
            // As the client gives them: of the kind that was asked for, and with names.
            var whole = new LinkedHashMap<>(object);
            whole.put("apiVersion", apiVersion);
            whole.put("kind", kind);
            return Fields.at(object, "metadata", "name").orElse(0) instanceof String
                    ? List.of(whole, whole)
                    : List.of();
        }

        @Override
        public List<Map<String, Object>> events(ObjectRef about) {
            return List.of(object);
        }

        @Override
        public List<String> log(String namespace, String pod, String container, boolean previous, int lines) {
            return List.of(object.toString());
        }

        @Override
        public Optional<ResourceType> type(String apiVersion, String kind) {
            return Optional.of(new ResourceType(apiVersion, kind, "things", true, Set.of("list")));
        }
    }

    private static String readiness(String kind, byte[] content) throws InterruptedException {
        var object = Json.read(content);
        if (object.isEmpty()) {
            return "none";
        }
        try {
            var ref = ObjectRef.of("v1", kind, "b", "a");
            return new Readiness(new Everywhere(object.get())).missing(ref).toString();
        } catch (ProviderException never) {
            return never.problem().toString();
        }
    }

    @Test
    void damagedObjects() {
        OBJECTS.forEach((kind, object) -> new Fuzz("object-" + kind, content -> readiness(kind, content))
                .from(object.getBytes(StandardCharsets.UTF_8))
                .share(OBJECTS.size())
                .run());
    }

    @Test
    void damagedRefusals() {
        new Fuzz("refusal", ApiFuzzTest::refusal)
                .from(REFUSAL.getBytes(StandardCharsets.UTF_8))
                .run();
    }

    private static String refusal(byte[] body) {
        var all = new StringBuilder();
        for (int status : new int[] {400, 403, 404, 409, 422, 500, 599}) {
            var answer = new Answer(status, Map.of(), body);
            var call = Call.send("make a", "POST", "/api", Call.JSON, "{}");
            Refusals.mayPass(answer, call);
            all.append(Redaction.of(List.of("quota"), true)
                    .of(Refusals.refusal(answer, call, Optional.empty(), Optional.empty())
                            .problem()));
        }
        return all.toString();
    }
}
