package io.btp.installer.simulator.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.simulator.client.Identity;
import io.btp.installer.simulator.client.Pem;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What has to hold on every API. */
abstract class Scenarios {
    private static final int LIMIT = 40;
    private static final ResourceDefinitionContext CLUSTER = new ResourceDefinitionContext.Builder()
            .withGroup("postgresql.cnpg.io")
            .withVersion("v1")
            .withKind("Cluster")
            .withPlural("clusters")
            .withNamespaced(true)
            .build();

    private final String namespace = "scenario-" + UUID.randomUUID().toString().substring(0, 8);

    abstract KubernetesClient client();

    abstract Web web();

    @BeforeEach
    void makeNamespace() {
        client().resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        until(client().serviceAccounts().inNamespace(namespace).withName("default")::get, Objects::nonNull);
    }

    @AfterEach
    void removeNamespace() {
        rule("");
        client().namespaces().withName(namespace).delete();
    }

    @Test
    void rollsADeploymentOut() {
        apply(deployment("web", 3, "nginx:1"));
        isAvailable("web");
        apply(deployment("web", 3, "nginx:2"));
        until(
                client().apps().deployments().inNamespace(namespace).withName("web")::get,
                web -> Integer.valueOf(3).equals(web.getStatus().getUpdatedReplicas())
                        && Integer.valueOf(3).equals(web.getStatus().getReplicas())
                        && Integer.valueOf(3).equals(web.getStatus().getAvailableReplicas()));
        assertThat(client().apps().replicaSets().inNamespace(namespace).list().getItems())
                .extracting(set -> set.getMetadata().getAnnotations().get("deployment.kubernetes.io/revision"))
                .containsExactlyInAnyOrder("1", "2");
    }

    @ParameterizedTest
    @CsvSource({
        "image-pull-backoff, ImagePullBackOff, BackOff",
        "pull-secret-missing, ImagePullBackOff, FailedToRetrieveImagePullSecret",
        "crash-loop, CrashLoopBackOff, BackOff",
    })
    void showsWhyAContainerWaitsAndHeals(String mode, String reason, String event) {
        rule(namespace + "/web-* nginx* " + mode);
        apply(deployment("web", 1, "nginx:1"));
        pod(pod -> waitingReason(pod).equals(reason));
        event(found -> found.getReason().equals(event));
        rule("");
        isAvailable("web");
    }

    @ParameterizedTest
    @CsvSource({"never-ready, Unhealthy", "pending, FailedScheduling"})
    void tellsWhyAPodIsNotReadyAndHeals(String mode, String event) {
        rule(namespace + "/web-* * " + mode);
        apply(deployment("web", 1, "nginx:1"));
        event(found -> found.getReason().equals(event));
        assertThat(available("web")).isZero();
        rule("");
        isAvailable("web");
    }

    /** As the node controller does when it has not heard of a node for a while, for example after an API server's end. */
    @Test
    void makesAPodReadyAgainThatWasTakenForUnready() {
        apply("""
                apiVersion: v1
                kind: Pod
                metadata: {name: unheard}
                spec: {containers: [{name: c, image: x}]}
                """);
        pod(Scenarios::isReady);
        var pods = client().pods().inNamespace(namespace).withName("unheard");
        var marked = pods.editStatus(pod -> {
            pod.getStatus().getConditions().stream()
                    .filter(condition -> condition.getType().equals("Ready"))
                    .forEach(condition -> condition.setStatus("False"));
            return pod;
        });
        assertThat(isReady(marked)).isFalse();
        pod(Scenarios::isReady);
    }

    @Test
    void waitsForTheSecretOfAPod() {
        apply("""
                apiVersion: v1
                kind: Pod
                metadata: {name: needy}
                spec: {containers: [{name: c, image: x, envFrom: [{secretRef: {name: wanted}}]}]}
                """);
        pod(pod -> waitingReason(pod).equals("CreateContainerConfigError"));
        apply("apiVersion: v1\nkind: Secret\nmetadata: {name: wanted}\n");
        pod(Scenarios::isReady);
    }

    @Test
    void completesAndFailsJobs() {
        apply(job("good", "complete"));
        apply(job("bad", "fail=3"));
        hasEnded("good", "Complete");
        hasEnded("bad", "Failed");
        assertThat(client().pods()
                        .inNamespace(namespace)
                        .withLabel("job-name", "bad")
                        .list()
                        .getItems())
                .allSatisfy(pod -> assertThat(pod.getStatus()
                                .getContainerStatuses()
                                .getFirst()
                                .getState()
                                .getTerminated()
                                .getExitCode())
                        .isEqualTo(3));
    }

    @Test
    void bindsTheClaimsOfAStatefulSetInOrder() {
        apply("""
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: db}
                spec:
                  replicas: 2
                  serviceName: db
                  selector: {matchLabels: {app: db}}
                  template: {metadata: {labels: {app: db}}, spec: {containers: [{name: c, image: db}]}}
                  volumeClaimTemplates: [{metadata: {name: data}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}]
                """);
        until(
                client().apps().statefulSets().inNamespace(namespace).withName("db")::get,
                db -> db.getStatus() != null
                        && Integer.valueOf(2).equals(db.getStatus().getReadyReplicas()));
        assertThat(client().persistentVolumeClaims()
                        .inNamespace(namespace)
                        .list()
                        .getItems())
                .hasSize(2)
                .allSatisfy(claim -> assertThat(claim.getStatus().getPhase()).isEqualTo("Bound"));
    }

    @Test
    void leavesAClaimOfAnUnknownClassPending() {
        apply("""
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata: {name: p}
                spec: {storageClassName: none-such, accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
                """);
        event(found -> found.getReason().equals("ProvisioningFailed")
                && found.getMessage().contains("none-such"));
        assertThat(client().persistentVolumeClaims()
                        .inNamespace(namespace)
                        .withName("p")
                        .get()
                        .getStatus()
                        .getPhase())
                .isEqualTo("Pending");
    }

    @Test
    void answersForAnIngressOnceItsPodsAreReady() throws Exception {
        rule(namespace + "/web-* * never-ready");
        apply(deployment("web", 1, "nginx:1"));
        apply(service(), ingress(""));
        var address = address();
        web().await(address, "web.example.test", 503);
        rule("");
        web().await(address, "web.example.test", 200);
        assertThat(web().body(address, "web.example.test")).contains("\"service\":\"" + namespace + "/web\"");
        web().await(address, "other.example.test", 404);
    }

    @Test
    void showsTheCertificateOfTheIngress() throws Exception {
        var identity = Identity.selfSigned(Instant.now(), List.of("web.example.test"));
        apply(deployment("web", 1, "nginx:1"));
        client().resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName("web-tls")
                        .endMetadata()
                        .withType("kubernetes.io/tls")
                        .addToData("tls.crt", base64(identity.certificates()))
                        .addToData(
                                "tls.key",
                                base64(Pem.text("PRIVATE KEY", identity.key().getEncoded())))
                        .build())
                .create();
        apply(service(), ingress("tls: [{hosts: [web.example.test], secretName: web-tls}]"));
        isAvailable("web");
        assertThat(web().certificate(address(), "web.example.test"))
                .isEqualTo(identity.chain().getFirst());
        assertThat(web().certificate(address(), "other.example.test"))
                .isNotEqualTo(identity.chain().getFirst());
    }

    @Test
    void answersAnAuthorityAsThePodsOfItsChallengeDo() throws Exception {
        apply("""
                apiVersion: v1
                kind: Pod
                metadata: {name: solver, labels: {app: web}}
                spec:
                  restartPolicy: OnFailure
                  containers:
                    - name: acmesolver
                      image: acmesolver:1
                      args: [--listen-port=8089, --domain=web.example.test, --token=abc, --key=abc.thumb]
                      ports: [{containerPort: 8089}]
                """);
        apply(service(), ingress(""));
        var address = address();
        web().await(address, "web.example.test", 200);
        assertThat(web().body(address, "web.example.test", "/.well-known/acme-challenge/abc"))
                .endsWith("\r\n\r\nabc.thumb");
        assertThat(web().body(address, "web.example.test", "/.well-known/acme-challenge/other"))
                .doesNotContain("abc.thumb");
    }

    @Test
    void keepsTheAddressOfAPendingServiceAway() {
        rule(namespace + "/web * pending");
        apply(service().replace("spec: {", "spec: {type: LoadBalancer, "));
        apply(service().replace("name: web", "name: other").replace("spec: {", "spec: {type: LoadBalancer, "));
        services("other", Scenarios::hasAddress);
        assertThat(client().services().inNamespace(namespace).withName("web").get())
                .matches(service -> !hasAddress(service));
        rule("");
        services("web", Scenarios::hasAddress);
    }

    @Test
    void makesADatabaseClusterHealthyOnceItsOperatorRuns() {
        apply(Database.definition());
        isEstablished("clusters.postgresql.cnpg.io");
        apply(Database.operator());
        isAvailable("operator");
        apply(Database.cluster(2));
        database(found -> "Cluster in healthy state".equals(found.get("status", "phase"))
                && Integer.valueOf(2).equals(found.get("status", "readyInstances")));
        var secret =
                client().secrets().inNamespace(namespace).withName("pg-app").get();
        assertThat(secret.getData())
                .containsKeys("username", "password", "dbname", "host", "port", "uri", "jdbc-uri", "pgpass");
        assertThat(new String(Base64.getDecoder().decode(secret.getData().get("uri")), StandardCharsets.UTF_8))
                .startsWith("postgresql://owner:")
                .endsWith("@pg-rw." + namespace + ":5432/things");
        assertThat(Stream.of("rw", "ro", "r"))
                .allSatisfy(suffix -> assertThat(client().services()
                                .inNamespace(namespace)
                                .withName("pg-" + suffix)
                                .get())
                        .isNotNull());
        client().genericKubernetesResources(CLUSTER)
                .inNamespace(namespace)
                .withName("pg")
                .delete();
        until(client().persistentVolumeClaims().inNamespace(namespace).withName("pg-1")::get, Objects::isNull);
    }

    @Test
    void issuesCertificatesOnceCertManagerRuns() throws Exception {
        for (var definition : List.of(
                Issuing.definition("Certificate", "certificates", "Namespaced"),
                Issuing.definition("Issuer", "issuers", "Namespaced"),
                Issuing.definition("ClusterIssuer", "clusterissuers", "Cluster"))) {
            apply(definition);
        }
        for (var name : List.of("certificates", "issuers", "clusterissuers")) {
            isEstablished(name + ".cert-manager.io");
        }
        apply(Issuing.controller());
        isAvailable("controller");
        apply(Issuing.issuer("own", "{selfSigned: {}}"), Issuing.certificate("own"));
        var first = certificate("own");
        first.verify(first.getPublicKey());
        assertThat(first.getSubjectAlternativeNames())
                .extracting(name -> (Object) name.get(1))
                .containsExactly("web.example.test", "*.web.example.test");

        apply(Issuing.issuer("ca", "{ca: {secretName: key-pair}}"), Issuing.certificate("ca"));
        var authority = Identity.selfSigned(Instant.now(), List.of("authority"));
        apply(Issuing.keyPair(authority));
        certificate("ca").verify(authority.chain().getFirst().getPublicKey());

        apply(Issuing.issuer("acme", "{acme: {server: 'https://acme.example.test'}}"), Issuing.certificate("acme"));
        until(
                client().genericKubernetesResources("cert-manager.io/v1", "Issuer")
                        .inNamespace(namespace)
                        .withName("acme")::get,
                issuer -> Objects.toString(issuer.get("status")).contains("asks no authority"));
    }

    private X509Certificate certificate(String issuer) throws Exception {
        var secret = until(
                client().secrets().inNamespace(namespace).withName("web-tls")::get,
                found -> found != null
                        && issuer.equals(found.getMetadata().getAnnotations().get("cert-manager.io/issuer-name")));
        assertThat(secret.getMetadata().getLabels()).containsEntry("owner", "me");
        until(
                client().genericKubernetesResources("cert-manager.io/v1", "Certificate")
                        .inNamespace(namespace)
                        .withName("web")::get,
                found -> Objects.toString(found.get("status")).contains("up to date"));
        var pem = new String(Base64.getDecoder().decode(secret.getData().get("tls.crt")), StandardCharsets.US_ASCII);
        return (X509Certificate) Pem.certificates(pem).getFirst();
    }

    private void isEstablished(String definition) {
        until(
                client().apiextensions().v1().customResourceDefinitions().withName(definition)::get,
                found -> found.getStatus() != null
                        && found.getStatus().getConditions().stream()
                                .anyMatch(condition -> condition.getType().equals("Established")
                                        && condition.getStatus().equals("True")));
    }

    @Test
    void emptiesANamespaceThatIsDeleted() {
        apply(deployment("web", 2, "nginx:1"));
        apply(service());
        isAvailable("web");
        client().namespaces().withName(namespace).delete();
        until(client().namespaces().withName(namespace)::get, Objects::isNull);
        assertThat(client().pods().inNamespace(namespace).list().getItems()).isEmpty();
    }

    /** Asks until the answer is as it should be: by lists and gets, as the tests are about the simulation and not about a client's watches. */
    private static <T extends @Nullable Object> T until(Supplier<T> question, Predicate<T> test) {
        var end = Instant.now().plusSeconds(LIMIT);
        while (true) {
            var answer = question.get();
            if (test.test(answer)) {
                return answer;
            }
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("not as it should be after " + LIMIT + " s: " + answer);
            }
            LockSupport.parkNanos(100_000_000);
        }
    }

    final String namespace() {
        return namespace;
    }

    final void apply(String... manifests) {
        for (var manifest : manifests) {
            client().load(new ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8)))
                    .inNamespace(namespace)
                    .serverSideApply();
        }
    }

    final void rule(String rules) {
        client().resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace("kube-system")
                        .withName("simulator-rules")
                        .endMetadata()
                        .addToData("rules", rules)
                        .build())
                .forceConflicts()
                .serverSideApply();
    }

    final void isAvailable(String name) {
        until(
                client().apps().deployments().inNamespace(namespace).withName(name)::get,
                found -> found.getStatus() != null
                        && Objects.equals(
                                found.getSpec().getReplicas(), found.getStatus().getAvailableReplicas())
                        && Objects.equals(
                                found.getMetadata().getGeneration(),
                                found.getStatus().getObservedGeneration()));
    }

    private int available(String name) {
        var status = client().apps()
                .deployments()
                .inNamespace(namespace)
                .withName(name)
                .get()
                .getStatus();
        return status == null || status.getAvailableReplicas() == null ? 0 : status.getAvailableReplicas();
    }

    private void pod(Predicate<Pod> test) {
        until(
                () -> client().pods().inNamespace(namespace).list().getItems(),
                pods -> pods.stream().anyMatch(test));
    }

    private void event(Predicate<Event> test) {
        until(
                () -> client().v1().events().inNamespace(namespace).list().getItems(),
                events -> events.stream().anyMatch(test));
    }

    private void hasEnded(String name, String condition) {
        until(
                client().batch().v1().jobs().inNamespace(namespace).withName(name)::get,
                job -> job.getStatus() != null
                        && job.getStatus().getConditions().stream()
                                .anyMatch(found -> found.getType().equals(condition)));
    }

    private void services(String name, Predicate<Service> test) {
        until(client().services().inNamespace(namespace).withName(name)::get, test);
    }

    private void database(Predicate<GenericKubernetesResource> test) {
        until(
                client().genericKubernetesResources(CLUSTER)
                        .inNamespace(namespace)
                        .withName("pg")::get,
                test);
    }

    private String address() {
        Predicate<Ingress> hasAddress = ingress -> ingress.getStatus() != null
                && ingress.getStatus().getLoadBalancer() != null
                && !ingress.getStatus().getLoadBalancer().getIngress().isEmpty();
        return until(client().network().v1().ingresses().inNamespace(namespace).withName("web")::get, hasAddress)
                .getStatus()
                .getLoadBalancer()
                .getIngress()
                .getFirst()
                .getIp();
    }

    private static boolean hasAddress(Service service) {
        return service.getStatus() != null
                && service.getStatus().getLoadBalancer() != null
                && !service.getStatus().getLoadBalancer().getIngress().isEmpty();
    }

    private static boolean isReady(Pod pod) {
        return pod.getStatus().getConditions().stream()
                .anyMatch(condition -> condition.getType().equals("Ready")
                        && condition.getStatus().equals("True"));
    }

    private static String waitingReason(HasMetadata object) {
        return ((Pod) object)
                .getStatus().getContainerStatuses().stream()
                        .map(status -> status.getState().getWaiting())
                        .filter(Objects::nonNull)
                        .map(waiting -> waiting.getReason())
                        .findFirst()
                        .orElse("");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static String deployment(String name, int replicas, String image) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %s}
                spec:
                  replicas: %d
                  selector: {matchLabels: {app: %1$s}}
                  template:
                    metadata: {labels: {app: %1$s}}
                    spec: {containers: [{name: c, image: "%s", ports: [{name: http, containerPort: 8080}]}]}
                """.formatted(name, replicas, image);
    }

    private static String job(String name, String mode) {
        return """
                apiVersion: batch/v1
                kind: Job
                metadata: {name: %s}
                spec:
                  backoffLimit: 0
                  template:
                    metadata: {annotations: {simulator.btp/mode: "%s"}}
                    spec: {restartPolicy: Never, containers: [{name: c, image: x}]}
                """.formatted(name, mode);
    }

    private static String service() {
        return """
                apiVersion: v1
                kind: Service
                metadata: {name: web}
                spec: {selector: {app: web}, ports: [{port: 80, targetPort: http}]}
                """;
    }

    private static String ingress(String tls) {
        return """
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: web}
                spec:
                  rules: [{host: web.example.test, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]
                  %s
                """.formatted(tls);
    }
}
