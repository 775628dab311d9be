package io.btp.installer.plugin.kubernetes;

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
import io.btp.installer.api.Provider;
import io.btp.installer.api.Question;
import io.btp.installer.api.Records;
import io.btp.installer.api.Removal;
import io.btp.installer.api.Slot;
import io.btp.installer.api.Slots;
import io.btp.installer.api.Step;
import io.btp.installer.api.contract.Namespaces;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The installation's namespaces and the platform's service account.
 *
 * <p>The platform's namespace is also the home of the installation record: the engine makes it before anything else and
 * removes it last, so it is made here only where nobody did, and never removed here.
 */
final class ManagedNamespaces implements Provider<ManagedNamespaces.Configuration, Namespaces> {
    /**
     * Which namespaces.
     *
     * @param manage whether what is missing is made
     */
    record Configuration(boolean manage, String platform, String deployments, String dependencies) {
        Set<String> all() {
            return new LinkedHashSet<>(List.of(platform, deployments, dependencies));
        }
    }

    private static final Question<Boolean> MANAGE = Question.flag("manage", "create namespaces")
            .defaultsTo(true)
            .because("Where you may not create namespaces, somebody else makes them first.")
            .help("No: the namespaces must be there already");
    private static final Question<String> PLATFORM = Question.label("platform", "platform namespace")
            .defaultsTo("settlemint")
            .because("The platform and the installation record live in it.");
    private static final Question<String> DEPLOYMENTS = Question.label("deployments", "deployments namespace")
            .defaultsTo("deployments")
            .because("The platform deploys its users' workloads into it.");
    private static final Question<String> DEPENDENCIES = Question.label("dependencies", "dependencies namespace")
            .defaultsTo("btp-deps")
            .because("Databases and other dependencies in the cluster live in it.");

    private static final String HOME_LABEL = "installer.btp/home";

    @Override
    public Description description() {
        return Description.of(
                        "kubernetes",
                        "namespaces",
                        "Namespaces",
                        "Creates the namespaces of the installation, or uses those that are there.")
                .adds("3 namespaces and a service account");
    }

    @Override
    public Slot<Namespaces> slot() {
        return Slots.NAMESPACES;
    }

    @Override
    public Form<Configuration> form() {
        return Form.of(
                answers -> new Configuration(
                        answers.get(MANAGE),
                        answers.get(PLATFORM),
                        answers.get(DEPLOYMENTS),
                        answers.get(DEPENDENCIES)),
                MANAGE,
                PLATFORM,
                DEPLOYMENTS,
                DEPENDENCIES);
    }

    @Override
    public Set<Need<?>> needs(Configuration configuration) {
        return Set.of(Need.place(Slots.CLUSTER));
    }

    @Override
    public Component<Namespaces> open(Configuration configuration, Context context) {
        return new Component<>() {
            @Override
            public Observation<Namespaces> observe(Records records) throws InterruptedException {
                // These are names that were chosen: given at once, so that others can name what they are going to make.
                var names = new Namespaces(
                        configuration.platform(),
                        configuration.deployments(),
                        configuration.dependencies(),
                        configuration.manage() ? Map.of("platform", serviceAccount(context)) : Map.of());
                return Observation.of(Optional.of(names), plan(configuration, context, records));
            }

            @Override
            public Observation<Namespaces> absent(Records records) throws InterruptedException {
                return observe(records);
            }
        };
    }

    private static String serviceAccount(Context context) {
        return context.installation().nameOf("workload");
    }

    private static Plan plan(Configuration configuration, Context context, Records records)
            throws InterruptedException {
        var kubernetes = context.kubernetes(records);
        if (configuration.manage()) {
            return Plan.of(made(configuration, context, kubernetes));
        }
        var missing = new ArrayList<String>();
        for (var name : records.find(Slots.CLUSTER).isEmpty() ? Set.<String>of() : configuration.all()) {
            if (kubernetes.find(namespace(name)).isEmpty()) {
                missing.add(name);
            }
        }
        return missing.isEmpty()
                ? Plan.of(kubernetes.steps(pullSecrets(configuration, context)))
                : Plan.blocked(missing(missing));
    }

    private static List<Step> made(Configuration configuration, Context context, Kubernetes kubernetes)
            throws InterruptedException {
        var manifests = new ArrayList<Map<String, Object>>();
        for (var name : configuration.all()) {
            if (!name.equals(configuration.platform())
                    || kubernetes.find(namespace(name)).isEmpty()) {
                manifests.add(Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", name)));
            }
        }
        manifests.addAll(pullSecrets(configuration, context));
        var account = new LinkedHashMap<String, Object>(new Images(context.installation()).pullSecretValues());
        account.put("apiVersion", "v1");
        account.put("kind", "ServiceAccount");
        account.put("metadata", Map.of("name", serviceAccount(context), "namespace", configuration.platform()));
        manifests.add(account);
        return kubernetes.steps(manifests);
    }

    /** Whoever pulls in one of these namespaces does so by the login of the registry mirror, where it asks for one. */
    private static List<Map<String, Object>> pullSecrets(Configuration configuration, Context context) {
        var images = new Images(context.installation());
        return configuration.all().stream()
                .flatMap(namespace -> images.manifests(namespace).stream())
                .toList();
    }

    private static Problem missing(List<String> names) {
        return Problem.of(
                Problem.Reason.NOT_FOUND,
                names.size() == 1
                        ? "The namespace %s is not there".formatted(names.getFirst())
                        : "The namespaces %s are not there".formatted(String.join(", ", names)),
                "Create what is missing (kubectl create namespace NAME), or answer manage: true");
    }

    private static ObjectRef namespace(String name) {
        return ObjectRef.clusterWide("v1", "Namespace", name);
    }

    /**
     * Removes the namespaces that were made here, never those that were there before. While data are kept, what holds
     * data or things of others stays. They are asked to go and not waited for: the end of an installation waits for all
     * namespaces that carry its name, its home among them.
     */
    @Override
    public Plan removal(Removal<Configuration> removal, Context context) throws InterruptedException {
        var kubernetes = context.kubernetes(removal.places());
        var accounts = kubernetes.list("v1", "ServiceAccount", Optional.empty(), context.labels()).stream()
                .map(ObjectRef::to)
                .toList();
        var secrets = kubernetes.list("v1", "Secret", Optional.empty(), context.labels()).stream()
                .map(ObjectRef::to)
                .toList();
        var steps = new ArrayList<>(kubernetes.removal(accounts));
        steps.addAll(kubernetes.removal(secrets));
        var going = new ArrayList<ObjectRef>();
        var losing = new HashSet<String>();
        for (var namespace : kubernetes.list("v1", "Namespace", Optional.empty(), context.labels())) {
            if (isHome(namespace, removal)) {
                continue;
            }
            var ref = ObjectRef.to(namespace);
            var contents = NamespaceContents.of(ref.name(), kubernetes, context.installation());
            var holdsMore = contents.holdsData() || contents.holdsOthers();
            if (removal.keepsData() ? holdsMore : contents.holdsOtherInstallations()) {
                continue;
            }
            going.add(ref);
            if (holdsMore) {
                losing.add(ref.toString());
            }
        }
        kubernetes.removal(going).stream()
                .filter(step -> step.kind() != Step.Kind.AWAIT)
                .map(step -> losing.contains(step.target()) ? losing(step) : step)
                .forEach(steps::add);
        return Plan.of(steps);
    }

    private static Step losing(Step step) {
        return step.because("everything in it goes with it").withImpact(Step.Impact.DATA_LOSS);
    }

    private static boolean isHome(Map<String, Object> namespace, Removal<Configuration> removal) {
        return Tree.labels(namespace).containsKey(HOME_LABEL)
                || removal.configuration()
                        .filter(known -> known.platform().equals(Tree.name(namespace)))
                        .isPresent();
    }
}
