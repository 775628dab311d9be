package io.btp.installer.plugin.kubernetes;

import io.btp.installer.api.Check;
import io.btp.installer.api.Component;
import io.btp.installer.api.Context;
import io.btp.installer.api.HelmRelease;
import io.btp.installer.api.Installation;
import io.btp.installer.api.Kubernetes;
import io.btp.installer.api.Need;
import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Observation;
import io.btp.installer.api.Plan;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Records;
import io.btp.installer.api.Slots;
import io.btp.installer.api.Step;
import io.btp.installer.api.contract.Redis;
import io.btp.installer.api.contract.Secret;
import io.btp.installer.api.contract.Tls;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One Valkey: its password, the release, and what cannot be changed in place. */
final class ValkeyComponent implements Component<Redis> {
    private static final int PORT = 6379;
    private static final String USER = "default";
    private static final String SECRET = "redis";

    private final Valkey.Configuration configuration;
    private final Context context;
    private final String name;

    ValkeyComponent(Valkey.Configuration configuration, Context context) {
        this.configuration = configuration;
        this.context = context;
        this.name = release(context.installation());
    }

    /** Names the release, its server and its Service. */
    static String release(Installation installation) {
        return installation.nameOf("redis");
    }

    @Override
    public List<Check> checks(Records records) {
        var title = "Redis gets the volumes that it asks for";
        return StorageClassCheck.of("redis.storage-class", title, configuration.storageClass(), context, records)
                .stream()
                .toList();
    }

    @Override
    public Observation<Redis> observe(Records records) throws InterruptedException {
        var namespaces = records.find(Slots.NAMESPACES);
        return namespaces.isEmpty()
                ? Observation.of(Optional.empty(), Plan.nothing())
                : towards(records, namespaces.get().dependencies());
    }

    @Override
    public Observation<Redis> absent(Records records) throws InterruptedException {
        return observe(records);
    }

    private Observation<Redis> towards(Records records, String namespace) throws InterruptedException {
        var kubernetes = context.kubernetes(records);
        var hindrance = hindrance(kubernetes, namespace);
        if (hindrance.isPresent()) {
            return Observation.of(Optional.empty(), Plan.blocked(hindrance.get()));
        }
        var inUse = kubernetes.find(workload(namespace)).isPresent();
        var password = DeliveredPassword.look(context, records, SECRET, value -> copy(namespace, value), inUse);
        if (password.lost().isPresent()) {
            return Observation.of(Optional.empty(), Plan.blocked(password.lost().get()));
        }
        var steps = new ArrayList<Step>(password.steps());
        steps.addAll(context.helm(records).steps(described(namespace)));
        var output = password.value()
                .filter(value -> steps.isEmpty())
                .map(value -> new Redis(
                        "%s.%s.svc".formatted(name, namespace),
                        PORT,
                        Optional.empty(),
                        Optional.of(value),
                        Tls.disabled()));
        return Observation.of(output, Plan.of(steps));
    }

    private ObjectRef workload(String namespace) {
        return ObjectRef.of("apps/v1", configuration.replicas() == 0 ? "Deployment" : "StatefulSet", namespace, name);
    }

    private Optional<Problem> hindrance(Kubernetes kubernetes, String namespace) throws InterruptedException {
        var other = configuration.replicas() == 0 ? "StatefulSet" : "Deployment";
        if (kubernetes.find(ObjectRef.of("apps/v1", other, namespace, name)).isPresent()) {
            return Optional.of(
                    Problem.of(
                            Problem.Reason.UNSUPPORTED,
                            "Valkey runs %s replicas, and the answers want %d: its chart cannot move the data"
                                    .formatted(
                                            configuration.replicas() == 0 ? "with" : "without",
                                            configuration.replicas()),
                            "Set replicas as it was; or remove Redis with its data (btp uninstall names them) and install again"));
        }
        for (var claim : claims(kubernetes, namespace)) {
            var live =
                    Tree.text(claim, "spec", "resources", "requests", "storage").map(Quantity::of);
            var refused = live.flatMap(size -> refused(Tree.name(claim), size));
            if (refused.isPresent()) {
                return refused;
            }
        }
        return Optional.empty();
    }

    /** The claim of a single server is named as the release; those of replicated servers carry its name at their end. */
    private List<Map<String, Object>> claims(Kubernetes kubernetes, String namespace) throws InterruptedException {
        return kubernetes
                .list("v1", "PersistentVolumeClaim", Optional.of(namespace), Map.of(Valkey.INSTANCE_LABEL, name))
                .stream()
                .filter(claim -> Tree.name(claim).equals(name) == (configuration.replicas() == 0))
                .toList();
    }

    private Optional<Problem> refused(String claim, Quantity live) {
        int change = configuration.storage().compareTo(live);
        if (change < 0) {
            return Optional.of(Problem.of(
                    Problem.Reason.INVALID,
                    "The claim %s has %s and cannot shrink to %s".formatted(claim, live, configuration.storage()),
                    "Set dataPlane.redis.storage to %s or more".formatted(live)));
        }
        if (change > 0 && configuration.replicas() > 0) {
            return Optional.of(Problem.of(
                    Problem.Reason.UNSUPPORTED,
                    "The claim %s of a replicated Valkey has %s, and its chart cannot grow it to %s"
                            .formatted(claim, live, configuration.storage()),
                    "Set dataPlane.redis.storage to %s".formatted(live)));
        }
        return Optional.empty();
    }

    private Map<String, Object> copy(String namespace, Secret value) {
        return Map.of(
                "apiVersion", "v1",
                "kind", "Secret",
                "metadata", Map.of("name", users(), "namespace", namespace),
                "type", "Opaque",
                "stringData", Map.of(USER, value));
    }

    private String users() {
        return name + "-users";
    }

    private HelmRelease described(String namespace) {
        var values = new LinkedHashMap<String, Object>();
        values.put("fullnameOverride", name);
        var images = new Images(context.installation());
        images.registry()
                .ifPresent(mirror -> values.put(
                        "global", Map.of("imageRegistry", mirror, "imagePullSecrets", images.pullSecretNames())));
        values.put(
                "auth",
                Map.of(
                        "enabled",
                        true,
                        "usersExistingSecret",
                        users(),
                        "aclUsers",
                        Map.of(USER, Map.of("permissions", "~* &* +@all"))));
        // Off by default, and without it a rollout proves nothing.
        values.put("readinessProbe", Map.of("enabled", true));
        values.putAll(configuration.replicas() == 0 ? single() : replicated());
        return context.release(namespace, name)
                .values(values)
                .after(Need.input(Slots.NAMESPACES), Need.input(Slots.SECRETS));
    }

    private Map<String, Object> single() {
        var storage = new LinkedHashMap<String, Object>();
        storage.put("enabled", true);
        storage.put("requestedSize", configuration.storage().text());
        storage.put("keepPvc", true);
        configuration.storageClass().ifPresent(kind -> storage.put("className", kind));
        // A rolling update would wait for ever for a volume that only one pod can hold.
        return Map.of("dataStorage", storage, "deploymentStrategy", "Recreate");
    }

    private Map<String, Object> replicated() {
        var persistence = new LinkedHashMap<String, Object>();
        persistence.put("size", configuration.storage().text());
        configuration.storageClass().ifPresent(kind -> persistence.put("storageClass", kind));
        return Map.of(
                "replica", Map.of("enabled", true, "replicas", configuration.replicas(), "persistence", persistence));
    }
}
