package io.btp.installer.plugin.kubernetes;

import io.btp.installer.api.Chart;
import io.btp.installer.api.Component;
import io.btp.installer.api.Context;
import io.btp.installer.api.Description;
import io.btp.installer.api.Form;
import io.btp.installer.api.HelmRelease;
import io.btp.installer.api.Installation;
import io.btp.installer.api.Kubernetes;
import io.btp.installer.api.Need;
import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Observation;
import io.btp.installer.api.Plan;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Records;
import io.btp.installer.api.Removal;
import io.btp.installer.api.Slots;
import io.btp.installer.api.Step;
import io.btp.installer.api.SupportProvider;
import io.btp.installer.api.contract.KubernetesApi;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The CloudNativePG operator, of which a cluster can hold one: its webhook's names are fixed.
 *
 * <p>Whoever uses it leaves a mark, a ConfigMap of its own beside the operator. The installation that made the operator
 * says so in its mark before it makes it, and removes it when no other mark and no database is left. An operator without
 * a mark was there before: it is used, never changed, never removed.
 */
final class CloudNativePgOperator implements SupportProvider<Map<String, Object>> {
    static final String GROUP_VERSION = "postgresql.cnpg.io/v1";
    static final String NAMESPACE = "cnpg-system";
    static final String RELEASE = "btp-cloudnative-pg";
    /** Label of the marks. */
    static final String SHARED_LABEL = "installer.btp/shared";

    private static final String IMAGE = "ghcr.io/cloudnative-pg/cloudnative-pg";
    private static final String SHARED = "cloudnative-pg";
    private static final String ROLE = "role";
    private static final String MAKER = "maker";
    private static final String DEFINITION = "clusters.postgresql.cnpg.io";

    @Override
    public Description description() {
        return Description.of(
                        "kubernetes",
                        "cloudnative-pg-operator",
                        "CloudNativePG operator",
                        "Runs PostgreSQL clusters; one for the whole Kubernetes cluster, shared between installations.")
                .madeOf(Chart.repository("https://cloudnative-pg.github.io/charts", "cloudnative-pg", "0.29.0"));
    }

    @Override
    public Set<String> groupVersions() {
        return Set.of(GROUP_VERSION);
    }

    @Override
    public Form<Map<String, Object>> form() {
        return Form.empty();
    }

    @Override
    public Set<Need<?>> needs(Map<String, Object> configuration) {
        return Set.of(Need.place(Slots.CLUSTER));
    }

    @Override
    public Component<KubernetesApi> open(Map<String, Object> configuration, Context context) {
        return new Component<>() {
            @Override
            public Observation<KubernetesApi> observe(Records records) throws InterruptedException {
                return towards(context, records);
            }

            @Override
            public Observation<KubernetesApi> absent(Records records) throws InterruptedException {
                return towards(context, records);
            }
        };
    }

    private static Observation<KubernetesApi> towards(Context context, Records records) throws InterruptedException {
        var kubernetes = context.kubernetes(records);
        var served = kubernetes.serves(GROUP_VERSION);
        var marks = marks(kubernetes);
        var maker = marks.stream()
                .filter(CloudNativePgOperator::isMaker)
                .findFirst()
                .map(CloudNativePgOperator::owner);
        if (maker.isEmpty() && served && !isLeftBehind(kubernetes)) {
            return observation(served, "an operator that was there before", true, List.of());
        }
        if (maker.isPresent() && !maker.get().equals(context.installation().name())) {
            var steps = kubernetes.steps(List.of(mark(context, "user")));
            var words = "the operator of the installation " + maker.get();
            return observation(served, words, true, withServed(steps, served, kubernetes));
        }
        var steps = new ArrayList<>(kubernetes.steps(List.of(
                Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", NAMESPACE)),
                mark(context, MAKER))));
        steps.addAll(kubernetes.steps(new Images(context.installation()).manifests(NAMESPACE)));
        steps.addAll(context.helm(records).steps(release(context)));
        return observation(
                served, "release %s/%s".formatted(NAMESPACE, RELEASE), false, withServed(steps, served, kubernetes));
    }

    private static List<Map<String, Object>> marks(Kubernetes kubernetes) throws InterruptedException {
        return kubernetes.list("v1", "ConfigMap", Optional.of(NAMESPACE), Map.of(SHARED_LABEL, SHARED));
    }

    private static boolean isMaker(Map<String, Object> mark) {
        return Tree.text(mark, "data", ROLE).orElse("").equals(MAKER);
    }

    private static String owner(Map<String, Object> object) {
        return Tree.labels(object).getOrDefault(Installation.LABEL, "");
    }

    /** The chart keeps its definitions when its release goes; what is served then has nobody who acts on it. */
    private static boolean isLeftBehind(Kubernetes kubernetes) throws InterruptedException {
        var definition = kubernetes.find(
                ObjectRef.clusterWide("apiextensions.k8s.io/v1", "CustomResourceDefinition", DEFINITION));
        var release = definition.map(Tree::annotations).orElseGet(Map::of);
        return RELEASE.equals(release.get("meta.helm.sh/release-name"))
                && NAMESPACE.equals(release.get("meta.helm.sh/release-namespace"))
                && kubernetes
                        .list(
                                "apps/v1",
                                "Deployment",
                                Optional.of(NAMESPACE),
                                Map.of("app.kubernetes.io/instance", RELEASE))
                        .isEmpty();
    }

    /** The chart keeps them when its release goes. */
    private static List<ObjectRef> definitions(Kubernetes kubernetes) throws InterruptedException {
        return kubernetes
                .list("apiextensions.k8s.io/v1", "CustomResourceDefinition", Optional.empty(), Map.of())
                .stream()
                .filter(definition ->
                        RELEASE.equals(Tree.annotations(definition).get("meta.helm.sh/release-name")))
                .map(ObjectRef::to)
                .toList();
    }

    private static Map<String, Object> mark(Context context, String role) {
        return Map.of(
                "apiVersion",
                "v1",
                "kind",
                "ConfigMap",
                "metadata",
                Map.of(
                        "name", markRef(context).name(),
                        "namespace", NAMESPACE,
                        "labels", Map.of(SHARED_LABEL, SHARED)),
                "data",
                Map.of(ROLE, role));
    }

    private static ObjectRef markRef(Context context) {
        return ObjectRef.of("v1", "ConfigMap", NAMESPACE, context.installation().nameOf("uses-cloudnative-pg"));
    }

    private static HelmRelease release(Context context) {
        var images = new Images(context.installation());
        var values = new LinkedHashMap<String, Object>(images.pullSecretValues());
        values.put("crds", Map.of("create", true));
        values.put("image", images.registry().isPresent() ? Map.of("repository", images.of(IMAGE)) : Map.of());
        return context.release(NAMESPACE, RELEASE).values(values);
    }

    private static List<Step> withServed(List<Step> steps, boolean served, Kubernetes kubernetes) {
        if (served) {
            return steps;
        }
        var all = new ArrayList<>(steps);
        all.add(Step.await(
                        "API " + GROUP_VERSION,
                        progress -> progress.until(
                                Duration.ofMinutes(1),
                                () -> kubernetes.serves(GROUP_VERSION) ? Optional.empty() : Optional.of(unserved())))
                .usually(Duration.ofSeconds(5)));
        return all;
    }

    private static Problem unserved() {
        return Problem.of(
                Problem.Reason.NOT_READY,
                "The cluster does not serve " + GROUP_VERSION + " yet",
                "See whether the CustomResourceDefinition " + DEFINITION + " is established");
    }

    private static Observation<KubernetesApi> observation(
            boolean served, String servedBy, boolean adopted, List<Step> steps) {
        var observation = Observation.<KubernetesApi>of(Optional.empty(), Plan.of(steps));
        return served && steps.isEmpty()
                ? observation.use(GROUP_VERSION, new KubernetesApi(GROUP_VERSION, servedBy, adopted))
                : observation;
    }

    /** Takes the mark away; the maker takes the operator with it when nobody is left who uses it. */
    @Override
    public Plan removal(Removal<Map<String, Object>> removal, Context context) throws InterruptedException {
        var kubernetes = context.kubernetes(removal.places());
        var own = kubernetes.find(markRef(context));
        var databases = kubernetes.list(GROUP_VERSION, "Cluster", Optional.empty(), Map.of());
        var name = context.installation().name();
        if (removal.keepsData()
                && databases.stream().anyMatch(database -> owner(database).equals(name))) {
            return Plan.nothing();
        }
        if (own.isPresent() && !isMaker(own.get())) {
            return Plan.of(kubernetes.removal(List.of(markRef(context))));
        }
        var used = databases.stream().anyMatch(database -> !owner(database).equals(name))
                || marks(kubernetes).stream().anyMatch(mark -> !owner(mark).equals(name));
        if (used) {
            return Plan.nothing();
        }
        var steps = new ArrayList<Step>();
        if (own.isPresent()) {
            steps.addAll(context.helm(removal.places()).removal(NAMESPACE, RELEASE));
            steps.addAll(kubernetes.removal(List.of(new Images(context.installation()).pullSecretRef(NAMESPACE))));
        }
        steps.addAll(kubernetes.removal(definitions(kubernetes)));
        // The port removes no namespace that was there before. The mark goes last but for the namespace around it.
        steps.addAll(
                kubernetes.removal(List.of(markRef(context), ObjectRef.clusterWide("v1", "Namespace", NAMESPACE))));
        return Plan.of(steps);
    }
}
