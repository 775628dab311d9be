package io.btp.installer.simulator.operators;

import io.btp.installer.simulator.client.Cluster;
import io.btp.installer.simulator.client.Identity;
import io.btp.installer.simulator.client.Json;
import io.btp.installer.simulator.client.Key;
import io.btp.installer.simulator.client.Kind;
import io.btp.installer.simulator.client.Meta;
import io.btp.installer.simulator.client.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Plays cert-manager for its issuers, of one kind each: those that sign themselves or with a CA of the user's are ready;
 * one that would ask an ACME authority says that nobody asks here.
 */
final class CertManagerIssuers implements Operator {
    static final Kind CLUSTER_ISSUER = new Kind("cert-manager.io", "v1", "ClusterIssuer", "clusterissuers", false);
    static final Kind ISSUER = new Kind("cert-manager.io", "v1", "Issuer", "issuers", true);
    static final String PROGRAM = "cert-manager";

    private final Cluster api;
    private final Kind kind;
    private final Store secrets;
    private final Store pods;

    CertManagerIssuers(Cluster api, Kind kind) throws InterruptedException {
        this.api = api;
        this.kind = kind;
        this.secrets = api.store(Kind.SECRET);
        this.pods = api.store(Kind.POD);
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public String program() {
        return PROGRAM;
    }

    @Override
    public List<Kind> made() {
        return List.of(Kind.SECRET);
    }

    @Override
    public Stream<Key> concerned(JsonNode changed, Stream<ObjectNode> known) {
        return known.filter(
                        issuer -> Json.text(issuer, "spec", "ca", "secretName").equals(Meta.name(changed)))
                .map(Meta::key);
    }

    @Override
    public void reconcile(ObjectNode issuer) throws IOException, InterruptedException {
        if (issuer.path("spec").has("acme")) {
            report(
                    issuer,
                    "False",
                    "ErrRegisterACMEAccount",
                    "Failed to register ACME account: this cert-manager is simulated and asks no authority");
        } else if (issuer.path("spec").has("ca") && authority(issuer).isEmpty()) {
            var name = Json.text(issuer, "spec", "ca", "secretName");
            report(
                    issuer,
                    "False",
                    "ErrGetKeyPair",
                    "Error getting keypair for CA issuer: secret \"%s\"".formatted(name));
        } else {
            report(issuer, "True", "IsReady", "");
        }
    }

    private void report(ObjectNode issuer, String status, String reason, String message)
            throws IOException, InterruptedException {
        api.status(
                kind,
                issuer,
                Json.object(
                        "conditions",
                        Json.array(CertManagerCertificates.condition(
                                issuer, "Ready", status, reason, message, api.time()))));
    }

    /** Gives the CA that an issuer signs with, if its Secret is there and holds one. */
    Optional<Identity> authority(ObjectNode issuer) {
        var name = Json.text(issuer, "spec", "ca", "secretName");
        var namespace = kind.isNamespaced() ? Optional.of(Meta.namespace(issuer)) : home();
        return namespace.flatMap(where -> secrets.find(new Key(where, name))).flatMap(CertManagerIssuers::identity);
    }

    /** The Secrets of cluster-wide issuers are where the program runs. */
    private Optional<String> home() {
        return pods.all()
                .filter(pod -> Meta.label(pod, "app.kubernetes.io/name").equals(PROGRAM) && Operators.isReady(pod))
                .map(Meta::namespace)
                .findFirst();
    }

    private static Optional<Identity> identity(ObjectNode secret) {
        try {
            return Optional.of(Identity.of(decoded(secret, "tls.crt"), decoded(secret, "tls.key")));
        } catch (GeneralSecurityException unusable) {
            // The issuer says that it has no key pair.
            return Optional.empty();
        }
    }

    static String decoded(JsonNode secret, String name) {
        return new String(Base64.getMimeDecoder().decode(Json.text(secret, "data", name)), StandardCharsets.US_ASCII);
    }
}
