package io.btp.installer.simulator.operators;

import io.btp.installer.simulator.client.Cluster;
import io.btp.installer.simulator.client.Happening;
import io.btp.installer.simulator.client.Identity;
import io.btp.installer.simulator.client.Json;
import io.btp.installer.simulator.client.Key;
import io.btp.installer.simulator.client.Kind;
import io.btp.installer.simulator.client.Meta;
import io.btp.installer.simulator.client.Pem;
import io.btp.installer.simulator.client.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Plays CloudNativePG for {@code Cluster} resources: Secrets, Services, claims, pods and status as its documentation has
 * them (chapters Bootstrap, Service management and Labels; version 1.29). There is no database behind them.
 */
final class CloudNativePg implements Operator {
    private static final Kind CLUSTER = new Kind("postgresql.cnpg.io", "v1", "Cluster", "clusters", true);
    private static final String HEALTHY = "Cluster in healthy state";
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private final Cluster api;
    private final RandomGenerator random;
    private final Store secrets;
    private final Store services;
    private final Store claims;
    private final Store pods;

    CloudNativePg(Cluster api, RandomGenerator random) throws InterruptedException {
        this.api = api;
        this.random = random;
        this.secrets = api.store(Kind.SECRET);
        this.services = api.store(Kind.SERVICE);
        this.claims = api.store(Kind.CLAIM);
        this.pods = api.store(Kind.POD);
    }

    @Override
    public Kind kind() {
        return CLUSTER;
    }

    @Override
    public String program() {
        return "cloudnative-pg";
    }

    @Override
    public List<Kind> made() {
        return List.of(Kind.POD, Kind.CLAIM, Kind.SERVICE, Kind.SECRET);
    }

    @Override
    public void reconcile(ObjectNode cluster) throws IOException, InterruptedException {
        certificates(cluster);
        application(cluster);
        service(cluster, "rw", Map.of("cnpg.io/instanceRole", "primary"));
        service(cluster, "ro", Map.of("cnpg.io/instanceRole", "replica"));
        service(cluster, "r", Map.of("cnpg.io/podRole", "instance"));
        instances(cluster);
        report(cluster);
    }

    private void certificates(ObjectNode cluster) throws IOException, InterruptedException {
        for (var suffix : List.of("ca", "server", "replication")) {
            if (find(secrets, cluster, suffix)) {
                continue;
            }
            try {
                var name = Meta.name(cluster);
                var identity = Identity.selfSigned(
                        api.now(), List.of(name + "-rw", name + "-rw." + Meta.namespace(cluster) + ".svc"));
                var prefix = suffix.equals("ca") ? "ca" : "tls";
                secret(
                        cluster,
                        suffix,
                        suffix.equals("ca") ? "Opaque" : "kubernetes.io/tls",
                        Map.of(
                                prefix + ".crt",
                                identity.certificates(),
                                prefix + ".key",
                                Pem.text("PRIVATE KEY", identity.key().getEncoded())));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("the JDK makes certificates", e);
            }
        }
    }

    /** The application's user; where the resource names a Secret of its own, that one counts, and none is made. */
    private void application(ObjectNode cluster) throws IOException, InterruptedException {
        var given = Json.text(cluster, "spec", "bootstrap", "initdb", "secret", "name");
        if (!given.isEmpty() || find(secrets, cluster, "app")) {
            return;
        }
        var database = named(cluster, "database", "app");
        var user = named(cluster, "owner", database);
        var password = random.ints(64, 0, LETTERS.length())
                .mapToObj(at -> LETTERS.substring(at, at + 1))
                .collect(Collectors.joining());
        var host = Meta.name(cluster) + "-rw";
        var full = host + "." + Meta.namespace(cluster);
        var content = new TreeMap<>(Map.of(
                "username",
                user,
                "user",
                user,
                "password",
                password,
                "dbname",
                database,
                "host",
                host,
                "port",
                "5432",
                "pgpass",
                "%s:5432:%s:%s:%s%n".formatted(host, database, user, password),
                "uri",
                "postgresql://%s:%s@%s:5432/%s".formatted(user, password, full, database),
                "jdbc-uri",
                "jdbc:postgresql://%s:5432/%s?password=%s&user=%s".formatted(full, database, password, user)));
        content.put(
                "fqdn-uri",
                "postgresql://%s:%s@%s.svc.cluster.local:5432/%s".formatted(user, password, full, database));
        secret(cluster, "app", "kubernetes.io/basic-auth", content);
    }

    private static String named(ObjectNode cluster, String field, String otherwise) {
        var name = Json.text(cluster, "spec", "bootstrap", "initdb", field);
        return name.isEmpty() ? otherwise : name;
    }

    private static boolean find(Store store, ObjectNode cluster, String suffix) {
        return store.find(new Key(Meta.namespace(cluster), Meta.name(cluster) + "-" + suffix))
                .isPresent();
    }

    private void secret(ObjectNode cluster, String suffix, String type, Map<String, String> content)
            throws IOException, InterruptedException {
        var data = Json.object();
        content.forEach((name, text) ->
                data.put(name, Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))));
        api.create(
                Kind.SECRET,
                Json.object(
                        "metadata",
                        metadata(cluster, suffix, Map.of("cnpg.io/reload", "true")),
                        "type",
                        type,
                        "data",
                        data));
    }

    private static ObjectNode metadata(ObjectNode cluster, String suffix, Map<String, String> labels) {
        var all = new TreeMap<>(labels);
        all.put("cnpg.io/cluster", Meta.name(cluster));
        return Json.object(
                "namespace",
                Meta.namespace(cluster),
                "name",
                Meta.name(cluster) + "-" + suffix,
                "labels",
                all,
                "ownerReferences",
                Json.array(Meta.ownedBy(CLUSTER, cluster)));
    }

    private void service(ObjectNode cluster, String suffix, Map<String, String> role)
            throws IOException, InterruptedException {
        if (find(services, cluster, suffix)) {
            return;
        }
        var selector = new TreeMap<>(role);
        selector.put("cnpg.io/cluster", Meta.name(cluster));
        api.create(
                Kind.SERVICE,
                Json.object(
                        "metadata", metadata(cluster, suffix, Map.of()),
                        "spec",
                                Map.of(
                                        "type",
                                        "ClusterIP",
                                        "selector",
                                        selector,
                                        "ports",
                                        Json.array(Map.of(
                                                "name",
                                                "postgres",
                                                "port",
                                                5432,
                                                "targetPort",
                                                5432,
                                                "protocol",
                                                "TCP")))));
    }

    /** One instance after the other: the first is the primary, replicas follow when it is ready; surplus ones go, the last first. */
    private void instances(ObjectNode cluster) throws IOException, InterruptedException {
        var wanted = wanted(cluster);
        for (var number = 1; number <= wanted; number++) {
            claim(cluster, number);
            var pod = pods.find(instance(cluster, number));
            if (pod.isEmpty()) {
                pod(cluster, number);
                return;
            }
            if (!Operators.isReady(pod.get())) {
                return;
            }
        }
        for (var surplus : pods.controlledBy(cluster)
                .filter(pod -> number(cluster, pod) > wanted && !Meta.isLeaving(pod))
                .toList()) {
            api.delete(Kind.POD, surplus);
        }
        for (var surplus : claims.controlledBy(cluster)
                .filter(claim -> number(cluster, claim) > wanted && !Meta.isLeaving(claim))
                .toList()) {
            api.delete(Kind.CLAIM, surplus);
        }
    }

    private static int wanted(ObjectNode cluster) {
        return Json.number(cluster, 1, "spec", "instances");
    }

    private static Key instance(ObjectNode cluster, int number) {
        return new Key(Meta.namespace(cluster), Meta.name(cluster) + "-" + number);
    }

    private static int number(ObjectNode cluster, JsonNode made) {
        var suffix = Meta.name(made).substring(Meta.name(cluster).length() + 1);
        return suffix.matches("[0-9]{1,4}") ? Integer.parseInt(suffix) : 0;
    }

    private void claim(ObjectNode cluster, int number) throws IOException, InterruptedException {
        var storage = cluster.path("spec").path("storage");
        var size = Json.text(storage, "size");
        var known = claims.find(instance(cluster, number));
        if (known.isPresent()) {
            if (!size.isEmpty()
                    && !Json.text(known.get(), "spec", "resources", "requests", "storage")
                            .equals(size)) {
                api.patch(
                        Kind.CLAIM,
                        instance(cluster, number),
                        Json.object("spec", Map.of("resources", Map.of("requests", Map.of("storage", size)))));
            }
            return;
        }
        var spec = Json.object(
                "accessModes", List.of("ReadWriteOnce"), "resources", Map.of("requests", Map.of("storage", size)));
        if (storage.has("storageClass")) {
            spec.put("storageClassName", Json.text(storage, "storageClass"));
        }
        var labels = Map.of("cnpg.io/instanceName", Meta.name(cluster) + "-" + number, "cnpg.io/pvcRole", "PG_DATA");
        api.create(
                Kind.CLAIM, Json.object("metadata", metadata(cluster, Integer.toString(number), labels), "spec", spec));
    }

    private void pod(ObjectNode cluster, int number) throws IOException, InterruptedException {
        var role = number == 1 ? "primary" : "replica";
        var labels = Map.of(
                "cnpg.io/instanceName",
                Meta.name(cluster) + "-" + number,
                "cnpg.io/instanceRole",
                role,
                "role",
                role,
                "cnpg.io/podRole",
                "instance");
        var image = Json.text(cluster, "spec", "imageName");
        var container = Json.object(
                "name",
                "postgres",
                "image",
                image.isEmpty() ? "ghcr.io/cloudnative-pg/postgresql:18" : image,
                "ports",
                Json.array(Map.of("name", "postgresql", "containerPort", 5432)),
                "securityContext",
                Map.of(
                        "allowPrivilegeEscalation",
                        false,
                        "readOnlyRootFilesystem",
                        true,
                        "capabilities",
                        Map.of("drop", List.of("ALL"))),
                "volumeMounts",
                Json.array(Map.of("name", "pgdata", "mountPath", "/var/lib/postgresql/data")));
        if (cluster.path("spec").has("resources")) {
            container.set("resources", cluster.path("spec").path("resources").deepCopy());
        }
        api.create(
                Kind.POD,
                Json.object(
                        "metadata", metadata(cluster, Integer.toString(number), labels),
                        "spec",
                                Map.of(
                                        "securityContext",
                                        Map.of(
                                                "runAsNonRoot",
                                                true,
                                                "runAsUser",
                                                26,
                                                "fsGroup",
                                                26,
                                                "seccompProfile",
                                                Map.of("type", "RuntimeDefault")),
                                        "containers",
                                        Json.array(container),
                                        "volumes",
                                        Json.array(Map.of(
                                                "name",
                                                "pgdata",
                                                "persistentVolumeClaim",
                                                Map.of("claimName", Meta.name(cluster) + "-" + number))))));
        api.event(
                CLUSTER,
                cluster,
                Happening.normal(
                        program(),
                        "CreatingInstance",
                        "Creating instance %s-%d".formatted(Meta.name(cluster), number)));
    }

    private void report(ObjectNode cluster) throws IOException, InterruptedException {
        var wanted = wanted(cluster);
        var mine =
                pods.controlledBy(cluster).filter(pod -> !Meta.isLeaving(pod)).toList();
        var ready = (int) mine.stream().filter(Operators::isReady).count();
        var isHealthy = ready == wanted && mine.size() == wanted;
        var primary = Meta.name(cluster) + "-1";
        var names = new ArrayList<>(IntStream.rangeClosed(1, mine.size())
                .mapToObj(number -> Meta.name(cluster) + "-" + number)
                .toList());
        var since = Meta.condition(cluster, "Ready")
                .filter(known -> Json.text(known, "status").equals(isHealthy ? "True" : "False"))
                .map(known -> Json.text(known, "lastTransitionTime"))
                .orElse(api.time());
        api.status(
                CLUSTER,
                cluster,
                Json.object(
                        "phase",
                        isHealthy ? HEALTHY : mine.size() <= 1 ? "Setting up primary" : "Creating a new replica",
                        "instances",
                        mine.size(),
                        "readyInstances",
                        ready,
                        "instanceNames",
                        names,
                        "currentPrimary",
                        primary,
                        "targetPrimary",
                        primary,
                        "writeService",
                        Meta.name(cluster) + "-rw",
                        "readService",
                        Meta.name(cluster) + "-r",
                        "conditions",
                        Json.array(Map.of(
                                "type",
                                "Ready",
                                "status",
                                isHealthy ? "True" : "False",
                                "lastTransitionTime",
                                since,
                                "reason",
                                isHealthy ? "ClusterIsReady" : "ClusterIsNotReady",
                                "message",
                                isHealthy ? "Cluster is Ready" : "Cluster Is Not Ready"))));
    }
}
