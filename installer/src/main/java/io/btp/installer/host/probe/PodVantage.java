package io.btp.installer.host.probe;

import io.btp.installer.api.Check;
import io.btp.installer.api.Connection;
import io.btp.installer.api.Installation;
import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Problem;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.Records;
import io.btp.installer.api.Slot;
import io.btp.installer.api.Slots;
import io.btp.installer.api.contract.Cluster;
import io.btp.installer.api.contract.Namespaces;
import io.btp.installer.api.contract.Secret;
import io.btp.installer.host.kubernetes.ClusterClient;
import io.btp.installer.host.kubernetes.Fields;
import io.btp.installer.host.kubernetes.Readiness;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;

/**
 * Looks at an address from where the platform will: from a pod. A trial: it makes a Job with a Secret beside it, both named
 * {@code btp-check-…}, in the namespace of the dependencies or, before that is there, in one of its own, and removes them.
 */
public final class PodVantage {
    private static final String FOLDER = "/etc/btp-check";
    private static final String AUTHORITIES = "authorities.pem";
    private static final String CONFIGURATION = "curl.conf";
    private static final String CONTAINER = "curl";
    private static final int LONGEST_RUN_SECONDS = 20;
    private static final int KEPT_SECONDS = 60;
    private static final int LINES = 20;

    private final Installation installation;
    private final ClusterClient client;
    private final Records records;
    private final String name;

    /**
     * Gives the check of a published record, whoever published it; none for records that have no address to look at, and
     * while there is no cluster.
     */
    public static List<Check> checks(
            Installation installation,
            Optional<ClusterClient> cluster,
            Slot<?> slot,
            Record published,
            Records records,
            RandomGenerator random) {
        var vantage = Vantage.of(published);
        if (cluster.isEmpty() || vantage.isEmpty()) {
            return List.of();
        }
        var name = "btp-check-" + HexFormat.of().toHexDigits(random.nextLong());
        return List.of(new PodVantage(installation, cluster.get(), records, name)
                .check(slot.name() + ".from-pods", vantage.get()));
    }

    /**
     * Looks in this cluster.
     *
     * @param name of what is made
     */
    PodVantage(Installation installation, ClusterClient client, Records records, String name) {
        this.installation = installation;
        this.client = client;
        this.records = records;
        this.name = name;
    }

    /** Gives the check of an address. */
    Check check(String id, Vantage vantage) {
        return Check.of(id, vantage.subject() + " is reached from pods", () -> look(vantage))
                .asTrial();
    }

    private Check.Result look(Vantage vantage) throws InterruptedException {
        if (records.find(Slots.CLUSTER).filter(Cluster::simulated).isPresent()) {
            return new Check.Result.Simulated("nothing runs in the pods of a simulated cluster");
        }
        try {
            return looked(vantage);
        } catch (ProviderException refused) {
            return new Check.Result.Warned(Problem.of(
                            refused.problem().reason(),
                            "Whether pods reach %s could not be seen".formatted(vantage.subject()),
                            refused.problem().remedy())
                    .causedBy(refused.problem()));
        }
    }

    /** Looks, and removes what it made. */
    Check.Result looked(Vantage vantage) throws InterruptedException {
        var namespace = records.find(Slots.NAMESPACES).map(Namespaces::dependencies);
        var isThere = namespace.isPresent()
                && client.find(ObjectRef.clusterWide("v1", "Namespace", namespace.get()))
                        .isPresent();
        var where = isThere ? namespace.get() : name;
        try {
            if (!isThere) {
                client.create(namespace());
            }
            var job = client.create(job(where));
            client.create(
                    secret(vantage, where, Fields.text(job, "metadata", "uid").orElse("")));
            return seen(vantage, where);
        } finally {
            client.delete(
                    isThere
                            ? ObjectRef.of("batch/v1", "Job", where, name)
                            : ObjectRef.clusterWide("v1", "Namespace", name));
        }
    }

    private Check.Result seen(Vantage vantage, String where) throws InterruptedException {
        var pods = client.sockets().pods().inNamespace(where).withLabel("job-name", name);
        var ended = pods.informOnCondition(found -> found.stream()
                .anyMatch(pod ->
                        List.of("Succeeded", "Failed").contains(pod.getStatus().getPhase())));
        try {
            ended.get(LONGEST_RUN_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            return notRun(where);
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed);
        } finally {
            ended.cancel(true);
        }
        for (var pod : client.list("v1", "Pod", Optional.of(where), Map.of("job-name", name))) {
            return new PodReport(vantage).of(client.log(where, ObjectRef.to(pod).name(), CONTAINER, false, LINES));
        }
        return notRun(where);
    }

    private Check.Result notRun(String where) throws InterruptedException {
        var problem = Problem.of(
                Problem.Reason.NOT_READY,
                "The pod that looks from within the cluster did not run within %d s".formatted(LONGEST_RUN_SECONDS),
                "Mend what keeps it, or name another image with curl in connection.probeImage");
        for (var pod : client.list("v1", "Pod", Optional.of(where), Map.of("job-name", name))) {
            var cause = new Readiness(client).missing(ObjectRef.to(pod));
            return new Check.Result.Warned(cause.map(problem::causedBy).orElse(problem));
        }
        return new Check.Result.Warned(problem);
    }

    private Map<String, String> labels() {
        return Map.of(Installation.LABEL, installation.name(), "app.kubernetes.io/managed-by", "btp-installer");
    }

    private Map<String, Object> namespace() {
        return Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", name, "labels", labels()));
    }

    private Map<String, Object> metadata(String namespace) {
        return Map.of("name", name, "namespace", namespace, "labels", labels());
    }

    /**
     * Gives the Secret with curl's configuration, which may hold the proxy's login.
     *
     * @param job uid of the Job that it goes with, whatever becomes of this program
     */
    Map<String, Object> secret(Vantage vantage, String namespace, String job) {
        var connection = installation.connection();
        var authorities = vantage.authorities(connection);
        var file = authorities.map(pem -> FOLDER + "/" + AUTHORITIES);
        var files = new LinkedHashMap<String, Object>();
        files.put(CONFIGURATION, Secret.resolvedBy(() -> vantage.configuration(connection, file)));
        authorities.ifPresent(pem -> files.put(AUTHORITIES, pem));
        var metadata = new LinkedHashMap<>(metadata(namespace));
        metadata.put(
                "ownerReferences", List.of(Map.of("apiVersion", "batch/v1", "kind", "Job", "name", name, "uid", job)));
        return Map.of(
                "apiVersion", "v1",
                "kind", "Secret",
                "metadata", metadata,
                "type", "Opaque",
                "stringData", files);
    }

    /** Gives the Job; allowed where pods are restricted, too. */
    Map<String, Object> job(String namespace) {
        var template = Map.of("metadata", Map.of("labels", labels()), "spec", pod());
        var spec = Map.of(
                "backoffLimit",
                0,
                "activeDeadlineSeconds",
                LONGEST_RUN_SECONDS + KEPT_SECONDS,
                "ttlSecondsAfterFinished",
                KEPT_SECONDS,
                "template",
                template);
        return Map.of("apiVersion", "batch/v1", "kind", "Job", "metadata", metadata(namespace), "spec", spec);
    }

    private String image() {
        var connection = installation.connection();
        return connection.probeImage().equals(Connection.CURL)
                ? connection.image(Connection.CURL)
                : connection.probeImage();
    }

    private Map<String, Object> pod() {
        var container = new LinkedHashMap<String, Object>();
        container.put("name", CONTAINER);
        container.put("image", image());
        container.put("command", List.of("curl", "--config", FOLDER + "/" + CONFIGURATION));
        container.put("volumeMounts", List.of(Map.of("name", "files", "mountPath", FOLDER, "readOnly", true)));
        container.put(
                "resources",
                Map.of("requests", Map.of("cpu", "10m", "memory", "16Mi"), "limits", Map.of("memory", "64Mi")));
        container.put(
                "securityContext",
                Map.of(
                        "allowPrivilegeEscalation", false,
                        "readOnlyRootFilesystem", true,
                        "capabilities", Map.of("drop", List.of("ALL"))));
        var pod = new LinkedHashMap<String, Object>();
        pod.put("restartPolicy", "Never");
        pod.put("automountServiceAccountToken", false);
        pod.put(
                "securityContext",
                Map.of("runAsNonRoot", true, "runAsUser", 65532, "seccompProfile", Map.of("type", "RuntimeDefault")));
        installation.pullSecret().ifPresent(secret -> pod.put("imagePullSecrets", List.of(Map.of("name", secret))));
        pod.put("containers", List.of(container));
        pod.put("volumes", List.of(Map.of("name", "files", "secret", Map.of("secretName", name))));
        return pod;
    }
}
