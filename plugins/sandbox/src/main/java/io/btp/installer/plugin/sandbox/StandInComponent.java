package io.btp.installer.plugin.sandbox;

import io.btp.installer.api.Component;
import io.btp.installer.api.Context;
import io.btp.installer.api.HelmRelease;
import io.btp.installer.api.Kubernetes;
import io.btp.installer.api.Need;
import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Observation;
import io.btp.installer.api.Plan;
import io.btp.installer.api.Problem;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.Records;
import io.btp.installer.api.Secrets;
import io.btp.installer.api.Slots;
import io.btp.installer.api.Step;
import io.btp.installer.api.contract.Cluster;
import io.btp.installer.api.contract.Namespaces;
import io.btp.installer.api.contract.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A stand-in: credentials in the secret store, a copy of them for its pods, a release, and for ingress an address. */
final class StandInComponent<O extends Record> implements Component<O> {
    /** Simulated nodes take 150 ms from one stage of a pod's life to the next; those who wait look every few seconds. */
    private static final Duration USUAL_START = Duration.ofSeconds(5);

    private static final Duration USUAL_ADDRESS = Duration.ofSeconds(30);

    private final Recipe<O> recipe;
    private final Size size;
    private final Context context;

    StandInComponent(Recipe<O> recipe, Size size, Context context) {
        this.recipe = recipe;
        this.size = size;
        this.context = context;
    }

    /** Names the generated secret in the chosen store. */
    static String secretName(String thing) {
        return "sandbox-" + thing;
    }

    @Override
    public Observation<O> absent(Records records) throws InterruptedException {
        return observe(records);
    }

    @Override
    public Observation<O> observe(Records records) throws InterruptedException {
        var real = records.find(Slots.CLUSTER).filter(cluster -> !cluster.simulated());
        if (real.isPresent()) {
            return Observation.of(Optional.empty(), Plan.blocked(nothingRuns(real.get())));
        }
        var kubernetes = context.kubernetes(records);
        var secrets = context.secrets(records);
        var site = records.find(Slots.NAMESPACES).map(this::site);
        var secret =
                recipe.credentials().isPresent() ? secrets.find(secretName(recipe.thing())) : Optional.<Secret>empty();
        var found = site.isPresent() ? found(kubernetes, site.get(), secret) : Optional.<Recipe.Found>empty();
        var fixed = site.isPresent() ? fixedStorage(kubernetes, site.get()) : Optional.<Problem>empty();
        var observation = Observation.of(
                outputs(found, Need.PLATFORM_USE),
                fixed.isPresent() ? Plan.blocked(fixed.get()) : plan(records, kubernetes, secrets, site, secret));
        for (var use : context.uses()) {
            var output = outputs(found, use);
            if (output.isPresent()) {
                observation = observation.use(use, output.get());
            }
        }
        return observation;
    }

    private Problem nothingRuns(Cluster cluster) {
        return Problem.of(
                Problem.Reason.INVALID,
                "The stand-in of %s needs a sandbox cluster, and %s is a real one"
                        .formatted(recipe.slot().title(), cluster.name()),
                "Choose another mode for " + recipe.slot().path() + ", or cluster.mode: sandbox");
    }

    private Site site(Namespaces namespaces) {
        return new Site(context.installation(), recipe.thing(), recipe.home().apply(namespaces));
    }

    private Optional<Recipe.Found> found(Kubernetes kubernetes, Site site, Optional<Secret> secret)
            throws InterruptedException {
        if (recipe.credentials().isPresent() && secret.isEmpty()) {
            return Optional.empty();
        }
        return kubernetes.find(recipe.landmark().apply(site)).map(object -> new Recipe.Found(site, object, secret));
    }

    private Optional<O> outputs(Optional<Recipe.Found> found, String use) {
        return found.flatMap(it -> recipe.outputs().of(it, use));
    }

    /** Volumes of a StatefulSet keep the size that they were made with. */
    private Optional<Problem> fixedStorage(Kubernetes kubernetes, Site site) throws InterruptedException {
        if (size.storage().isEmpty()) {
            return Optional.empty();
        }
        var wanted = size.storage().get();
        return kubernetes
                .find(ObjectRef.of("apps/v1", "StatefulSet", site.namespace(), site.release()))
                .flatMap(StandInComponent::storage)
                .filter(there -> !there.equals(wanted))
                .map(there -> Problem.of(
                        Problem.Reason.UNSUPPORTED,
                        "The storage of %s is %s and stays so; the answers ask for %s"
                                .formatted(site.release(), there, wanted),
                        "Set %s.storage back to %s, or remove it with its data first"
                                .formatted(recipe.slot().path(), there)));
    }

    private static Optional<String> storage(Map<String, Object> statefulSet) {
        var templates = child(statefulSet.get("spec"), "volumeClaimTemplates");
        if (!(templates instanceof List<?> list) || list.isEmpty()) {
            return Optional.empty();
        }
        var requests = child(child(child(list.getFirst(), "spec"), "resources"), "requests");
        return Optional.ofNullable(child(requests, "storage")).map(String::valueOf);
    }

    private static @Nullable Object child(@Nullable Object parent, String key) {
        return parent instanceof Map<?, ?> map ? map.get(key) : null;
    }

    private Plan plan(
            Records records, Kubernetes kubernetes, Secrets secrets, Optional<Site> site, Optional<Secret> secret)
            throws InterruptedException {
        var namespace = site.map(Site::namespace).orElseGet(() -> records.show(Slots.NAMESPACES, recipe.home()));
        var steps = new ArrayList<Step>();
        if (recipe.credentials().isPresent()) {
            var credentials = recipe.credentials().get();
            steps.addAll(secrets.steps(secretName(recipe.thing()), credentials.rule()));
            steps.addAll(delivery(credentials, namespace, kubernetes, secrets, site, secret));
        }
        for (var step : context.helm(records).steps(release(namespace, site))) {
            steps.add(step.kind() == Step.Kind.AWAIT ? step.usually(USUAL_START) : step);
        }
        if (recipe.slot().equals(Slots.INGRESS)) {
            steps.addAll(address(kubernetes, site));
        }
        return Plan.of(steps);
    }

    private List<Step> delivery(
            Credentials credentials,
            String namespace,
            Kubernetes kubernetes,
            Secrets secrets,
            Optional<Site> site,
            Optional<Secret> secret)
            throws InterruptedException {
        if (site.isPresent() && secret.isPresent()) {
            return kubernetes.steps(List.of(manifest(site.get(), credentials.data(secret.get()))));
        }
        var copy = Site.credentials(context.installation(), recipe.thing());
        return List.of(Step.create(ObjectRef.of("v1", "Secret", namespace, copy).toString(), progress -> {
                    var there = site.orElseThrow(() -> new IllegalStateException("waits for the namespaces"));
                    var made = secrets.find(secretName(recipe.thing())).orElseThrow(this::lost);
                    for (var step : kubernetes.steps(List.of(manifest(there, credentials.data(made))))) {
                        step.action().run(progress);
                    }
                })
                .after(Slots.NAMESPACES, Slots.SECRETS));
    }

    private ProviderException lost() {
        return new ProviderException(Problem.of(
                Problem.Reason.TRANSIENT,
                "The secret store does not give back " + secretName(recipe.thing()) + ", which was just made",
                "Look at the secret store's health, then run again"));
    }

    private static Map<String, Object> manifest(Site site, Map<String, Object> data) {
        return Map.of(
                "apiVersion", "v1",
                "kind", "Secret",
                "metadata", Map.of("name", site.credentials(), "namespace", site.namespace()),
                "type", "Opaque",
                "stringData", data);
    }

    private HelmRelease release(String namespace, Optional<Site> site) {
        var release = context.release(namespace, Site.release(context.installation(), recipe.thing()))
                .after(Need.input(Slots.NAMESPACES));
        return site.map(it -> release.values(values(it))).orElse(release);
    }

    private Map<String, Object> values(Site site) {
        var values = new HashMap<String, Object>(recipe.values().apply(site));
        values.putAll(size.values());
        context.installation()
                .connection()
                .registryMirror()
                .ifPresent(mirror ->
                        values.put("global", Map.of("imageRegistry", mirror, "imagePullSecrets", pullSecrets())));
        return values;
    }

    private List<Map<String, Object>> pullSecrets() {
        return context.installation().pullSecret().stream()
                .map(name -> Map.<String, Object>of("name", name))
                .toList();
    }

    private List<Step> address(Kubernetes kubernetes, Optional<Site> site) throws InterruptedException {
        if (site.isPresent() && missing(kubernetes, site.get()).isEmpty()) {
            return List.of();
        }
        var target = "load balancer of " + Site.release(context.installation(), recipe.thing());
        return List.of(Step.await(target, progress -> {
                    var there = site.orElseThrow(() -> new IllegalStateException("waits for the namespaces"));
                    progress.until(USUAL_ADDRESS, () -> missing(kubernetes, there));
                })
                .after(Slots.NAMESPACES)
                .usually(USUAL_ADDRESS));
    }

    private Optional<Problem> missing(Kubernetes kubernetes, Site site) throws InterruptedException {
        var service = kubernetes.find(recipe.landmark().apply(site));
        if (service.flatMap(LoadBalancer::of).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(Problem.of(
                Problem.Reason.NOT_READY,
                service.isPresent()
                        ? "The Service " + site.release() + " has no load balancer address yet"
                        : "The Service " + site.release() + " is not there",
                "Look whether the sandbox cluster's simulation runs"));
    }
}
