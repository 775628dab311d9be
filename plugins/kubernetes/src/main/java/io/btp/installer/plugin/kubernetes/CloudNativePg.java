package io.btp.installer.plugin.kubernetes;

import io.btp.installer.api.Component;
import io.btp.installer.api.Context;
import io.btp.installer.api.Description;
import io.btp.installer.api.Form;
import io.btp.installer.api.Kubernetes;
import io.btp.installer.api.Need;
import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Plan;
import io.btp.installer.api.Provider;
import io.btp.installer.api.Question;
import io.btp.installer.api.Removal;
import io.btp.installer.api.Slot;
import io.btp.installer.api.Slots;
import io.btp.installer.api.Step;
import io.btp.installer.api.contract.Postgres;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** PostgreSQL by the CloudNativePG operator. */
final class CloudNativePg implements Provider<CloudNativePg.Configuration, Postgres> {
    /**
     * Which database cluster.
     *
     * @param instances how many servers, the primary included
     * @param storage claim of each server
     * @param storageClass empty for the cluster's default
     * @param version major version of PostgreSQL, or major and minor
     * @param resources requests and limits of each server; empty for none
     * @param verified whether clients verify the servers' certificates against the operator's own authority
     */
    record Configuration(
            int instances,
            Quantity storage,
            Optional<String> storageClass,
            String version,
            Map<String, Object> resources,
            boolean verified) {
        Configuration {
            resources = Map.copyOf(resources);
        }

        int major() {
            return Integer.parseInt(version.split("\\.", 2)[0]);
        }
    }

    /** Label by which the operator's objects name their cluster. */
    static final String CLUSTER_LABEL = "cnpg.io/cluster";

    private static final Question<Integer> INSTANCES = Question.integer("instances", "instances")
            .defaultsTo(1)
            .between(1, 9)
            .because("With more than one, the operator fails over to a replica by itself.")
            .help("3 for high availability; each has a claim of its own");
    private static final Question<String> STORAGE = Question.quantity("storage", "storage of each instance")
            .defaultsTo("20Gi")
            .because("The databases are kept on it.")
            .help("May grow later where the storage class allows it, and never shrinks");
    private static final Question<String> STORAGE_CLASS = Question.text("storageClass", "storage class")
            .optional()
            .because("Clusters offer disks of different kinds.")
            .suggestedBy(
                    (answers, context, records) -> context.kubernetes(records).storageClasses())
            .help("Empty: the cluster's default storage class");
    private static final Question<String> VERSION = Question.text("version", "PostgreSQL version")
            .defaultsTo("17")
            .matching("1[4-9](\\.[0-9]{1,2})?", "17")
            .because("A newer major version is an upgrade with downtime; there is no way back.");
    private static final Question<String> TLS = Question.choice("tls", "encryption", "require", "verify-full")
            .defaultsTo("require")
            .because("The operator's certificates come from an authority of its own.")
            .help(
                    "verify-full demands that clients trust that authority; the platform's own chart cannot be told one yet");
    private static final Question<Map<String, Object>> RESOURCES = Question.tree("resources", "resources")
            .optional()
            .because("Requests and limits keep neighbours from starving it.")
            .example("{requests: {cpu: 500m, memory: 1Gi}}");

    @Override
    public Description description() {
        return Description.of(
                        "kubernetes",
                        "cloudnative-pg",
                        "CloudNativePG",
                        "Runs PostgreSQL in the cluster by the CloudNativePG operator, with failover where you ask for more than one instance; backups are up to you.")
                .adds("1 pod with a volume, and the operator if missing")
                .usually(Duration.ofMinutes(7));
    }

    @Override
    public Slot<Postgres> slot() {
        return Slots.POSTGRES;
    }

    @Override
    public Form<Configuration> form() {
        return Form.of(
                answers -> new Configuration(
                        answers.get(INSTANCES),
                        Quantity.of(answers.get(STORAGE)),
                        answers.find(STORAGE_CLASS),
                        answers.get(VERSION),
                        answers.find(RESOURCES).orElseGet(Map::of),
                        answers.get(TLS).equals("verify-full")),
                INSTANCES,
                STORAGE,
                STORAGE_CLASS,
                VERSION,
                TLS,
                RESOURCES);
    }

    @Override
    public Set<Need<?>> needs(Configuration configuration) {
        return Set.of(
                Need.place(Slots.CLUSTER),
                Need.input(Slots.NAMESPACES),
                Need.input(Slots.SECRETS),
                Need.api(CloudNativePgOperator.GROUP_VERSION));
    }

    @Override
    public Component<Postgres> open(Configuration configuration, Context context) {
        return new PostgresComponent(configuration, context);
    }

    /** While data are kept, everything stays: the operator removes the claims together with the cluster object. */
    @Override
    public Plan removal(Removal<Configuration> removal, Context context) throws InterruptedException {
        if (removal.keepsData()) {
            return Plan.nothing();
        }
        var kubernetes = context.kubernetes(removal.places());
        var ours = kubernetes.list("v1", "Secret", Optional.empty(), context.labels());
        var claims = new ArrayList<Map<String, Object>>();
        for (var namespace : ours.stream().map(Tree::namespace).distinct().toList()) {
            claims.addAll(kubernetes.list(
                    "v1",
                    "PersistentVolumeClaim",
                    Optional.of(namespace),
                    Map.of(CLUSTER_LABEL, PostgresManifests.cluster(context.installation()))));
        }
        var steps = new ArrayList<Step>();
        // The operator has to be asked while it can still reach the server.
        for (var kind : List.of("Database", "Cluster")) {
            var resources =
                    kubernetes.list(CloudNativePgOperator.GROUP_VERSION, kind, Optional.empty(), context.labels());
            steps.addAll(losing(removal(kubernetes, resources)));
        }
        steps.addAll(losing(removal(kubernetes, claims)));
        // Last: they say in which namespace the claims are.
        steps.addAll(removal(kubernetes, ours));
        return Plan.of(steps);
    }

    private static List<Step> removal(Kubernetes kubernetes, List<Map<String, Object>> objects)
            throws InterruptedException {
        return kubernetes.removal(objects.stream().map(ObjectRef::to).toList());
    }

    private static List<Step> losing(List<Step> steps) {
        return steps.stream()
                .map(step -> step.withImpact(Step.Impact.DATA_LOSS))
                .toList();
    }
}
