package io.btp.installer.plugin.kubernetes;

import io.btp.installer.api.Chart;
import io.btp.installer.api.Component;
import io.btp.installer.api.Context;
import io.btp.installer.api.Description;
import io.btp.installer.api.Form;
import io.btp.installer.api.Kubernetes;
import io.btp.installer.api.Need;
import io.btp.installer.api.Plan;
import io.btp.installer.api.Provider;
import io.btp.installer.api.Question;
import io.btp.installer.api.Removal;
import io.btp.installer.api.Slot;
import io.btp.installer.api.Slots;
import io.btp.installer.api.contract.Ingress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Ingress by Traefik: one for the whole cluster, shared between installations (see {@link SharedRelease}). */
final class Traefik implements Provider<Traefik.Configuration, Ingress> {
    /**
     * How it runs and is reached.
     *
     * @param replicas how many pods
     * @param className ingress class
     * @param isDefaultClass whether ingresses that name no class are served, too
     * @param redirectsToHttps whether plain HTTP is answered with a redirect
     * @param service how its ports are opened
     * @param isMonitored whether a ServiceMonitor is made
     */
    record Configuration(
            int replicas,
            String className,
            boolean isDefaultClass,
            boolean redirectsToHttps,
            Opening service,
            boolean isMonitored) {}

    /**
     * How the ports are opened to the world.
     *
     * @param type type of the Service
     * @param annotations of the Service: how clouds are told which load balancer it is to be
     * @param sourceRanges networks that the load balancer lets in; empty for everybody
     * @param address name or IP address by which it is reached where no load balancer tells one
     */
    record Opening(String type, Map<String, Object> annotations, List<String> sourceRanges, Optional<String> address) {
        Opening {
            annotations = Map.copyOf(annotations);
            sourceRanges = List.copyOf(sourceRanges);
        }

        boolean isBalanced() {
            return type.equals(LOAD_BALANCER);
        }
    }

    static final String CONTROLLER = "traefik.io/ingress-controller";
    static final String LOAD_BALANCER = "LoadBalancer";
    static final String MONITORS = "monitoring.coreos.com/v1";

    private static final Question<Integer> REPLICAS = Question.integer("replicas", "replicas")
            .defaultsTo(2)
            .between(1, 20)
            .because("All that people do with the platform goes through it; with two, one may be restarted.");
    private static final Question<String> CLASS = Question.label("className", "ingress class")
            .defaultsTo("traefik")
            .because("Ingresses name the class that serves them.")
            .help("One of its own; a class that another controller serves is refused");
    private static final Question<Boolean> DEFAULT_CLASS = Question.flag("defaultClass", "default class")
            .defaultsTo(false)
            .because("Ingresses of others that name no class go to the default one.")
            .help("A cluster should have one default class at most");
    private static final Question<Boolean> REDIRECT = Question.flag("httpsRedirect", "redirect to HTTPS")
            .defaultsTo(true)
            .because("Nobody should talk to the platform in plain text.")
            .help("No where TLS ends before it, for example in a load balancer with a certificate");
    private static final Question<String> TYPE = Question.choice(
                    "service.type", "type of its Service", LOAD_BALANCER, "NodePort", "ClusterIP")
            .defaultsTo(LOAD_BALANCER)
            .because("Clusters without a load balancer controller open ports by themselves.")
            .help("With NodePort or ClusterIP, something of yours leads to it: answer service.address");
    private static final Question<Map<String, Object>> ANNOTATIONS = Question.tree(
                    "service.annotations", "annotations of its Service")
            .optional()
            .because("Clouds take from them which load balancer it is to be.")
            .example("{service.beta.kubernetes.io/aws-load-balancer-scheme: internet-facing}");
    private static final Question<List<String>> SOURCES = Question.texts("service.sourceRanges", "networks let in")
            .optional()
            .because("The load balancer can keep everybody else out.")
            .example("[203.0.113.0/24]")
            .help("Networks in CIDR notation; empty lets everybody in");
    private static final Question<String> ADDRESS = Question.host("service.address", "address")
            .optional()
            .because("DNS records point to it.")
            .example("203.0.113.7")
            .help("Name or IP address that leads to it; only where no load balancer tells one");
    private static final Question<Boolean> MONITOR = Question.flag("serviceMonitor", "ServiceMonitor")
            .defaultsTo(false)
            .because("The Prometheus operator finds by it what to ask for metrics.")
            .help("Needs the API " + MONITORS + " in the cluster");

    @Override
    public Description description() {
        return Description.of(
                        "kubernetes",
                        "traefik",
                        "Traefik",
                        "People reach the platform through Traefik, of which the cluster runs one that all installations share.")
                .adds("Traefik (2 pods, a load balancer) if missing")
                .usually(Duration.ofMinutes(4))
                .madeOf(Chart.oci("oci://ghcr.io/traefik/helm/traefik", "41.3.0"));
    }

    @Override
    public Slot<Ingress> slot() {
        return Slots.INGRESS;
    }

    @Override
    public Form<Configuration> form() {
        return Form.of(
                        answers -> new Configuration(
                                answers.get(REPLICAS),
                                answers.get(CLASS),
                                answers.get(DEFAULT_CLASS),
                                answers.get(REDIRECT),
                                new Opening(
                                        answers.get(TYPE),
                                        answers.find(ANNOTATIONS).orElseGet(Map::of),
                                        answers.find(SOURCES).orElseGet(List::of),
                                        answers.find(ADDRESS)),
                                answers.get(MONITOR)),
                        REPLICAS,
                        CLASS,
                        DEFAULT_CLASS,
                        REDIRECT,
                        TYPE,
                        ANNOTATIONS,
                        SOURCES,
                        ADDRESS,
                        MONITOR)
                .rule(
                        "service.address where there is no load balancer",
                        answers -> answers.get(TYPE).equals(LOAD_BALANCER)
                                        || answers.find(ADDRESS).isPresent()
                                ? Optional.empty()
                                : Optional.of("A Service of type %s has no address of its own; answer service.address"
                                        .formatted(answers.get(TYPE))),
                        TYPE,
                        ADDRESS)
                .rule(
                        "service.sourceRanges are networks, of a load balancer",
                        answers -> answers.find(SOURCES).flatMap(sources -> wrongSources(answers.get(TYPE), sources)),
                        TYPE,
                        SOURCES);
    }

    private static Optional<String> wrongSources(String type, List<String> sources) {
        if (!type.equals(LOAD_BALANCER) && !sources.isEmpty()) {
            return Optional.of("Only a Service of type LoadBalancer keeps others out; leave service.sourceRanges out");
        }
        return sources.stream()
                .filter(source -> !source.matches("([0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)/[0-9]{1,3}"))
                .findFirst()
                .map(source ->
                        "%s is no network in CIDR notation, expected for example 203.0.113.0/24".formatted(source));
    }

    @Override
    public Set<Need<?>> needs(Configuration configuration) {
        var needs = new HashSet<Need<?>>(Set.of(Need.place(Slots.CLUSTER)));
        if (configuration.isMonitored()) {
            needs.add(Need.api(MONITORS));
        }
        return Set.copyOf(needs);
    }

    @Override
    public Component<Ingress> open(Configuration configuration, Context context) {
        return new TraefikComponent(configuration, context);
    }

    /** Ingresses of anybody else keep it. */
    @Override
    public Plan removal(Removal<Configuration> removal, Context context) throws InterruptedException {
        var kubernetes = context.kubernetes(removal.places());
        var shared = TraefikComponent.shared(context);
        return shared.removal(removal.places(), served(kubernetes, shared));
    }

    private static List<Map<String, Object>> served(Kubernetes kubernetes, SharedRelease shared)
            throws InterruptedException {
        var classes = kubernetes.list("networking.k8s.io/v1", "IngressClass", Optional.empty(), Map.of()).stream()
                .filter(shared::isOfRelease)
                .map(Tree::name)
                .toList();
        return kubernetes.list("networking.k8s.io/v1", "Ingress", Optional.empty(), Map.of()).stream()
                .filter(ingress -> Tree.text(ingress, "spec", "ingressClassName")
                        .or(() -> Optional.ofNullable(Tree.annotations(ingress).get("kubernetes.io/ingress.class")))
                        .filter(classes::contains)
                        .isPresent())
                .toList();
    }
}
