package io.btp.installer.plugin.byo;

import io.btp.installer.api.Component;
import io.btp.installer.api.Context;
import io.btp.installer.api.Description;
import io.btp.installer.api.Form;
import io.btp.installer.api.Kubernetes;
import io.btp.installer.api.Need;
import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Observation;
import io.btp.installer.api.Plan;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.api.Provider;
import io.btp.installer.api.Question;
import io.btp.installer.api.Records;
import io.btp.installer.api.Removal;
import io.btp.installer.api.Slot;
import io.btp.installer.api.Slots;
import io.btp.installer.api.contract.Ingress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** An ingress class that is there already: looked up, never changed. */
final class ByoIngress implements Provider<ByoIngress.Configuration, Ingress> {
    /**
     * Which class, and what cannot be found of it.
     *
     * @param className ingress class
     * @param namespace where its controller lives; empty where that can be found
     * @param address name or IP address that leads to it; empty where that can be found
     */
    record Configuration(String className, Optional<String> namespace, Optional<String> address) {}

    private static final String NETWORKING = "networking.k8s.io/v1";
    private static final Question<String> CLASS = Question.text("className", "ingress class")
            .matching("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?", "nginx")
            .because("Ingresses of the platform name it.")
            .suggestedBy(
                    (answers, context, records) -> context.kubernetes(records).ingressClasses())
            .help("One that kubectl get ingressclass lists");
    private static final Question<String> NAMESPACE = Question.label("namespace", "namespace of its controller")
            .optional()
            .example("ingress-nginx")
            .help("Only where it cannot be found by its load balancer");
    private static final Question<String> ADDRESS = Question.host("address", "address")
            .optional()
            .because("DNS records point to it.")
            .example("203.0.113.7")
            .help("Name or IP address that leads to it; only where it cannot be found by its load balancer");

    @Override
    public Description description() {
        return Description.of(
                        "byo",
                        "class",
                        "Existing ingress class",
                        "People reach the platform through an ingress controller that you run in the cluster; nothing of it is changed.")
                .adds("nothing");
    }

    @Override
    public Slot<Ingress> slot() {
        return Slots.INGRESS;
    }

    @Override
    public Form<Configuration> form() {
        return Form.of(
                answers -> new Configuration(answers.get(CLASS), answers.find(NAMESPACE), answers.find(ADDRESS)),
                CLASS,
                NAMESPACE,
                ADDRESS);
    }

    @Override
    public Set<Need<?>> needs(Configuration configuration) {
        return Set.of(Need.place(Slots.CLUSTER));
    }

    @Override
    public Component<Ingress> open(Configuration configuration, Context context) {
        return new Component<>() {
            @Override
            public Observation<Ingress> observe(Records records) throws InterruptedException {
                return look(configuration, context.kubernetes(records));
            }

            @Override
            public Observation<Ingress> absent(Records records) {
                return Observation.of(Optional.empty(), Plan.nothing());
            }
        };
    }

    @Override
    public Plan removal(Removal<Configuration> removal, Context context) {
        return Plan.nothing();
    }

    private static Observation<Ingress> look(Configuration configuration, Kubernetes kubernetes)
            throws InterruptedException {
        var name = configuration.className();
        var found = kubernetes.find(ObjectRef.clusterWide(NETWORKING, "IngressClass", name));
        if (found.isEmpty()) {
            return blocked(missing(name, kubernetes));
        }
        var balancers = new Balancers(kubernetes).of(found.get(), configuration.namespace());
        var service = balancers.size() == 1 ? Optional.of(balancers.getFirst()) : Optional.<Map<String, Object>>empty();
        var namespace = configuration.namespace().or(() -> service.map(Tree::namespace));
        var entry = configuration.address().map(Balancers.Entry::at).or(() -> service.flatMap(Balancers::entry));
        if (namespace.isEmpty() || entry.isEmpty()) {
            return blocked(unclear(found.get(), balancers, namespace, entry));
        }
        var ingress =
                new Ingress(name, entry.get().hostname(), entry.get().address(), Optional.empty(), namespace.get());
        return Observation.of(Optional.of(ingress), Plan.nothing());
    }

    private static Observation<Ingress> blocked(Problem problem) {
        return Observation.of(Optional.empty(), Plan.blocked(problem));
    }

    private static Problem missing(String name, Kubernetes kubernetes) throws InterruptedException {
        var others = kubernetes.ingressClasses();
        return Problem.of(
                Reason.NOT_FOUND,
                "The cluster has no ingress class %s; it has %s"
                        .formatted(name, others.isEmpty() ? "none" : String.join(", ", others)),
                "Answer edge.ingress.className with one of them, or install a controller");
    }

    private static Problem unclear(
            Map<String, Object> ingressClass,
            List<Map<String, Object>> balancers,
            Optional<String> namespace,
            Optional<Balancers.Entry> entry) {
        var missing = namespace.isEmpty() ? "namespace" : "address";
        var both = namespace.isEmpty() && entry.isEmpty();
        return Problem.of(
                        Reason.NOT_FOUND,
                        "The load balancer of the ingress class %s could not be told: %d Services could be it"
                                .formatted(Tree.name(ingressClass), balancers.size()),
                        "Answer edge.ingress.%s".formatted(both ? "namespace and edge.ingress.address" : missing))
                .evidence(List.of(
                        "Its controller is "
                                + Tree.text(ingressClass, "spec", "controller").orElse("not named"),
                        balancers.isEmpty()
                                ? "No Service of type LoadBalancer with an address is labelled as its controller's"
                                : "Services: "
                                        + balancers.stream()
                                                .map(service ->
                                                        ObjectRef.to(service).toString())
                                                .collect(Collectors.joining(", "))));
    }
}
