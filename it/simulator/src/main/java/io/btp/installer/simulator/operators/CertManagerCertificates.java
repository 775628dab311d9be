package io.btp.installer.simulator.operators;

import io.btp.installer.simulator.client.Cluster;
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
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Plays cert-manager for {@code Certificate} resources: issues real certificates into the Secret that is named, with the
 * annotations of cert-manager 1.21, and anew when hosts or issuer change. Requests and orders are left out.
 */
final class CertManagerCertificates implements Operator {
    static final Kind CERTIFICATE = new Kind("cert-manager.io", "v1", "Certificate", "certificates", true);
    private static final String ANNOTATION = "cert-manager.io/";
    private static final String OWNER = ANNOTATION + "certificate-name";

    private final Cluster api;
    private final Map<String, CertManagerIssuers> issuers;
    private final Store secrets;

    CertManagerCertificates(Cluster api, Map<String, CertManagerIssuers> issuers) throws InterruptedException {
        this.api = api;
        this.issuers = Map.copyOf(issuers);
        this.secrets = api.store(Kind.SECRET);
    }

    @Override
    public Kind kind() {
        return CERTIFICATE;
    }

    @Override
    public String program() {
        return CertManagerIssuers.PROGRAM;
    }

    @Override
    public List<Kind> made() {
        return List.of(Kind.SECRET, CertManagerIssuers.CLUSTER_ISSUER, CertManagerIssuers.ISSUER);
    }

    /** A Secret concerns the certificate that it holds, an issuer those that name it. */
    @Override
    public Stream<Key> concerned(JsonNode changed, Stream<ObjectNode> known) {
        var owner = Meta.annotation(changed, OWNER);
        if (!owner.isEmpty()) {
            return Stream.of(new Key(Meta.namespace(changed), owner));
        }
        return known.filter(certificate ->
                        Json.text(certificate, "spec", "issuerRef", "name").equals(Meta.name(changed)))
                .map(Meta::key);
    }

    @Override
    public void reconcile(ObjectNode certificate) throws IOException, InterruptedException {
        var wanted = annotations(certificate);
        var held = secrets.find(secret(certificate))
                .filter(secret -> wanted.entrySet().stream()
                        .allMatch(
                                entry -> Meta.annotation(secret, entry.getKey()).equals(entry.getValue())))
                .flatMap(CertManagerCertificates::first);
        if (held.isPresent()) {
            api.status(CERTIFICATE, certificate, issued(certificate, held.get()));
            return;
        }
        var reference = certificate.path("spec").path("issuerRef");
        var operator = Optional.ofNullable(issuers.get(Json.text(reference, "kind")));
        var issuer = operator.flatMap(it -> issuer(certificate, it, reference));
        if (issuer.isEmpty() || !Meta.isTrue(issuer.get(), "Ready")) {
            api.status(CERTIFICATE, certificate, waiting(certificate));
            return;
        }
        issue(certificate, operator.orElseThrow(), issuer.get(), wanted);
    }

    private Optional<ObjectNode> issuer(ObjectNode certificate, CertManagerIssuers operator, JsonNode reference) {
        var name = Json.text(reference, "name");
        var key = operator.kind().isNamespaced() ? new Key(Meta.namespace(certificate), name) : Key.of(name);
        return api.following(operator.kind()).find(key);
    }

    private static Key secret(ObjectNode certificate) {
        return new Key(Meta.namespace(certificate), Json.text(certificate, "spec", "secretName"));
    }

    private static List<String> hosts(ObjectNode certificate) {
        return Json.items(certificate, "spec", "dnsNames")
                .map(host -> host.asString(""))
                .toList();
    }

    private static Map<String, String> annotations(ObjectNode certificate) {
        var reference = certificate.path("spec").path("issuerRef");
        return Map.of(
                OWNER,
                Meta.name(certificate),
                ANNOTATION + "alt-names",
                String.join(",", hosts(certificate)),
                ANNOTATION + "issuer-name",
                Json.text(reference, "name"),
                ANNOTATION + "issuer-kind",
                Json.text(reference, "kind"),
                ANNOTATION + "issuer-group",
                "cert-manager.io");
    }

    private static Optional<X509Certificate> first(ObjectNode secret) {
        try {
            return Pem.certificates(CertManagerIssuers.decoded(secret, "tls.crt")).stream()
                    .map(X509Certificate.class::cast)
                    .findFirst();
        } catch (GeneralSecurityException unusable) {
            // It is issued anew.
            return Optional.empty();
        }
    }

    private void issue(
            ObjectNode certificate, CertManagerIssuers operator, ObjectNode issuer, Map<String, String> annotations)
            throws IOException, InterruptedException {
        try {
            var authority = operator.authority(issuer);
            var identity = authority.isPresent()
                    ? authority.get().sign(api.now(), hosts(certificate))
                    : Identity.selfSigned(api.now(), hosts(certificate));
            write(certificate, identity, annotations);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK makes certificates", e);
        }
    }

    private void write(ObjectNode certificate, Identity identity, Map<String, String> annotations)
            throws IOException, InterruptedException {
        var labels = new TreeMap<>(Json.texts(certificate, "spec", "secretTemplate", "labels"));
        labels.put("controller.cert-manager.io/fao", "true");
        var root = identity.chain().getLast();
        var data = Json.object(
                "tls.crt",
                base64(identity.chain().stream()
                        .filter(one -> one != root || identity.chain().size() == 1)
                        .map(one -> new Identity(identity.key(), List.of(one)).certificates())
                        .collect(Collectors.joining())),
                "tls.key",
                base64(Pem.text("PRIVATE KEY", identity.key().getEncoded())),
                "ca.crt",
                base64(new Identity(identity.key(), List.of(root)).certificates()));
        var key = secret(certificate);
        var known = secrets.find(key);
        var secret = known.map(ObjectNode::deepCopy)
                .orElseGet(() -> Json.object(
                        "metadata",
                        Map.of("namespace", key.namespace(), "name", key.name()),
                        "type",
                        "kubernetes.io/tls"));
        var metadata = secret.withObjectProperty("metadata");
        labels.forEach(metadata.withObjectProperty("labels")::put);
        annotations.forEach(metadata.withObjectProperty("annotations")::put);
        secret.set("data", data);
        if (known.isPresent()) {
            api.replace(Kind.SECRET, secret);
        } else {
            api.create(Kind.SECRET, secret);
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    private ObjectNode issued(ObjectNode certificate, X509Certificate held) {
        return Json.object(
                "conditions",
                Json.array(condition(
                        certificate,
                        "Ready",
                        "True",
                        "Ready",
                        "Certificate is up to date and has not expired",
                        api.time())),
                "notBefore",
                held.getNotBefore().toInstant().toString(),
                "notAfter",
                held.getNotAfter().toInstant().toString(),
                "revision",
                1);
    }

    private ObjectNode waiting(ObjectNode certificate) {
        var message = "Issuing certificate as Secret does not exist";
        return Json.object(
                "conditions",
                Json.array(
                        condition(certificate, "Ready", "False", "DoesNotExist", message, api.time()),
                        condition(certificate, "Issuing", "True", "DoesNotExist", message, api.time())));
    }

    /** Gives a condition; one that holds on keeps the time since when it does. */
    static ObjectNode condition(
            ObjectNode object, String type, String status, String reason, String message, String now) {
        var same = Meta.condition(object, type)
                .filter(known -> Json.text(known, "status").equals(status))
                .map(known -> Json.text(known, "lastTransitionTime"));
        return Json.object(
                "type", type,
                "status", status,
                "reason", reason,
                "message", message,
                "observedGeneration", Meta.generation(object),
                "lastTransitionTime", same.orElse(now));
    }
}
