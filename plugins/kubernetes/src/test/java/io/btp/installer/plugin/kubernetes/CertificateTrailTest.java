package io.btp.installer.plugin.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Problem;
import io.btp.installer.api.ProviderException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What cert-manager 1.21.1 writes into the status of its resources, with words of Pebble and of Let's Encrypt. */
final class CertificateTrailTest {
    private static final String ACME = "acme.cert-manager.io/v1";
    private static final ObjectRef CERTIFICATE =
            ObjectRef.of(CertManager.GROUP_VERSION, "Certificate", "settlemint", "acme-tls");
    private static final ObjectRef ISSUER =
            ObjectRef.clusterWide(CertManager.GROUP_VERSION, "ClusterIssuer", "acme-letsencrypt");
    private static final Map<String, Object> READY = condition("Ready", "True", "Ready", "fine");
    private static final Map<String, Object> UNREADY =
            condition("Ready", "False", "DoesNotExist", "Issuing certificate as Secret does not exist");
    private static final Map<String, Object> ISSUING =
            condition("Issuing", "True", "DoesNotExist", "Issuing certificate as Secret does not exist");
    private static final Map<String, Object> WAITING = condition(
            "Ready",
            "False",
            "Pending",
            "Waiting on certificate issuance from order settlemint/acme-tls-1-77: \"pending\"");

    private final World world = new World();
    private final CertificateTrail trail =
            new CertificateTrail(new FakeKubernetes(world, true, Map.of()), CERTIFICATE, ISSUER);

    @BeforeEach
    void openTheNamespace() {
        world.putCertificates();
        world.put(Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", "settlemint")));
    }

    private static Map<String, Object> condition(String type, String status, String reason, String message) {
        return Map.of("type", type, "status", status, "reason", reason, "message", message);
    }

    private void issuer(Map<String, Object> condition) {
        put(CertManager.GROUP_VERSION, "ClusterIssuer", "", "acme-letsencrypt", "", Map.of(), conditions(condition));
    }

    @SafeVarargs
    private static Map<String, Object> conditions(Map<String, Object>... conditions) {
        return Map.of("conditions", List.of(conditions));
    }

    private void certificate(Map<String, Object> status) {
        put(CertManager.GROUP_VERSION, "Certificate", "settlemint", "acme-tls", "", Map.of(), status);
    }

    private void request(String name, Map<String, Object> condition) {
        put(
                CertManager.GROUP_VERSION,
                "CertificateRequest",
                "settlemint",
                name,
                "acme-tls",
                Map.of(),
                conditions(condition));
    }

    private void order(Map<String, Object> status) {
        put(ACME, "Order", "settlemint", "acme-tls-1-77", "acme-tls-1", Map.of(), status);
    }

    private void challenge(String name, String host, Map<String, Object> status) {
        put(ACME, "Challenge", "settlemint", name, "acme-tls-1-77", Map.of("type", "HTTP-01", "dnsName", host), status);
    }

    private void put(
            String apiVersion,
            String kind,
            String namespace,
            String name,
            String owner,
            Map<String, Object> spec,
            Map<String, Object> status) {
        var metadata = new LinkedHashMap<String, Object>(Map.of("name", name, "uid", "uid-" + name, "generation", 1));
        if (!namespace.isEmpty()) {
            metadata.put("namespace", namespace);
        }
        if (!owner.isEmpty()) {
            metadata.put("ownerReferences", List.of(Map.of("uid", "uid-" + owner)));
        }
        // Past the world's garbage collector, which knows the owners of databases only.
        var object = Map.<String, Object>of(
                "apiVersion", apiVersion, "kind", kind, "metadata", metadata, "spec", spec, "status", status);
        world.objects.put(ObjectRef.to(object).toString(), object);
    }

    private static List<String> chain(Problem problem) {
        var lines = new ArrayList<String>();
        for (var at = Optional.of(problem);
                at.isPresent();
                at = at.get().causes().stream().findFirst()) {
            lines.add(at.get().summary());
        }
        return lines;
    }

    @Test
    void leadsFromTheCertificateToTheChallengeThatIsStuck() throws InterruptedException {
        issuer(READY);
        certificate(conditions(UNREADY, ISSUING));
        request("acme-tls-1", WAITING);
        order(Map.of("state", "pending"));
        challenge("one", "btp.acme.example", Map.of("state", "valid"));
        challenge(
                "two",
                "grafana.btp.acme.example",
                Map.of(
                        "state",
                        "pending",
                        "reason",
                        "Waiting for HTTP-01 challenge propagation: failed to perform self check GET request"
                                + " 'http://grafana.btp.acme.example/.well-known/acme-challenge/on2g': dial tcp: lookup"
                                + " grafana.btp.acme.example: no such host"));

        var problem = trail.missing().orElseThrow();

        assertThat(chain(problem))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("Certificate settlemint/acme-tls is not ready: Issuing"),
                        line -> assertThat(line).startsWith("CertificateRequest settlemint/acme-tls-1 is not ready"),
                        line -> assertThat(line).isEqualTo("Order settlemint/acme-tls-1-77 is not ready: pending"),
                        line -> assertThat(line)
                                .startsWith("Challenge settlemint/two is not ready: HTTP-01 of"
                                        + " grafana.btp.acme.example is pending: Waiting for HTTP-01")
                                .contains("no such host"));
        assertThat(problem.root().reason()).isEqualTo(Problem.Reason.NOT_FOUND);
        assertThat(problem.root().remedy()).contains("DNS records that lead each host to the ingress");
    }

    @Test
    void endsTheWaitWhenTheAuthorityHasRefused() {
        issuer(READY);
        var words = "The certificate request has failed to complete and will be retried: Failed to wait for order"
                + " resource \"acme-tls-1-77\" to become ready: order is in \"invalid\" state: ";
        certificate(conditions(UNREADY, condition("Issuing", "False", "Failed", words)));
        request("acme-tls-1", condition("Ready", "False", "Failed", words));
        order(Map.of("state", "invalid"));
        challenge(
                "one",
                "btp.acme.example",
                Map.of(
                        "state",
                        "invalid",
                        "reason",
                        "Error accepting authorization: acme: authorization error for btp.acme.example: 400"
                                + " urn:ietf:params:acme:error:connection: Connection refused"));

        assertThatExceptionOfType(ProviderException.class)
                .isThrownBy(trail::missing)
                .satisfies(refused -> assertThat(chain(refused.problem()).getLast())
                        .contains("HTTP-01 of btp.acme.example is invalid", "Connection refused"));
    }

    @Test
    void tellsThatALimitIsReached() throws InterruptedException {
        issuer(READY);
        certificate(conditions(UNREADY, ISSUING));
        request("acme-tls-1", WAITING);
        order(Map.of(
                "state",
                "errored",
                "reason",
                "Failed to create Order: 429 urn:ietf:params:acme:error:rateLimited: too many certificates (5) already"
                        + " issued for this exact set of identifiers in the last 168h0m0s, retry after 2026-12-01"));

        var root = trail.missing().orElseThrow().root();

        assertThat(root.reason()).isEqualTo(Problem.Reason.QUOTA);
        assertThat(root.remedy()).contains("Wait until the time that the authority names");
    }

    @Test
    void namesTheIssuerWhoseAccountIsRefused() throws InterruptedException {
        issuer(condition(
                "Ready",
                "False",
                "ErrRegisterACMEAccount",
                "Failed to register ACME account: 403 urn:ietf:params:acme:error:externalAccountRequired: a binding"));
        certificate(conditions(UNREADY, ISSUING));

        assertThat(trail.issuerMissing().orElseThrow().remedy()).contains("acme.eab.keyId");
        assertThat(trail.missing().orElseThrow().root().summary())
                .startsWith("ClusterIssuer acme-letsencrypt is not ready: Failed to register ACME account");
    }

    @Test
    void believesNoStatusOfAnEarlierVersion() throws InterruptedException {
        var stale = Map.<String, Object>of(
                "type", "Ready", "status", "True", "reason", "Ready", "message", "fine", "observedGeneration", 0);
        issuer(stale);
        certificate(conditions(stale));

        assertThat(trail.issuerMissing().orElseThrow().summary()).contains("has not been seen by cert-manager yet");
        assertThat(trail.isIssued()).isFalse();
    }

    @Test
    void looksAtTheNewestRequestOnly() throws InterruptedException {
        issuer(READY);
        certificate(conditions(UNREADY, ISSUING));
        put(
                CertManager.GROUP_VERSION,
                "CertificateRequest",
                "settlemint",
                "of-before",
                "another",
                Map.of(),
                conditions(condition("Denied", "True", "policy", "not this one")));
        request("acme-tls-1", condition("Denied", "True", "policy.cert-manager.io", "no policy approved this request"));

        assertThat(trail.missing().orElseThrow().root().summary())
                .contains("acme-tls-1", "no policy approved this request");
    }

    @Test
    void isSilentWhereTheCertificateIsIssued() throws InterruptedException {
        issuer(READY);
        certificate(conditions(READY));

        assertThat(trail.issuerMissing()).isEmpty();
        assertThat(trail.missing()).isEmpty();
        assertThat(trail.hasFailed()).isFalse();
    }

    @Test
    void saysWhatIsNotThereYet() throws InterruptedException {
        assertThat(trail.issuerMissing().orElseThrow().summary())
                .isEqualTo("ClusterIssuer acme-letsencrypt is not there");
        assertThat(trail.missing().orElseThrow().summary()).isEqualTo("Certificate settlemint/acme-tls is not there");
    }
}
