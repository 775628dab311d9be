package io.btp.installer.plugin.kubernetes;

import io.btp.installer.api.Check;
import io.btp.installer.api.Component;
import io.btp.installer.api.Context;
import io.btp.installer.api.Description;
import io.btp.installer.api.Form;
import io.btp.installer.api.Observation;
import io.btp.installer.api.Plan;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Provider;
import io.btp.installer.api.Question;
import io.btp.installer.api.Records;
import io.btp.installer.api.Removal;
import io.btp.installer.api.Slot;
import io.btp.installer.api.Slots;
import io.btp.installer.api.contract.Cluster;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A cluster that is there, as kubectl reaches it. Nothing is ever made or removed. */
final class ByoCluster implements Provider<ByoCluster.Configuration, Cluster> {
    /**
     * Which cluster.
     *
     * @param kubeconfig files as in {@code KUBECONFIG}; empty for kubectl's own choice
     * @param context empty for the current one
     */
    record Configuration(Optional<String> kubeconfig, Optional<String> context) {}

    private static final Question<String> KUBECONFIG = Question.path("kubeconfig", "kubeconfig")
            .optional()
            .because("It says where the cluster is and who you are there.")
            .help("Empty: the file that kubectl uses, by KUBECONFIG or ~/.kube/config")
            .example("~/.kube/config");
    private static final Question<String> CONTEXT = Question.text("context", "context")
            .optional()
            .because("A kubeconfig may name several clusters.")
            .help("Empty: the kubeconfig's current context. Naming it guards against the wrong cluster.")
            .suggestedBy((answers, context, records) -> context.kubeconfigContexts(answers.find(KUBECONFIG)))
            .example("prod");

    private static final Pattern CURRENT = Pattern.compile("\"current-context\"\\s*:\\s*\"([^\"]+)\"");

    @Override
    public Description description() {
        return Description.of(
                        "byo",
                        "kubeconfig",
                        "Existing cluster",
                        "Installs into a Kubernetes cluster that you run; it is never created, changed as a whole or removed.")
                .adds("nothing");
    }

    @Override
    public Slot<Cluster> slot() {
        return Slots.CLUSTER;
    }

    @Override
    public Form<Configuration> form() {
        return Form.of(
                answers -> new Configuration(answers.find(KUBECONFIG), answers.find(CONTEXT)), KUBECONFIG, CONTEXT);
    }

    @Override
    public Component<Cluster> open(Configuration configuration, Context context) {
        return new ExistingCluster(configuration, context);
    }

    @Override
    public Plan removal(Removal<Configuration> removal, Context context) {
        return Plan.nothing();
    }

    private record ExistingCluster(Configuration configuration, Context context) implements Component<Cluster> {
        @Override
        public List<Check> checks(Records records) {
            return List.of(
                    Check.of("cluster.storage-class", "The cluster has a default storage class", this::storageClass));
        }

        private Check.Result storageClass() throws InterruptedException {
            return connected()
                    .storageClass()
                    .<Check.Result>map(name -> new Check.Result.Passed("Storage class " + name))
                    .orElseGet(() -> new Check.Result.Warned(Problem.of(
                            Problem.Reason.NOT_FOUND,
                            "The cluster has no default storage class",
                            "Annotate a StorageClass with storageclass.kubernetes.io/is-default-class=true, or answer"
                                    + " storageClass for each dependency that keeps data in the cluster")));
        }

        @Override
        public Observation<Cluster> observe(Records records) throws InterruptedException {
            return Observation.of(Optional.of(connected()), Plan.nothing());
        }

        @Override
        public Observation<Cluster> absent(Records records) {
            return Observation.of(Optional.empty(), Plan.nothing());
        }

        private Cluster connected() throws InterruptedException {
            var access = context.kubeconfig(configuration.kubeconfig(), configuration.context());
            var current = CURRENT.matcher(access.reveal());
            var name = configuration.context().orElseGet(() -> current.find() ? current.group(1) : "current context");
            return context.cluster(name, access);
        }
    }
}
