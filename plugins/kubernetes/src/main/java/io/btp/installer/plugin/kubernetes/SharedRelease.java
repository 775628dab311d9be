package io.btp.installer.plugin.kubernetes;

import io.btp.installer.api.Context;
import io.btp.installer.api.HelmRelease;
import io.btp.installer.api.Installation;
import io.btp.installer.api.Kubernetes;
import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Permission;
import io.btp.installer.api.Plan;
import io.btp.installer.api.Problem;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.Records;
import io.btp.installer.api.Step;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Helm release of which a cluster holds one, shared between installations: an operator, an ingress controller.
 *
 * <p>Whoever uses it leaves a mark, a ConfigMap of its own beside the release. The installation that makes it says so in
 * its mark before it makes it, and only that one changes it. When its maker leaves while others use it, the maker takes
 * its mark and nothing else; the next run of any other takes the release over, and the last one that leaves removes it
 * with its definitions, whether it ever took it over or not. Who leaves says so in its mark first: of two that leave at
 * once, the last to say so is the last one. What is there without a maker, and not by a release of ours,
 * was there before: it is used, never changed, never removed.
 *
 * <p>The namespace, the release's history and the definitions carry {@link Installation#SHARED_LABEL} and belong to no
 * single installation.
 *
 * <p>A second operator is a dozen lines:
 *
 * <pre>{@code
 * private static final SharedApi API = new SharedApi("cert-manager.io/v1", "certificates.cert-manager.io", "cert-manager");
 *
 * private static SharedRelease shared(Context context) {
 *     return new SharedRelease("cert-manager", "cert-manager", context);
 * }
 *
 * observe(records):  return API.towards(shared, shared.described().values(values), records);
 * removal(removal):  return shared.removal(removal.places(), List.of());
 * }</pre>
 *
 * What is no API (an ingress class) asks {@link #owner} whether somebody else's is there, and {@link #steps} for the
 * steps.
 */
final class SharedRelease {
    private static final String ROLE = "role";
    private static final String MAKER = "maker";
    private static final String USER = "user";
    private static final String LEAVING = "leaving";
    private static final List<String> WORKLOADS = List.of("Deployment", "StatefulSet", "DaemonSet");

    private static final Comparator<Map<String, Object>> WHO_SAID_SO_FIRST =
            Comparator.comparing(SharedRelease::written).thenComparing(SharedRelease::installation);

    /** Whose it is. */
    sealed interface Owner {
        /** This installation's: made by it, to be made, or to be taken over from one that has gone. */
        record Self() implements Owner {}

        /**
         * Another installation's.
         *
         * @param installation the one that made it
         */
        record Other(String installation) implements Owner {}

        /** No installation's: it was there before. */
        record Before() implements Owner {}
    }

    private final String thing;
    private final String namespace;
    private final Context context;

    /**
     * Shares a thing.
     *
     * @param thing what people call it, a DNS label; the release is {@code btp-} and this
     * @param namespace where the release and the marks live; made where it is missing
     */
    SharedRelease(String thing, String namespace, Context context) {
        this.thing = thing;
        this.namespace = namespace;
        this.context = context;
    }

    /** Names the release. */
    String release() {
        return "btp-" + thing;
    }

    /** Gives the namespace. */
    String namespace() {
        return namespace;
    }

    /** Starts the description of the release. */
    HelmRelease described() {
        return context.release(namespace, release()).sharedAs(thing);
    }

    /** Gives the cluster's API. */
    Kubernetes kubernetes(Records records) {
        return context.kubernetes(records);
    }

    /**
     * Says whose it is.
     *
     * @param isThere whether the cluster has it, by whomever but a release of this name
     */
    Owner owner(Records records, boolean isThere) throws InterruptedException {
        var kubernetes = context.kubernetes(records);
        var maker = maker(kubernetes);
        if (maker.isPresent()) {
            return isSelf(maker.get()) ? new Owner.Self() : new Owner.Other(maker.get());
        }
        return isThere && !isReleased(kubernetes) ? new Owner.Before() : new Owner.Self();
    }

    /** Gives who makes it: of two that began at once and both say so, whoever said so first. */
    private Optional<String> maker(Kubernetes kubernetes) throws InterruptedException {
        return marks(kubernetes).stream()
                .filter(SharedRelease::isMaker)
                .min(WHO_SAID_SO_FIRST)
                .map(SharedRelease::installation);
    }

    /** Versions of one kind of resource grow with each write (Kubernetes, KEP-5504); where they are no numbers, all are alike. */
    private static BigInteger written(Map<String, Object> mark) {
        return Tree.text(mark, "metadata", "resourceVersion")
                .filter(version -> version.matches("\\d{1,40}"))
                .map(BigInteger::new)
                .orElse(BigInteger.ZERO);
    }

    private List<Map<String, Object>> marks(Kubernetes kubernetes) throws InterruptedException {
        return kubernetes.list("v1", "ConfigMap", Optional.of(namespace), label());
    }

    private Map<String, String> label() {
        return Map.of(Installation.SHARED_LABEL, thing);
    }

    private static boolean isMaker(Map<String, Object> mark) {
        return role(mark).equals(MAKER);
    }

    private static String role(Map<String, Object> mark) {
        return Tree.text(mark, "data", ROLE).orElse("");
    }

    private static String installation(Map<String, Object> object) {
        return Tree.labels(object).getOrDefault(Installation.LABEL, "");
    }

    private boolean isSelf(String installation) {
        return installation.equals(context.installation().name());
    }

    /** Tells whether an installation's release is there, whoever of them made it. */
    private boolean isReleased(Kubernetes kubernetes) throws InterruptedException {
        var history = new LinkedHashMap<>(label());
        history.put("owner", "helm");
        return !kubernetes.list("v1", "Secret", Optional.of(namespace), history).isEmpty();
    }

    /** Says which steps make it, take it over, or only leave a mark on it. */
    List<Step> steps(Owner owner, Records records, HelmRelease release) throws InterruptedException {
        var kubernetes = context.kubernetes(records);
        return switch (owner) {
            case Owner.Before ignored -> List.of();
            case Owner.Other ignored -> kubernetes.steps(List.of(mark(USER)));
            case Owner.Self ignored -> {
                var steps = new ArrayList<Step>(kubernetes.steps(List.of(Map.of(
                        "apiVersion", "v1",
                        "kind", "Namespace",
                        "metadata", Map.of("name", namespace, "labels", label())))));
                kubernetes.steps(List.of(mark(MAKER))).forEach(step -> steps.add(explained(step)));
                steps.addAll(kubernetes.steps(new Images(context.installation()).manifests(namespace)));
                context.helm(records).steps(release).forEach(step -> steps.add(ifMaker(step, kubernetes)));
                yield steps;
            }
        };
    }

    /** Somebody else may have begun to make it since the plan, and said so first: then the next plan uses what is made. */
    private Step ifMaker(Step step, Kubernetes kubernetes) {
        return step.doing(progress -> {
            var other = maker(kubernetes).filter(maker -> !isSelf(maker));
            if (other.isPresent()) {
                progress.say("the installation %s makes it".formatted(other.get()));
            } else {
                step.action().run(progress);
            }
        });
    }

    /** Whether the release's workloads are there is looked at once its definitions are. */
    private Step explained(Step step) {
        var looking = step.permitting(Permission.kubernetes("list", "apps/deployments", namespace));
        return step.kind() == Step.Kind.UPDATE ? looking.because("the installation that made it has gone") : looking;
    }

    private Map<String, Object> mark(String role) {
        return Map.of(
                "apiVersion",
                "v1",
                "kind",
                "ConfigMap",
                "metadata",
                Map.of("name", markRef().name(), "namespace", namespace, "labels", label()),
                "data",
                Map.of(ROLE, role));
    }

    private ObjectRef markRef() {
        return ObjectRef.of("v1", "ConfigMap", namespace, context.installation().nameOf("uses-" + thing));
    }

    /** Tells whether a definition came with the release: by its chart's templates, or beside them. */
    boolean isDefinedHere(Map<String, Object> definition) {
        return Tree.labels(definition).entrySet().containsAll(label().entrySet()) || isOfRelease(definition);
    }

    /** Tells whether Helm made an object for the release. */
    boolean isOfRelease(Map<String, Object> object) {
        var annotations = Tree.annotations(object);
        return release().equals(annotations.get("meta.helm.sh/release-name"))
                && namespace.equals(annotations.get("meta.helm.sh/release-namespace"));
    }

    /** Tells whether workloads of the release are there. */
    boolean runs(Kubernetes kubernetes) throws InterruptedException {
        return !kubernetes
                .list("apps/v1", "Deployment", Optional.of(namespace), Map.of("app.kubernetes.io/instance", release()))
                .isEmpty();
    }

    /**
     * Says which steps take the mark away and, where no other installation uses it and nothing of anybody else's
     * depends on it, the release, its definitions and its namespace. What somebody else depends on stays as a whole, and
     * so does the mark, which tells why.
     *
     * @param dependants what depends on it beside the resources that its definitions define; this installation's own,
     *     and what is in its namespaces, may be among them
     */
    Plan removal(Records places, List<Map<String, Object>> dependants) throws InterruptedException {
        var kubernetes = context.kubernetes(places);
        var mark = kubernetes.find(markRef());
        if (isUsedByOthers(kubernetes) || mark.isEmpty() && isReleased(kubernetes)) {
            // While nobody has taken it over, its pods pull with this installation's login.
            var isMadeByOther = owner(places, false) instanceof Owner.Other;
            var steps = new ArrayList<Step>();
            kubernetes.removal(List.of(markRef())).forEach(step -> steps.add(unlessLast(step, kubernetes)));
            steps.addAll(kubernetes.removal(isMadeByOther ? List.of(pullSecret()) : List.of()));
            return Plan.of(steps);
        }
        var definitions =
                kubernetes
                        .list("apiextensions.k8s.io/v1", "CustomResourceDefinition", Optional.empty(), Map.of())
                        .stream()
                        .filter(this::isDefinedHere)
                        .toList();
        var groups = definitions.stream()
                .flatMap(definition -> Tree.text(definition, "spec", "group").stream())
                .collect(Collectors.toSet());
        var ownPlaces = ownPlaces(kubernetes);
        var depending = Stream.concat(dependants.stream(), resources(definitions, kubernetes).stream());
        if (depending.anyMatch(object ->
                !isOwn(object) && !ownPlaces.contains(Tree.namespace(object)) && !isMadeByOneOf(groups, object))) {
            return Plan.nothing();
        }
        var steps = new ArrayList<Step>();
        context.helm(places).removal(namespace, release()).forEach(step -> steps.add(unlessUsed(step, kubernetes)));
        steps.addAll(kubernetes.removal(List.of(pullSecret())));
        steps.addAll(kubernetes.removal(definitions.stream().map(ObjectRef::to).toList()));
        // The port removes no namespace that was there before. The mark goes last but for the namespace around it.
        steps.addAll(kubernetes.removal(List.of(markRef())));
        if (!holdsWorkloadsOfOthers(kubernetes)) {
            kubernetes
                    .removal(List.of(ObjectRef.clusterWide("v1", "Namespace", namespace)))
                    .forEach(step -> steps.add(unlessUsed(step, kubernetes)));
        }
        return Plan.of(steps);
    }

    private ObjectRef pullSecret() {
        return new Images(context.installation()).pullSecretRef(namespace);
    }

    private boolean isUsedByOthers(Kubernetes kubernetes) throws InterruptedException {
        return marks(kubernetes).stream().anyMatch(this::isOfUser);
    }

    private boolean isOfUser(Map<String, Object> mark) {
        return !isSelf(installation(mark)) && !role(mark).equals(LEAVING);
    }

    /** Two that leave at the same moment must not leave it to each other: whoever says so last keeps its mark, and takes the rest along. */
    private Step unlessLast(Step step, Kubernetes kubernetes) {
        return step.doing(progress -> {
            for (var saying : kubernetes.steps(List.of(mark(LEAVING)))) {
                saying.action().run(progress);
            }
            if (isLast(kubernetes)) {
                progress.say("no other installation uses it any more");
            } else {
                step.action().run(progress);
            }
        });
    }

    private boolean isLast(Kubernetes kubernetes) throws InterruptedException {
        var marks = marks(kubernetes);
        return marks.stream().noneMatch(this::isOfUser)
                && marks.stream()
                        .max(WHO_SAID_SO_FIRST)
                        .filter(last -> isSelf(installation(last)))
                        .isPresent();
    }

    private static List<Map<String, Object>> resources(List<Map<String, Object>> definitions, Kubernetes kubernetes)
            throws InterruptedException {
        var resources = new ArrayList<Map<String, Object>>();
        for (var definition : definitions) {
            var kind = Tree.text(definition, "spec", "names", "kind");
            var group = Tree.text(definition, "spec", "group");
            var version = Tree.maps(definition, "spec", "versions").stream()
                    .filter(one -> Tree.text(one, "served").orElse("").equals("true"))
                    .flatMap(one -> Tree.text(one, "name").stream())
                    .findFirst();
            if (kind.isPresent() && group.isPresent() && version.isPresent()) {
                resources.addAll(
                        kubernetes.list(group.get() + "/" + version.get(), kind.get(), Optional.empty(), Map.of()));
            }
        }
        return resources;
    }

    private Set<String> ownPlaces(Kubernetes kubernetes) throws InterruptedException {
        var own = Map.of(Installation.LABEL, context.installation().name());
        return kubernetes.list("v1", "Namespace", Optional.empty(), own).stream()
                .map(Tree::name)
                .collect(Collectors.toSet());
    }

    /** What belongs to another resource of these groups says nothing that this one does not say. */
    private static boolean isMadeByOneOf(Set<String> groups, Map<String, Object> object) {
        return Tree.maps(object, "metadata", "ownerReferences").stream()
                .flatMap(owner -> Tree.text(owner, "apiVersion").stream())
                .anyMatch(version -> groups.contains(version.replaceFirst("/.*", "")));
    }

    // What charts made for this installation carries no owner label, but one that names something of it.
    private boolean isOwn(Map<String, Object> object) {
        var labels = Tree.labels(object);
        var owner = Optional.ofNullable(labels.get(Installation.LABEL));
        return owner.map(this::isSelf)
                .orElseGet(() -> labels.values().stream()
                        .anyMatch(value -> isSelf(value)
                                || value.startsWith(context.installation().nameOf(""))));
    }

    private boolean holdsWorkloadsOfOthers(Kubernetes kubernetes) throws InterruptedException {
        for (var kind : WORKLOADS) {
            if (kubernetes.list("apps/v1", kind, Optional.of(namespace), Map.of()).stream()
                    .anyMatch(
                            workload -> !release().equals(Tree.labels(workload).get("app.kubernetes.io/instance")))) {
                return true;
            }
        }
        return false;
    }

    /** Somebody may have begun to use it since the plan. */
    private Step unlessUsed(Step step, Kubernetes kubernetes) {
        if (step.kind() == Step.Kind.AWAIT) {
            return step;
        }
        Step.Action action = progress -> {
            if (isUsedByOthers(kubernetes)) {
                throw new ProviderException(Problem.of(
                        Problem.Reason.CONFLICT,
                        "Another installation has begun to use %s meanwhile".formatted(thing),
                        "Run the same command again: it stays for that one"));
            }
            step.action().run(progress);
        };
        return step.doing(action);
    }
}
