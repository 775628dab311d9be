package io.btp.installer.plugin.kubernetes;

import io.btp.installer.api.Chart;
import io.btp.installer.api.Component;
import io.btp.installer.api.Context;
import io.btp.installer.api.Description;
import io.btp.installer.api.Form;
import io.btp.installer.api.Need;
import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Plan;
import io.btp.installer.api.Provider;
import io.btp.installer.api.Question;
import io.btp.installer.api.Removal;
import io.btp.installer.api.Slot;
import io.btp.installer.api.Slots;
import io.btp.installer.api.Step;
import io.btp.installer.api.contract.Redis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Redis by Valkey's own chart. */
final class Valkey implements Provider<Valkey.Configuration, Redis> {
    /**
     * Which server.
     *
     * @param replicas how many copies beside the one that takes writes
     * @param storage claim of each server
     * @param storageClass empty for the cluster's default
     */
    record Configuration(int replicas, Quantity storage, Optional<String> storageClass) {}

    /** Label by which the chart's objects, and the claims of its servers, name their release. */
    static final String INSTANCE_LABEL = "app.kubernetes.io/instance";

    private static final Question<Integer> REPLICAS = Question.integer("replicas", "replicas")
            .defaultsTo(0)
            .between(0, 5)
            .because("Replicas hold copies of the data and serve reads.")
            .help("The chart moves no writes to a replica by itself: replicas guard data, not availability");
    private static final Question<String> STORAGE = Question.quantity("storage", "storage of each server")
            .defaultsTo("8Gi")
            .because("The data set is kept on a volume, so that a restart does not lose it.");
    private static final Question<String> STORAGE_CLASS = Question.text("storageClass", "storage class")
            .optional()
            .because("Clusters offer disks of different kinds.")
            .suggestedBy(
                    (answers, context, records) -> context.kubernetes(records).storageClasses())
            .help("Empty: the cluster's default storage class");

    @Override
    public Description description() {
        return Description.of(
                        "kubernetes",
                        "valkey",
                        "Valkey",
                        "Runs Valkey, the open continuation of Redis, in the cluster: data survive a restart, and no replica takes over writes by itself.")
                .adds("1 pod with a volume")
                .usually(Duration.ofMinutes(4))
                .madeOf(Chart.repository("https://valkey.io/valkey-helm/", "valkey", "0.11.0"));
    }

    @Override
    public Slot<Redis> slot() {
        return Slots.REDIS;
    }

    @Override
    public Form<Configuration> form() {
        return Form.of(
                answers -> new Configuration(
                        answers.get(REPLICAS), Quantity.of(answers.get(STORAGE)), answers.find(STORAGE_CLASS)),
                REPLICAS,
                STORAGE,
                STORAGE_CLASS);
    }

    @Override
    public Set<Need<?>> needs(Configuration configuration) {
        return Set.of(Need.place(Slots.CLUSTER), Need.input(Slots.NAMESPACES), Need.input(Slots.SECRETS));
    }

    @Override
    public Component<Redis> open(Configuration configuration, Context context) {
        return new ValkeyComponent(configuration, context);
    }

    /**
     * The release goes; its claims and the copy of its password only with the data. The copy goes last: it says in which
     * namespace the claims are.
     */
    @Override
    public Plan removal(Removal<Configuration> removal, Context context) throws InterruptedException {
        var kubernetes = context.kubernetes(removal.places());
        var release = ValkeyComponent.release(context.installation());
        // The history of the release carries the owner labels too, and goes with the release.
        var ours = kubernetes.list("v1", "Secret", Optional.empty(), context.labels());
        var namespaces = new TreeSet<String>();
        ours.forEach(secret -> namespaces.add(Tree.namespace(secret)));
        var steps = new ArrayList<Step>();
        for (var namespace : namespaces) {
            steps.addAll(context.helm(removal.places()).removal(namespace, release));
        }
        var claims = new ArrayList<ObjectRef>();
        for (var namespace : namespaces) {
            kubernetes
                    .list("v1", "PersistentVolumeClaim", Optional.of(namespace), Map.of(INSTANCE_LABEL, release))
                    .forEach(claim -> claims.add(ObjectRef.to(claim)));
        }
        if (removal.keepsData() && !claims.isEmpty()) {
            return Plan.of(steps);
        }
        kubernetes.removal(claims).forEach(step -> steps.add(step.withImpact(Step.Impact.DATA_LOSS)));
        steps.addAll(kubernetes.removal(ours.stream()
                .filter(secret -> !"helm".equals(Tree.labels(secret).get("owner")))
                .map(ObjectRef::to)
                .toList()));
        return Plan.of(steps);
    }
}
