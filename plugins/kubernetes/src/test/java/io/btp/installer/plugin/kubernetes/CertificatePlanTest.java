package io.btp.installer.plugin.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.api.Connection;
import io.btp.installer.api.Installation;
import io.btp.installer.api.Need;
import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Observation;
import io.btp.installer.api.Records;
import io.btp.installer.api.Slot;
import io.btp.installer.api.Slots;
import io.btp.installer.api.Step;
import io.btp.installer.api.contract.Access;
import io.btp.installer.api.contract.CertificateIssuer;
import io.btp.installer.api.contract.Cluster;
import io.btp.installer.api.contract.DnsZone;
import io.btp.installer.api.contract.Ingress;
import io.btp.installer.api.contract.Namespaces;
import io.btp.installer.api.contract.Secret;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class CertificatePlanTest {
    private static final Installation ACME = new Installation("acme", "btp.acme.example", Connection.direct());
    private static final ObjectRef CERTIFICATE =
            ObjectRef.of(CertManager.GROUP_VERSION, "Certificate", "settlemint", "acme-tls");
    private static final Secret KEY = Secret.of("canary-route53-key");

    private final World world = new World();
    private final Map<Slot<?>, Record> published = new HashMap<>();
    private final Set<Slot<?>> filled = new HashSet<>();

    /** What is published; a slot may be filled and not published yet. */
    private Records records() {
        return new Records() {
            @Override
            public <O extends Record> Optional<O> find(Need<O> need) {
                return Optional.ofNullable(published.get(need.slot()))
                        .map(need.slot().type()::cast);
            }

            @Override
            public boolean isFilled(Slot<?> slot) {
                return filled.contains(slot) || published.containsKey(slot);
            }
        };
    }

    @BeforeEach
    void openTheCluster() {
        world.putCertificates();
        cluster(Cluster.Identities.PLAIN);
        published.put(Slots.NAMESPACES, new Namespaces("settlemint", "deployments", "btp-deps", Map.of()));
        for (var namespace : List.of("settlemint", "cert-manager")) {
            world.put(Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", namespace)));
        }
    }

    private void cluster(Cluster.Identities identities) {
        published.put(
                Slots.CLUSTER,
                new Cluster(
                        "uid",
                        "prod",
                        URI.create("https://127.0.0.1:6443"),
                        Secret.of("kubeconfig"),
                        "v1.35.4",
                        Optional.empty(),
                        identities,
                        false));
    }

    private void ingress() {
        published.put(
                Slots.INGRESS,
                new Ingress("traefik", Optional.empty(), Optional.of("127.98.0.1"), Optional.empty(), "btp-deps"));
    }

    private void zone(String name, Access solver) {
        published.put(
                Slots.ZONE, new DnsZone(name, "route53", "Z123", Optional.of("eu-central-1"), Optional.of(solver)));
    }

    private static CertManager.Configuration configuration(CertManager.Wish wish, Optional<String> email) {
        return new CertManager.Configuration(
                wish, email, CertManager.LETS_ENCRYPT, Optional.empty(), Optional.empty(), Optional.empty(), List.of());
    }

    private static CertManager.Configuration auto() {
        return configuration(CertManager.Wish.AUTO, Optional.empty());
    }

    private static CertManager.Configuration autoWithEmail() {
        return configuration(CertManager.Wish.AUTO, Optional.of("ops@acme.example"));
    }

    private static CertManager.Configuration ownCa(String certificate) {
        return new CertManager.Configuration(
                CertManager.Wish.CA,
                Optional.empty(),
                CertManager.LETS_ENCRYPT,
                Optional.empty(),
                Optional.empty(),
                Optional.of(new CertManager.Authority(Secret.of(certificate), Secret.of("canary-ca-key"))),
                List.of());
    }

    private FakeContext context() {
        return new FakeContext(world, new CertManager(), ACME, Set.of(Need.PLATFORM_USE));
    }

    private Observation<CertificateIssuer> look(CertManager.Configuration configuration) throws InterruptedException {
        try (var component = new CertManager().open(configuration, context())) {
            return component.observe(records());
        }
    }

    private List<Step> plan(CertManager.Configuration configuration) throws InterruptedException {
        var plan = look(configuration).install();
        assertThat(plan.blocked()).isEmpty();
        return plan.steps();
    }

    private List<String> planned(CertManager.Configuration configuration) throws InterruptedException {
        return plan(configuration).stream().map(Step::toString).toList();
    }

    /** Runs what is planned; the certificates come true where they are waited for. */
    private void install(CertManager.Configuration configuration) throws InterruptedException {
        for (var step : plan(configuration)) {
            if (step.kind() == Step.Kind.AWAIT) {
                issue();
            }
            Lab.run(step);
        }
    }

    private void issue() {
        for (var object : world.all()) {
            if (CertManager.GROUP_VERSION.equals(object.get("apiVersion"))) {
                conditions(object, Map.of("type", "Ready", "status", "True"));
            }
        }
    }

    @SafeVarargs
    private void conditions(Map<String, Object> object, Map<String, Object>... conditions) {
        var changed = new LinkedHashMap<>(object);
        changed.put("status", Map.of("conditions", List.of(conditions)));
        world.objects.put(ObjectRef.to(object).toString(), changed);
    }

    private Map<String, Object> issuer(String name) {
        return world.find(ObjectRef.clusterWide(CertManager.GROUP_VERSION, "ClusterIssuer", name))
                .orElseThrow();
    }

    private Map<String, Object> certificate() {
        return world.find(CERTIFICATE).orElseThrow();
    }

    @Test
    void signsItselfWhereNothingProvesTheDomainAndSaysSo() throws InterruptedException {
        var steps = plan(auto());

        assertThat(steps)
                .extracting(Step::toString)
                .containsExactly(
                        "create ClusterIssuer acme-self-signed",
                        "await ClusterIssuer acme-self-signed ready",
                        "create Certificate settlemint/acme-tls",
                        "await Certificate settlemint/acme-tls issued");
        assertThat(steps.getFirst().reason())
                .hasValueSatisfying(reason -> assertThat(reason)
                        .contains("browsers warn", "there is no DNS zone", "no e-mail address is given"));
    }

    @Test
    void plansTheSameWhileTheClusterIsMissing() throws InterruptedException {
        var before = planned(auto());
        published.remove(Slots.CLUSTER);
        world.objects.clear();

        assertThat(planned(auto())).isEqualTo(before);
    }

    @Test
    void waitsForTheApiBeforeEveryStep() throws InterruptedException {
        assertThat(plan(auto()))
                .allSatisfy(step -> assertThat(step.after()).contains(Need.api(CertManager.GROUP_VERSION)));
    }

    @Test
    void publishesTheIssuerOnceTheCertificateIsIssued() throws InterruptedException {
        assertThat(look(auto()).outputs()).isEmpty();
        install(auto());

        assertThat(planned(auto())).isEmpty();
        assertThat(look(auto()).outputs())
                .containsEntry(
                        Need.PLATFORM_USE,
                        new CertificateIssuer(
                                Optional.of("ClusterIssuer"),
                                Optional.of("acme-self-signed"),
                                CertificateIssuer.Challenge.NONE,
                                "acme-tls",
                                List.of("btp.acme.example", "*.btp.acme.example")));
    }

    @Test
    void answersOnPort80WhereAnEmailIsGiven() throws InterruptedException {
        ingress();
        install(autoWithEmail());

        assertThat(issuer("acme-letsencrypt").toString())
                .contains(
                        "server=https://acme-v02.api.letsencrypt.org/directory",
                        "email=ops@acme.example",
                        "ingressClassName=traefik");
        assertThat(certificate().toString())
                .contains("dnsNames=[btp.acme.example, ipfs.btp.acme.example, grafana.btp.acme.example]");
        assertThat(look(autoWithEmail()).outputs().get(Need.PLATFORM_USE))
                .extracting(CertificateIssuer::challenge)
                .isEqualTo(CertificateIssuer.Challenge.HTTP_01);
    }

    @Test
    void waitsForTheIngressAndForTheNamesThatLeadToIt() throws InterruptedException {
        filled.add(Slots.RECORDS);
        var steps = plan(autoWithEmail());

        assertThat(steps)
                .filteredOn(step -> step.target().startsWith("ClusterIssuer"))
                .allSatisfy(step -> assertThat(step.after()).contains(Need.input(Slots.INGRESS)));
        assertThat(steps)
                .filteredOn(step -> step.target().startsWith("Certificate "))
                .allSatisfy(step -> assertThat(step.after()).contains(Need.optional(Slots.RECORDS)));
        assertThat(steps.toString()).contains("create Secret cert-manager/acme-letsencrypt-account");
    }

    @Test
    void writesRecordsWhereAZoneGivesAccess() throws InterruptedException {
        zone("acme.example", new Access.Keys("AKIA1", KEY));
        install(autoWithEmail());

        var issuer = issuer("acme-letsencrypt").toString();
        assertThat(issuer)
                .contains("hostedZoneID=Z123", "region=eu-central-1", "accessKeyID=AKIA1")
                .doesNotContain(KEY.reveal());
        assertThat(world.find(ObjectRef.of("v1", "Secret", "cert-manager", "acme-letsencrypt-route53")))
                .hasValueSatisfying(secret -> assertThat(secret.toString()).contains(World.base64(KEY.reveal())));
        assertThat(certificate().toString()).contains("dnsNames=[btp.acme.example, *.btp.acme.example]");
    }

    @Test
    void saysWhatIsKnownOnlyAfterTheZone() throws InterruptedException {
        filled.add(Slots.ZONE);
        var steps = plan(auto());

        var issuer = steps.stream()
                .filter(step -> step.toString().equals("create ClusterIssuer acme-letsencrypt"))
                .findFirst()
                .orElseThrow();
        assertThat(issuer.changes().toString()).contains("known after edge.zone");
        assertThat(issuer.after()).contains(Need.input(Slots.ZONE));
    }

    @Test
    void removesNothingWhileTheZoneIsNotKnownYet() throws InterruptedException {
        zone("acme.example", new Access.Keys("AKIA1", KEY));
        install(auto());
        published.remove(Slots.ZONE);
        filled.add(Slots.ZONE);

        assertThat(plan(auto())).noneMatch(step -> step.kind() == Step.Kind.DELETE);
    }

    @Test
    void leavesAZoneThatDoesNotServeAndSaysWhy() throws InterruptedException {
        zone("other.example", new Access.Keys("AKIA1", KEY));

        assertThat(plan(auto()).getFirst().reason())
                .hasValueSatisfying(reason -> assertThat(reason)
                        .contains("The DNS zone other.example does not hold the domain btp.acme.example"));
        assertThat(look(configuration(CertManager.Wish.DNS_01, Optional.empty()))
                        .install()
                        .blocked())
                .isPresent();
    }

    @Test
    void borrowsTheServiceAccountThatTheZonesRoleTrusts() throws InterruptedException {
        cluster(Cluster.Identities.IRSA);
        zone("acme.example", new Access.WorkloadIdentity("arn:aws:iam::1:role/dns", "acme-dns"));
        install(auto());

        assertThat(issuer("acme-letsencrypt").toString())
                .contains("role=arn:aws:iam::1:role/dns", "serviceAccountRef={name=acme-dns}");
        assertThat(world.names())
                .contains(
                        "ServiceAccount cert-manager/acme-dns",
                        "Role cert-manager/acme-solver",
                        "RoleBinding cert-manager/acme-solver");
    }

    @Test
    void signsWithTheCaThatWasGiven() throws InterruptedException {
        install(ownCa("first"));

        assertThat(planned(ownCa("first"))).isEmpty();
        assertThat(world.names()).anyMatch(name -> name.matches("Secret cert-manager/acme-ca-[0-9a-f]{8}-key-pair"));
    }

    @Test
    void issuesAnewWithAnotherCaAndRemovesTheFirst() throws InterruptedException {
        install(ownCa("first"));
        var old = world.names().stream().filter(name -> name.contains("ca-")).toList();

        assertThat(planned(ownCa("second")))
                .contains("update Certificate settlemint/acme-tls")
                .containsAll(old.stream().map(name -> "delete " + name).toList());
        install(ownCa("second"));

        assertThat(world.names()).doesNotContainAnyElementsOf(old);
        assertThat(planned(ownCa("second"))).isEmpty();
    }

    @Test
    void changesTheChallengeInPlace() throws InterruptedException {
        ingress();
        install(autoWithEmail());
        zone("acme.example", new Access.Keys("AKIA1", KEY));

        assertThat(planned(autoWithEmail()))
                .containsExactly(
                        "create Secret cert-manager/acme-letsencrypt-route53",
                        "update ClusterIssuer acme-letsencrypt",
                        "update Certificate settlemint/acme-tls",
                        "await Certificate settlemint/acme-tls issued");
    }

    @Test
    void keepsAnIssuerByWhichSomebodyElseIsServed() throws InterruptedException {
        install(auto());
        world.put(Map.of(
                "apiVersion",
                CertManager.GROUP_VERSION,
                "kind",
                "Certificate",
                "metadata",
                Map.of("name", "node", "namespace", "settlemint"),
                "spec",
                Map.of("issuerRef", Map.of("kind", "ClusterIssuer", "name", "acme-self-signed"))));
        ingress();

        install(autoWithEmail());

        assertThat(world.names()).contains("ClusterIssuer acme-self-signed", "ClusterIssuer acme-letsencrypt");
        assertThat(planned(autoWithEmail())).isEmpty();
    }

    @Test
    void asksAgainAtOnceAfterAFailure() throws InterruptedException {
        install(auto());
        conditions(
                certificate(),
                Map.of("type", "Ready", "status", "False", "reason", "DoesNotExist"),
                Map.of("type", "Issuing", "status", "False", "reason", "Failed"));

        assertThat(planned(auto()))
                .containsExactly(
                        "delete Certificate settlemint/acme-tls",
                        "create Certificate settlemint/acme-tls",
                        "await Certificate settlemint/acme-tls issued");
        install(auto());
        assertThat(planned(auto())).isEmpty();
    }

    @Test
    void asksAgainWhereTheIssuerChangesUnderAChallenge() throws InterruptedException {
        ingress();
        install(autoWithEmail());
        conditions(
                certificate(), Map.of("type", "Ready", "status", "False"), Map.of("type", "Issuing", "status", "True"));
        published.put(
                Slots.INGRESS,
                new Ingress("nginx", Optional.empty(), Optional.of("127.98.0.1"), Optional.empty(), "btp-deps"));

        assertThat(planned(autoWithEmail()))
                .containsExactly(
                        "update ClusterIssuer acme-letsencrypt",
                        "delete Certificate settlemint/acme-tls",
                        "create Certificate settlemint/acme-tls",
                        "await Certificate settlemint/acme-tls issued");
    }

    @Test
    void keepsTheKeyOfItsAccount() throws InterruptedException {
        ingress();
        install(autoWithEmail());
        var account = world.objects.get("Secret cert-manager/acme-letsencrypt-account");

        install(autoWithEmail());

        assertThat(world.objects.get("Secret cert-manager/acme-letsencrypt-account"))
                .isEqualTo(account);
    }

    @Test
    void looksForSecretsWhereTheClustersOwnCertManagerDoes() throws InterruptedException {
        world.put(Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", "security")));
        world.put(Map.of(
                "apiVersion",
                "apps/v1",
                "kind",
                "Deployment",
                "metadata",
                Map.of(
                        "name",
                        "theirs",
                        "namespace",
                        "security",
                        "labels",
                        Map.of("app.kubernetes.io/name", "cert-manager", "app.kubernetes.io/component", "controller")),
                "spec",
                Map.of(
                        "template",
                        Map.of(
                                "spec",
                                Map.of(
                                        "containers",
                                        List.of(Map.of(
                                                "args",
                                                List.of(
                                                        "--v=2",
                                                        "--cluster-resource-namespace=$(POD_NAMESPACE)"))))))));
        ingress();

        assertThat(planned(autoWithEmail())).contains("create Secret security/acme-letsencrypt-account");
    }

    @Test
    void removesEverythingItMade() throws InterruptedException {
        zone("acme.example", new Access.Keys("AKIA1", KEY));
        install(auto());
        var places = records();

        var removal = new CertManager()
                .removal(new io.btp.installer.api.Removal<>(places, Optional.empty(), true), context());
        for (var step : removal.steps()) {
            Lab.run(step);
        }

        assertThat(world.names())
                .containsExactly(
                        "CustomResourceDefinition certificates.cert-manager.io",
                        "Namespace cert-manager",
                        "Namespace settlemint");
    }

    @Test
    void showsNoSecretInAnyStep() throws InterruptedException {
        zone("acme.example", new Access.Keys("AKIA1", KEY));
        for (var configuration : List.of(auto(), ownCa("canary-ca"))) {
            for (var step : plan(configuration)) {
                assertThat(step + " " + step.changes() + step.reason()).doesNotContain("canary");
            }
        }
    }
}
