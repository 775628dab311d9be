package example.acme;

import io.btp.installer.api.Component;
import io.btp.installer.api.Context;
import io.btp.installer.api.Description;
import io.btp.installer.api.Form;
import io.btp.installer.api.Need;
import io.btp.installer.api.Observation;
import io.btp.installer.api.Plan;
import io.btp.installer.api.Provider;
import io.btp.installer.api.Question;
import io.btp.installer.api.Records;
import io.btp.installer.api.Removal;
import io.btp.installer.api.Slot;
import io.btp.installer.api.Slots;
import io.btp.installer.api.contract.Logs;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Keeps logs in Acme Logs: one server in the cluster. */
final class AcmeLogs implements Provider<AcmeLogs.Configuration, Logs> {
    record Configuration(int days) {}

    // snippet: form
    private static final Question<Integer> DAYS = Question.integer("retentionDays", "days that logs are kept")
            .defaultsTo(14)
            .between(1, 365)
            .because("Older logs are deleted.");

    @Override
    public Form<Configuration> form() {
        return Form.of(answers -> new Configuration(answers.get(DAYS)), DAYS);
    }
    // end

    // snippet: description
    @Override
    public Description description() {
        return Description.of("acme", "logs", "Acme Logs", "Runs one server of Acme Logs in the cluster.")
                .adds("1 pod")
                .usually(Duration.ofMinutes(3));
    }

    @Override
    public Slot<Logs> slot() {
        return Slots.LOGS;
    }

    @Override
    public Set<Need<?>> needs(Configuration configuration) {
        return Set.of(Need.place(Slots.CLUSTER), Need.input(Slots.NAMESPACES));
    }
    // end

    @Override
    public Component<Logs> open(Configuration configuration, Context context) {
        return new Opened(configuration, context);
    }

    private record Opened(Configuration configuration, Context context) implements Component<Logs> {
        // snippet: observe
        @Override
        public Observation<Logs> observe(Records records) throws InterruptedException {
            var namespaces = records.find(Slots.NAMESPACES);
            if (namespaces.isEmpty()) {
                return Observation.of(Optional.empty(), Plan.nothing());
            }
            var namespace = namespaces.get().dependencies();
            var kubernetes = context.kubernetes(records);
            var steps = new ArrayList<>(kubernetes.steps(List.of(deployment(namespace), service(namespace))));
            steps.addAll(kubernetes.ready(deployment(namespace)));
            steps.replaceAll(step -> step.after(Slots.NAMESPACES));
            var address = "http://%s.%s.svc:3100".formatted(name(), namespace);
            var logs = new Logs(URI.create(address + "/push"), URI.create(address));
            return Observation.of(steps.isEmpty() ? Optional.of(logs) : Optional.empty(), Plan.of(steps));
        }

        /** While the cluster is missing, the lent Kubernetes finds nothing: one method serves both. */
        @Override
        public Observation<Logs> absent(Records records) throws InterruptedException {
            return observe(records);
        }
        // end

        private String name() {
            return context.installation().nameOf("acme-logs");
        }

        private Map<String, Object> deployment(String namespace) {
            var labels = Map.<String, Object>of("app", name());
            var container = Map.of(
                    "name", "logs",
                    "image", context.installation().connection().image("registry.acme.example/logs:4.2"),
                    "args", List.of("--retention-days=" + configuration.days()),
                    "ports", List.of(Map.of("name", "http", "containerPort", 3100)));
            var pod = Map.of("metadata", Map.of("labels", labels), "spec", Map.of("containers", List.of(container)));
            var spec = Map.of("replicas", 1, "selector", Map.of("matchLabels", labels), "template", pod);
            return object("apps/v1", "Deployment", namespace, spec);
        }

        private Map<String, Object> service(String namespace) {
            var port = Map.of("name", "http", "port", 3100, "targetPort", "http");
            return object(
                    "v1", "Service", namespace, Map.of("selector", Map.of("app", name()), "ports", List.of(port)));
        }

        private Map<String, Object> object(String version, String kind, String namespace, Map<String, Object> spec) {
            var metadata = Map.of("name", name(), "namespace", namespace);
            return Map.of("apiVersion", version, "kind", kind, "metadata", metadata, "spec", spec);
        }
    }

    // snippet: removal
    @Override
    public Plan removal(Removal<Configuration> removal, Context context) throws InterruptedException {
        var kubernetes = context.kubernetes(removal.places());
        var steps = new ArrayList<>(kubernetes.removal("v1", "Service", context.labels()));
        steps.addAll(kubernetes.removal("apps/v1", "Deployment", context.labels()));
        return Plan.of(steps);
    }
    // end
}
