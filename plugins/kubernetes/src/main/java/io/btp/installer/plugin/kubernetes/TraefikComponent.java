package io.btp.installer.plugin.kubernetes;

import io.btp.installer.api.Component;
import io.btp.installer.api.Context;
import io.btp.installer.api.HelmRelease;
import io.btp.installer.api.Kubernetes;
import io.btp.installer.api.Need;
import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Observation;
import io.btp.installer.api.Plan;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Records;
import io.btp.installer.api.Step;
import io.btp.installer.api.contract.Ingress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The cluster's Traefik: made here, shared, or there before; and the load balancer that leads to it. */
final class TraefikComponent implements Component<Ingress> {
    private static final String NAMESPACE = "traefik";
    private static final String THING = "traefik";
    private static final Duration USUAL = Duration.ofMinutes(3);
    private static final Map<String, String> PROGRAM = Map.of("app.kubernetes.io/name", "traefik");

    private static final Map<String, Object> HTTPS = Map.of("to", "websecure", "scheme", "https", "permanent", true);
    private static final Map<String, Object> MONITORED =
            Map.of("prometheus", Map.of("service", Map.of("enabled", true), "serviceMonitor", Map.of("enabled", true)));

    private final Traefik.Configuration configuration;
    private final Context context;
    private final SharedRelease shared;

    TraefikComponent(Traefik.Configuration configuration, Context context) {
        this.configuration = configuration;
        this.context = context;
        this.shared = shared(context);
    }

    static SharedRelease shared(Context context) {
        return new SharedRelease(THING, NAMESPACE, context);
    }

    @Override
    public Observation<Ingress> absent(Records records) throws InterruptedException {
        return observe(records);
    }

    @Override
    public Observation<Ingress> observe(Records records) throws InterruptedException {
        var kubernetes = context.kubernetes(records);
        var found = kubernetes.find(ingressClass());
        var somebodyElses = found.filter(object -> !shared.isOfRelease(object));
        if (somebodyElses.isPresent()) {
            return before(somebodyElses.get(), kubernetes, records);
        }
        var owner = shared.owner(records, false);
        var steps = new ArrayList<>(shared.steps(owner, records, described()));
        return switch (owner) {
            case SharedRelease.Owner.Other(String maker) -> shared(maker, found.isPresent(), steps, kubernetes);
            case SharedRelease.Owner.Self ignored -> ready(steps, service(), kubernetes);
            case SharedRelease.Owner.Before ignored ->
                throw new IllegalStateException("a class of the release is nobody's that was there before");
        };
    }

    private ObjectRef ingressClass() {
        return ObjectRef.clusterWide("networking.k8s.io/v1", "IngressClass", configuration.className());
    }

    private ObjectRef service() {
        // The chart names everything by the release where that contains its own name.
        return ObjectRef.of("v1", "Service", NAMESPACE, shared.release());
    }

    private Observation<Ingress> before(Map<String, Object> ingressClass, Kubernetes kubernetes, Records records)
            throws InterruptedException {
        var controller = Tree.text(ingressClass, "spec", "controller").orElse("");
        if (!controller.equals(Traefik.CONTROLLER) || shared.owner(records, true) instanceof SharedRelease.Owner.Self) {
            return blocked(Problem.of(
                    Problem.Reason.CONFLICT,
                    "The ingress class %s is there already, served by %s"
                            .formatted(Tree.name(ingressClass), controller),
                    "Answer another edge.ingress.className, or use that controller by edge.ingress.mode: byo"));
        }
        var services = kubernetes.list("v1", "Service", Optional.empty(), PROGRAM).stream()
                .filter(service -> Tree.text(service, "spec", "type").orElse("").equals(Traefik.LOAD_BALANCER))
                .filter(service -> !shared.isOfRelease(service))
                .toList();
        if (services.size() != 1) {
            return blocked(Problem.of(
                    Problem.Reason.NOT_FOUND,
                    "The ingress class %s was there before, and %d Services of type LoadBalancer could lead to it"
                            .formatted(Tree.name(ingressClass), services.size()),
                    "Answer edge.ingress with mode: byo, className, namespace and address"));
        }
        return ready(List.of(), ObjectRef.to(services.getFirst()), kubernetes);
    }

    private static Observation<Ingress> blocked(Problem problem) {
        return Observation.of(Optional.empty(), Plan.blocked(problem));
    }

    private Observation<Ingress> shared(String maker, boolean isClassThere, List<Step> steps, Kubernetes kubernetes)
            throws InterruptedException {
        var others = classes(kubernetes);
        if (!isClassThere && !others.isEmpty()) {
            return blocked(Problem.of(
                    Problem.Reason.CONFLICT,
                    "The Traefik of the installation %s serves the ingress class %s, expected %s: a cluster holds one"
                            .formatted(maker, String.join(", ", others), configuration.className()),
                    "Answer edge.ingress.className: " + others.getFirst()));
        }
        if (isClassThere) {
            return ready(steps, service(), kubernetes);
        }
        steps.add(Step.await(
                        ingressClass() + " of the installation " + maker,
                        progress -> progress.until(
                                USUAL,
                                () -> kubernetes.find(ingressClass()).isPresent()
                                        ? Optional.empty()
                                        : Optional.of(unmade(maker))))
                .usually(USUAL));
        return Observation.of(Optional.empty(), Plan.of(steps));
    }

    private List<String> classes(Kubernetes kubernetes) throws InterruptedException {
        return kubernetes.list("networking.k8s.io/v1", "IngressClass", Optional.empty(), Map.of()).stream()
                .filter(shared::isOfRelease)
                .map(Tree::name)
                .toList();
    }

    private static Problem unmade(String maker) {
        return Problem.of(
                Problem.Reason.NOT_READY,
                "The installation %s has begun to install Traefik and is not done".formatted(maker),
                "Run btp install for %s, or btp uninstall; then run the same command again".formatted(maker));
    }

    /** Publishes it once nothing is left to do and its address is known. */
    private Observation<Ingress> ready(List<Step> steps, ObjectRef service, Kubernetes kubernetes)
            throws InterruptedException {
        var all = new ArrayList<>(steps);
        var balancer = LoadBalancer.of(configuration.service().address(), kubernetes.find(service));
        if (all.isEmpty() && balancer.isEmpty()) {
            all.addAll(kubernetes.ready(service));
        }
        if (all.isEmpty() && balancer.isEmpty()) {
            return blocked(Problem.of(
                    Problem.Reason.NOT_FOUND,
                    service + " has no load balancer, and the answers name no address",
                    "Answer edge.ingress.service.address"));
        }
        var output = balancer.filter(it -> all.isEmpty())
                .map(it -> new Ingress(
                        configuration.className(),
                        it.hostname(),
                        it.address(),
                        Optional.empty(),
                        service.namespace().orElseThrow()));
        return Observation.of(output, Plan.of(all));
    }

    private HelmRelease described() {
        var images = new Images(context.installation());
        var deployment = new LinkedHashMap<String, Object>();
        deployment.put("replicas", configuration.replicas());
        deployment.put("imagePullSecrets", images.pullSecrets());
        var values = new LinkedHashMap<String, Object>();
        values.put("deployment", deployment);
        images.registry().ifPresent(mirror -> values.put("image", Map.of("registry", mirror, "repository", "traefik")));
        values.put("global", Map.of("checkNewVersion", false, "sendAnonymousUsage", false));
        values.put(
                "ingressClass",
                Map.of(
                        "enabled", true,
                        "name", configuration.className(),
                        "isDefaultClass", configuration.isDefaultClass()));
        values.put("service", opening());
        if (configuration.redirectsToHttps()) {
            values.put("ports", Map.of("web", Map.of("http", Map.of("redirections", Map.of("entryPoint", HTTPS)))));
        }
        if (configuration.replicas() > 1) {
            values.put("podDisruptionBudget", Map.of("enabled", true, "maxUnavailable", 1));
        }
        var release = shared.described();
        if (configuration.isMonitored()) {
            values.put("metrics", MONITORED);
            release = release.after(Need.api(Traefik.MONITORS));
        }
        return release.values(values);
    }

    private Map<String, Object> opening() {
        var service = configuration.service();
        var spec = new LinkedHashMap<String, Object>();
        spec.put("type", service.type());
        if (!service.sourceRanges().isEmpty()) {
            spec.put("loadBalancerSourceRanges", service.sourceRanges());
        }
        return Map.of("annotations", service.annotations(), "spec", spec);
    }
}
