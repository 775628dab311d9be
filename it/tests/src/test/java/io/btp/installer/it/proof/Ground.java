package io.btp.installer.it.proof;

import io.btp.installer.it.Authority;
import io.btp.installer.it.ClusterInventory;
import io.btp.installer.it.Scenario;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What faults are seeded in: one installation, its cluster, and what lies between. */
final class Ground implements AutoCloseable {
    /** The storage class that the object store's answers name. */
    static final String OBJECTS = "faults-objects";

    /** The storage class that the answers of the logs name. */
    static final String LOGS = "faults-logs";

    private static final String LIMITED = """
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: limited, namespace: NAME-deps}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: NAME-limited}
            rules:
              - {apiGroups: ["*"], resources: ["*"], verbs: [get, list, watch]}
              - {nonResourceURLs: ["*"], verbs: [get]}
              - apiGroups:
                  - ""
                  - admissionregistration.k8s.io
                  - apiextensions.k8s.io
                  - authorization.k8s.io
                  - batch
                  - coordination.k8s.io
                  - networking.k8s.io
                  - policy
                  - postgresql.cnpg.io
                  - rbac.authorization.k8s.io
                resources: ["*"]
                verbs: ["*"]
              - {apiGroups: [apps], resources: [statefulsets, daemonsets, replicasets], verbs: ["*"]}
              - {apiGroups: [apps], resources: [deployments], verbs: [create, delete]}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: NAME-limited}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: NAME-limited}
            subjects: [{kind: ServiceAccount, name: limited, namespace: NAME-deps}]
            """;

    private static final String GOOD_PROVISIONER = "kubernetes.io/host-path";

    private final ClusterInventory cluster;
    private final Scenario scenario;
    private final Path folder;
    private Optional<Authority> authority = Optional.empty();
    private Optional<Weather> weather = Optional.empty();
    private final Map<String, String> rules = new LinkedHashMap<>();

    Ground(ClusterInventory cluster, Scenario scenario, Path folder) {
        this.cluster = cluster;
        this.scenario = scenario;
        this.folder = folder;
    }

    /**
     * Makes what is there before anything is seeded: storage classes of this test's own, which its answers name, and the
     * namespace of the dependencies, as somebody may have made it who limits what can be in it.
     */
    void prepare() {
        storageClass(OBJECTS, GOOD_PROVISIONER);
        storageClass(LOGS, GOOD_PROVISIONER);
        scenario.answer("objectStore.values.storageClass", OBJECTS)
                .answer("observability.logs.values.storageClass", LOGS)
                .answer("observability.metrics.storage", "3Gi");
        object("{apiVersion: v1, kind: Namespace, metadata: {name: NAME-deps}}");
    }

    /** Removes what was made before. */
    @Override
    public void close() {
        weather.ifPresent(Weather::close);
        withoutStorageClass(OBJECTS);
        withoutStorageClass(LOGS);
        client().namespaces().withName(named("NAME-deps")).delete();
    }

    /** Gives an authority of this test's own. */
    Authority authority() throws Exception {
        if (authority.isEmpty()) {
            authority = Optional.of(new Authority(folder.resolve("authority")));
        }
        return authority.get();
    }

    KubernetesClient client() {
        return cluster.client();
    }

    Scenario scenario() {
        return scenario;
    }

    /** Puts the name of the installation where a text has {@code NAME}. */
    String named(String text) {
        return text.replace("NAME", scenario.name());
    }

    /** Changes an answer. */
    Fault.Mend answer(String key, String value) {
        var before = scenario.changed();
        scenario.answer(key, named(value));
        return () -> {
            var after = scenario.changed();
            after.remove(key);
            if (before.containsKey(key)) {
                after.put(key, before.get(key));
            }
            scenario.change(after);
        };
    }

    /** Gives pods a mode of the simulated nodes. */
    Fault.Mend rule(String pods, String mode) {
        rules.put(named(pods), mode);
        writeRules();
        return () -> {
            rules.remove(named(pods));
            writeRules();
        };
    }

    private void writeRules() {
        var text = new StringBuilder();
        rules.forEach((pods, mode) -> text.append("%s * %s\n".formatted(pods, mode)));
        var map = client().configMaps()
                .inNamespace("kube-system")
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("simulator-rules")
                        .endMetadata()
                        .addToData("rules", text.toString())
                        .build());
        if (rules.isEmpty()) {
            map.delete();
        } else {
            map.forceConflicts().serverSideApply();
        }
    }

    /** Lets several mends follow each other. */
    static Fault.Mend all(Fault.Mend... mends) {
        return () -> {
            for (var mend : mends) {
                mend.run();
            }
        };
    }

    /** Gives what is in the cluster; of a release's history only that there is one. */
    Set<String> objects() {
        return cluster.objects().stream()
                .map(object -> object.replaceFirst("(/sh\\.helm\\.release\\.v1\\..*)\\.v\\d+$", "$1"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Puts objects into the cluster. */
    Fault.Mend object(String yaml) {
        // What begins with a brace would be taken for JSON.
        var text = ("---\n" + named(yaml)).getBytes(StandardCharsets.UTF_8);
        client().load(new ByteArrayInputStream(text)).forceConflicts().serverSideApply();
        return () -> client().load(new ByteArrayInputStream(text)).delete();
    }

    /** Labels the namespace of the dependencies. */
    Fault.Mend label(String key, String value) {
        editLabels(labels -> labels.put(key, value));
        return () -> editLabels(labels -> labels.remove(key));
    }

    /** Gives a storage class another provisioner, as whoever sets up a cluster may. */
    Fault.Mend storageClass(String name, String provisioner) {
        withoutStorageClass(name);
        var manifest = "{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: %s}, provisioner: %s}";
        object(manifest.formatted(name, provisioner));
        return () -> storageClass(name, GOOD_PROVISIONER);
    }

    Fault.Mend withoutStorageClass(String name) {
        client().storage().v1().storageClasses().withName(name).delete();
        return () -> storageClass(name, GOOD_PROVISIONER);
    }

    /** Names a copy of a chart of ours that has one template more. */
    Fault.Mend chart(String component, String name, String template) throws Exception {
        var copy = Files.createTempDirectory(folder, "chart-").resolve(name);
        try (var files = Files.walk(Path.of("src/test/charts").resolve(name))) {
            for (var file : files.toList()) {
                Files.copy(
                        file,
                        copy.resolve(Path.of("src/test/charts")
                                .resolve(name)
                                .relativize(file)
                                .toString()));
            }
        }
        Files.writeString(copy.resolve("templates/extra.yaml"), template);
        return answer(component + ".chart.file", copy.toString());
    }

    /** Lets the program be somebody who may do everything but change deployments. */
    Fault.Mend withoutRight() throws Exception {
        var role = object(LIMITED);
        var request = new TokenRequestBuilder()
                .withNewSpec()
                .withExpirationSeconds(3600L)
                .endSpec()
                .build();
        var token = client().serviceAccounts()
                .inNamespace(named("NAME-deps"))
                .withName("limited")
                .tokenRequest(request)
                .getStatus()
                .getToken();
        var own = weather().kubeconfig();
        return all(kubeconfig(own.replaceFirst("token: \"[^\"]*\"", "token: \"" + token + "\"")), role);
    }

    /** Leads the program and its workers to the API server through weather. */
    Fault.Mend weather(Weather.Storm storm) throws Exception {
        weather().begin(storm);
        return all(kubeconfig(weather().kubeconfig()), weather()::clear);
    }

    /** Tells how many requests the latest storm spoilt. */
    int spoilt() {
        return weather.map(Weather::spoilt).orElse(0);
    }

    /** Names another kubeconfig. */
    Fault.Mend kubeconfig(String text) throws Exception {
        var file = Files.writeString(folder.resolve("kubeconfig-" + System.nanoTime()), text);
        return answer("cluster.kubeconfig", file.toString());
    }

    /** Gives the weather, which is good unless a storm is let in. */
    Weather weather() throws Exception {
        if (weather.isEmpty()) {
            weather = Optional.of(new Weather(authority(), Files.readString(folder.resolve("kubeconfig"))));
        }
        return weather.get();
    }

    private void editLabels(Consumer<Map<String, String>> edit) {
        client().namespaces().withName(named("NAME-deps")).edit(found -> {
            edit.accept(found.getMetadata().getLabels());
            return found;
        });
    }
}
