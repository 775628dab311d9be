package io.btp.installer.plugin.kubernetes;

import io.btp.installer.api.Change;
import io.btp.installer.api.Check;
import io.btp.installer.api.Component;
import io.btp.installer.api.Context;
import io.btp.installer.api.Kubernetes;
import io.btp.installer.api.Need;
import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Observation;
import io.btp.installer.api.Plan;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Records;
import io.btp.installer.api.Slots;
import io.btp.installer.api.Step;
import io.btp.installer.api.contract.Postgres;
import io.btp.installer.api.contract.Secret;
import io.btp.installer.api.contract.Tls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One database cluster: passwords, the operator's custom resources, and a database and role for each use. */
final class PostgresComponent implements Component<Postgres> {
    private static final int PORT = 5432;
    private static final Pattern MAJOR = Pattern.compile(".*:(\\d+)(?:[.-].*)?");

    private final CloudNativePg.Configuration configuration;
    private final Context context;

    PostgresComponent(CloudNativePg.Configuration configuration, Context context) {
        this.configuration = configuration;
        this.context = context;
    }

    @Override
    public List<Check> checks(Records records) {
        var title = "PostgreSQL gets the volumes that it asks for";
        return StorageClassCheck.of("postgres.storage-class", title, configuration.storageClass(), context, records)
                .stream()
                .toList();
    }

    @Override
    public Observation<Postgres> observe(Records records) throws InterruptedException {
        var namespaces = records.find(Slots.NAMESPACES);
        return namespaces.isEmpty()
                ? Observation.of(Optional.empty(), Plan.nothing())
                : towards(records, namespaces.get().dependencies());
    }

    @Override
    public Observation<Postgres> absent(Records records) throws InterruptedException {
        return observe(records);
    }

    private Observation<Postgres> towards(Records records, String namespace) throws InterruptedException {
        var kubernetes = context.kubernetes(records);
        var manifests = new PostgresManifests(configuration, context.installation(), namespace);
        var live = kubernetes.find(manifests.clusterRef());
        var hindrance = live.flatMap(this::hindrance);
        var roles = roles();
        var passwords = new LinkedHashMap<String, Secret>();
        var steps = new ArrayList<Step>();
        for (var role : roles) {
            var database =
                    role.equals(PostgresManifests.PLATFORM_ROLE) ? live : kubernetes.find(manifests.databaseRef(role));
            var password = DeliveredPassword.look(
                    context,
                    records,
                    PostgresManifests.passwordOf(role),
                    value -> manifests.copy(role, value),
                    database.isPresent());
            hindrance = hindrance.or(password::lost);
            password.value().ifPresent(value -> passwords.put(role, value));
            steps.addAll(password.steps());
        }
        if (hindrance.isPresent()) {
            return Observation.of(Optional.empty(), Plan.blocked(hindrance.get()));
        }
        var others = new TreeSet<>(roles);
        others.remove(PostgresManifests.PLATFORM_ROLE);
        for (var step : Admission.steps(kubernetes, manifests.cluster(others))) {
            steps.add(waiting(withImpact(step)));
        }
        var ready = kubernetes.ready(manifests.clusterRef());
        ready.forEach(step -> steps.add(waiting(step)));
        for (var role : others) {
            steps.addAll(database(kubernetes, manifests, role));
        }
        return outputs(kubernetes, manifests, passwords, ready.isEmpty(), Plan.of(steps));
    }

    /** Names a role and database for each use; the platform's first. */
    private List<String> roles() {
        var others = new TreeSet<>(context.uses());
        others.remove(Need.PLATFORM_USE);
        var roles = new ArrayList<String>();
        roles.add(PostgresManifests.PLATFORM_ROLE);
        roles.addAll(others);
        return roles;
    }

    private Optional<Problem> hindrance(Map<String, Object> live) {
        var size = Tree.text(live, "spec", "storage", "size").map(Quantity::of);
        if (size.filter(now -> configuration.storage().compareTo(now) < 0).isPresent()) {
            return Optional.of(Problem.of(
                    Problem.Reason.INVALID,
                    "PostgreSQL's storage is %s and cannot shrink to %s".formatted(size.get(), configuration.storage()),
                    "Set dataPlane.postgres.storage to %s or more".formatted(size.get())));
        }
        var storageClass = Tree.text(live, "spec", "storage", "storageClass");
        var wanted = configuration.storageClass();
        if (storageClass.isPresent() && wanted.isPresent() && !wanted.equals(storageClass)) {
            return Optional.of(Problem.of(
                    Problem.Reason.UNSUPPORTED,
                    "PostgreSQL's volumes are of storage class %s, expected %s: volumes do not change their class"
                            .formatted(storageClass.get(), wanted.get()),
                    "Set dataPlane.postgres.storageClass to " + storageClass.get()));
        }
        var major = major(live);
        if (major.filter(now -> configuration.major() < now).isPresent()) {
            return Optional.of(Problem.of(
                    Problem.Reason.UNSUPPORTED,
                    "PostgreSQL is at version %d and cannot go back to %s"
                            .formatted(major.get(), configuration.version()),
                    "Set dataPlane.postgres.version to %d or newer".formatted(major.get())));
        }
        return Optional.empty();
    }

    private static Optional<Integer> major(Map<String, Object> live) {
        return Tree.text(live, "spec", "imageName")
                .map(MAJOR::matcher)
                .filter(Matcher::matches)
                .map(parts -> Integer.valueOf(parts.group(1)));
    }

    private static Step waiting(Step step) {
        return step.after(
                Need.input(Slots.NAMESPACES), Need.input(Slots.SECRETS), Need.api(CloudNativePgOperator.GROUP_VERSION));
    }

    private static Step withImpact(Step step) {
        if (step.kind() != Step.Kind.UPDATE) {
            return step;
        }
        for (var change : step.changes()) {
            if (change.field().equals("spec.imageName")
                    && !majorOf(change.from()).equals(majorOf(change.to()))) {
                return step.withImpact(Step.Impact.DOWNTIME).because("a new major version: there is no way back");
            }
        }
        var restarts = step.changes().stream()
                .map(Change::field)
                .anyMatch(field -> field.equals("spec.imageName") || field.startsWith("spec.resources"));
        return restarts ? step.withImpact(Step.Impact.RESTART) : step;
    }

    private static Optional<String> majorOf(Optional<String> image) {
        return image.map(MAJOR::matcher).filter(Matcher::matches).map(parts -> parts.group(1));
    }

    private static List<Step> database(Kubernetes kubernetes, PostgresManifests manifests, String role)
            throws InterruptedException {
        var steps = new ArrayList<Step>();
        for (var step : Admission.steps(kubernetes, manifests.database(role))) {
            steps.add(waiting(step));
        }
        var ref = manifests.databaseRef(role);
        if (unapplied(kubernetes, ref).isPresent()) {
            steps.add(waiting(Step.await(
                            ref + " applied",
                            progress -> progress.until(Duration.ofMinutes(1), () -> unapplied(kubernetes, ref)))
                    .usually(Duration.ofSeconds(10))));
        }
        return steps;
    }

    private static Optional<Problem> unapplied(Kubernetes kubernetes, ObjectRef ref) throws InterruptedException {
        var status = kubernetes.find(ref);
        if (status.flatMap(it -> Tree.text(it, "status", "applied"))
                .filter("true"::equals)
                .isPresent()) {
            return Optional.empty();
        }
        var words = status.flatMap(it -> Tree.text(it, "status", "message")).orElse("its operator has not seen it yet");
        return Optional.of(Problem.of(
                Problem.Reason.NOT_READY,
                "%s is not applied: %s".formatted(ref, words),
                "Mend what it names; the log of the operator in %s tells more"
                        .formatted(CloudNativePgOperator.NAMESPACE)));
    }

    private Observation<Postgres> outputs(
            Kubernetes kubernetes, PostgresManifests manifests, Map<String, Secret> passwords, boolean ready, Plan plan)
            throws InterruptedException {
        var observation = Observation.<Postgres>of(Optional.empty(), plan);
        if (!ready) {
            return observation;
        }
        var tls = configuration.verified() ? verified(kubernetes, manifests) : Tls.required();
        for (var password : passwords.entrySet()) {
            var role = password.getKey();
            var isPlatform = role.equals(PostgresManifests.PLATFORM_ROLE);
            if (isPlatform || unapplied(kubernetes, manifests.databaseRef(role)).isEmpty()) {
                var output = new Postgres(manifests.host(), PORT, role, role, password.getValue(), tls);
                observation = observation.use(isPlatform ? Need.PLATFORM_USE : role, output);
            }
        }
        return observation;
    }

    private static Tls verified(Kubernetes kubernetes, PostgresManifests manifests) throws InterruptedException {
        return kubernetes
                .find(manifests.authorityRef())
                .flatMap(secret -> Tree.text(secret, "data", "ca.crt"))
                .flatMap(PlainSecretStorage::decoded)
                .map(Tls::verifiedBy)
                .orElseGet(Tls::required);
    }
}
