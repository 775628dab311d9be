package io.btp.installer.plugin.kubernetes;

import io.btp.installer.api.Installation;
import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Records;
import io.btp.installer.api.Slots;
import io.btp.installer.api.contract.Access;
import io.btp.installer.api.contract.Cluster;
import io.btp.installer.api.contract.DnsZone;
import io.btp.installer.api.contract.Ingress;
import io.btp.installer.api.contract.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The objects that make cert-manager issue the platform's certificate, and their names.
 *
 * <p>The issuer is cluster-wide: what people deploy through the platform gets certificates from it too, and it may use
 * the identity that cert-manager itself has in the cloud. Its name tells who signs: cert-manager issues anew when a
 * certificate names another issuer, and does not when the issuer of that name changes.
 */
final class IssuerManifests {
    private static final String RBAC = "rbac.authorization.k8s.io";
    private static final int DIGITS = 8;

    private final CertManager.Configuration configuration;
    private final IssuanceChoice choice;
    private final Installation installation;
    private final CertManagerHome home;
    private final Optional<String> directoryAuthority;

    IssuerManifests(
            CertManager.Configuration configuration,
            IssuanceChoice choice,
            Installation installation,
            CertManagerHome home,
            Optional<String> directoryAuthority) {
        this.configuration = configuration;
        this.choice = choice;
        this.installation = installation;
        this.home = home;
        this.directoryAuthority = directoryAuthority;
    }

    /** Names the issuer: {@code acme-letsencrypt}. */
    String issuer() {
        return installation.nameOf(
                switch (choice.way()) {
                    case SELF_SIGNED -> "self-signed";
                    case CA -> "ca-" + digest(authority().certificate().reveal());
                    case DNS_01, HTTP_01 ->
                        configuration.directory().equals(CertManager.LETS_ENCRYPT)
                                ? "letsencrypt"
                                : "acme-" + digest(configuration.directory().toString());
                });
    }

    ObjectRef issuerRef() {
        return ObjectRef.clusterWide(CertManager.GROUP_VERSION, "ClusterIssuer", issuer());
    }

    private static String digest(String text) {
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256").digest(text.strip().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, DIGITS);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    private CertManager.Authority authority() {
        return configuration
                .authority()
                .orElseThrow(() -> new IllegalStateException("challenge ca is not answered without a CA"));
    }

    /** Refers to the key of the ACME account; there is none without ACME. */
    Optional<ObjectRef> accountRef() {
        return choice.way().isAcme() ? Optional.of(secret("account")) : Optional.empty();
    }

    /** The Secret with the key of the ACME account. Made once: another key is another account. */
    Map<String, Object> account(Secret key) {
        return secret(secret("account"), "Opaque", Map.of("tls.key", key));
    }

    /** The Secrets that hand answers and records to the issuer. */
    List<Map<String, Object>> secrets(Records records) {
        var secrets = new ArrayList<Map<String, Object>>();
        switch (choice.way()) {
            case SELF_SIGNED -> {}
            case CA ->
                secrets.add(secret(
                        secret("key-pair"),
                        "kubernetes.io/tls",
                        Map.of(
                                "tls.crt",
                                authority().certificate(),
                                "tls.key",
                                authority().key())));
            case HTTP_01 -> binding().ifPresent(secrets::add);
            case DNS_01 -> {
                binding().ifPresent(secrets::add);
                keys(records)
                        .ifPresent(keys -> secrets.add(
                                secret(secret("route53"), "Opaque", Map.of("secret-access-key", keys.secretKey()))));
            }
        }
        return secrets;
    }

    private Optional<Map<String, Object>> binding() {
        return configuration
                .binding()
                .map(binding -> secret(secret("binding"), "Opaque", Map.of("hmac-key", binding.hmacKey())));
    }

    private static Optional<Access.Keys> keys(Records records) {
        return solver(records) instanceof Access.Keys keys ? Optional.of(keys) : Optional.empty();
    }

    private static Access solver(Records records) {
        return records.find(Slots.ZONE).flatMap(DnsZone::solver).orElseGet(() -> new Access.WorkloadIdentity("", ""));
    }

    private ObjectRef secret(String thing) {
        return ObjectRef.of("v1", "Secret", home.secrets(), issuer() + "-" + thing);
    }

    private static Map<String, Object> secret(ObjectRef ref, String type, Map<String, Object> texts) {
        return Map.of(
                "apiVersion", "v1", "kind", "Secret", "metadata", metadata(ref), "type", type, "stringData", texts);
    }

    private static Map<String, Object> metadata(ObjectRef ref) {
        return Map.of("name", ref.name(), "namespace", ref.namespace().orElseThrow());
    }

    /** What lets cert-manager act as the service account that the zone's role trusts; nothing where it need not. */
    List<Map<String, Object>> rights(Records records) {
        return account(records).map(this::rights).orElseGet(List::of);
    }

    private List<Map<String, Object>> rights(String account) {
        var ref = ObjectRef.of("v1", "ServiceAccount", home.secrets(), account);
        var role = installation.nameOf("solver");
        return List.of(
                Map.of("apiVersion", "v1", "kind", "ServiceAccount", "metadata", metadata(ref)),
                Map.of(
                        "apiVersion",
                        RBAC + "/v1",
                        "kind",
                        "Role",
                        "metadata",
                        Map.of("name", role, "namespace", home.secrets()),
                        "rules",
                        List.of(Map.of(
                                "apiGroups", List.of(""),
                                "resources", List.of("serviceaccounts/token"),
                                "resourceNames", List.of(account),
                                "verbs", List.of("create")))),
                Map.of(
                        "apiVersion",
                        RBAC + "/v1",
                        "kind",
                        "RoleBinding",
                        "metadata",
                        Map.of("name", role, "namespace", home.secrets()),
                        "roleRef",
                        Map.of("apiGroup", RBAC, "kind", "Role", "name", role),
                        "subjects",
                        List.of(Map.of(
                                "kind",
                                "ServiceAccount",
                                "name",
                                home.serviceAccount(),
                                "namespace",
                                home.namespace()))));
    }

    /** Names the service account that cert-manager borrows; with pod identity its own is bound to the role. */
    private Optional<String> account(Records records) {
        var irsa = records.find(Slots.CLUSTER)
                .filter(cluster -> cluster.identity() == Cluster.Identities.IRSA)
                .isPresent();
        return choice.way() == IssuanceChoice.Way.DNS_01
                        && irsa
                        && solver(records) instanceof Access.WorkloadIdentity identity
                        && !identity.role().isEmpty()
                ? Optional.of(identity.serviceAccount())
                : Optional.empty();
    }

    /** The issuer; what a missing record says of it stands there as "known after". */
    Map<String, Object> issuer(Records records) {
        var spec = switch (choice.way()) {
            case SELF_SIGNED -> Map.<String, Object>of("selfSigned", Map.of());
            case CA ->
                Map.<String, Object>of(
                        "ca", Map.of("secretName", secret("key-pair").name()));
            case HTTP_01 -> Map.<String, Object>of("acme", acme(Map.of("http01", http01(records))));
            case DNS_01 -> Map.<String, Object>of("acme", acme(Map.of("dns01", Map.of("route53", route53(records)))));
        };
        return Map.of(
                "apiVersion",
                CertManager.GROUP_VERSION,
                "kind",
                "ClusterIssuer",
                "metadata",
                Map.of("name", issuer()),
                "spec",
                spec);
    }

    private Map<String, Object> acme(Map<String, Object> solver) {
        var acme = new LinkedHashMap<String, Object>();
        acme.put("server", configuration.directory().toString());
        configuration.email().ifPresent(email -> acme.put("email", email));
        directoryAuthority.ifPresent(
                pem -> acme.put("caBundle", Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8))));
        acme.put("privateKeySecretRef", Map.of("name", secret("account").name()));
        acme.put("disableAccountKeyGeneration", true);
        configuration
                .binding()
                .ifPresent(binding -> acme.put(
                        "externalAccountBinding",
                        Map.of(
                                "keyID",
                                binding.keyId(),
                                "keySecretRef",
                                Map.of("name", secret("binding").name(), "key", "hmac-key"))));
        acme.put("solvers", List.of(solver));
        return acme;
    }

    private Map<String, Object> http01(Records records) {
        var ingress = new LinkedHashMap<String, Object>();
        ingress.put("ingressClassName", records.show(Slots.INGRESS, Ingress::className));
        ingress.put("serviceType", "ClusterIP");
        var pull = new Images(installation).pullSecretValues();
        if (!pull.isEmpty()) {
            ingress.put("podTemplate", Map.of("spec", pull));
        }
        return Map.of("ingress", ingress);
    }

    private Map<String, Object> route53(Records records) {
        var route53 = new LinkedHashMap<String, Object>();
        route53.put("hostedZoneID", records.show(Slots.ZONE, DnsZone::zoneId));
        // Route 53 is one service for all regions; what is asked for is signed for one of them.
        route53.put("region", records.find(Slots.ZONE).flatMap(DnsZone::region).orElse("us-east-1"));
        keys(records).ifPresent(keys -> {
            route53.put("accessKeyID", keys.accessKey());
            route53.put(
                    "secretAccessKeySecretRef", Map.of("name", secret("route53").name(), "key", "secret-access-key"));
        });
        account(records).ifPresent(account -> {
            route53.put("role", ((Access.WorkloadIdentity) solver(records)).role());
            route53.put("auth", Map.of("kubernetes", Map.of("serviceAccountRef", Map.of("name", account))));
        });
        return route53;
    }

    /** Names the certificate and its Secret: {@code acme-tls}. */
    String certificate() {
        return installation.nameOf("tls");
    }

    /**
     * The certificate of the platform.
     *
     * @param labels owner labels, which the Secret that cert-manager makes gets too
     */
    Map<String, Object> certificate(String namespace, Map<String, String> labels) {
        var spec = new LinkedHashMap<String, Object>();
        spec.put("secretName", certificate());
        spec.put("secretTemplate", Map.of("labels", labels));
        spec.put("dnsNames", choice.hosts());
        if (!choice.way().isAcme()) {
            // An issuer without a name is against the rules of X.509, and some clients refuse it.
            spec.put("subject", Map.of("organizations", List.of(installation.name())));
        }
        spec.put("issuerRef", Map.of("group", "cert-manager.io", "kind", "ClusterIssuer", "name", issuer()));
        return Map.of(
                "apiVersion",
                CertManager.GROUP_VERSION,
                "kind",
                "Certificate",
                "metadata",
                Map.of("name", certificate(), "namespace", namespace),
                "spec",
                spec);
    }

    /** Names the Secrets that the issuer uses. */
    List<String> secretNames(Records records) {
        var names = new ArrayList<String>();
        accountRef().ifPresent(ref -> names.add(ref.name()));
        secrets(records).forEach(secret -> names.add(Tree.name(secret)));
        return names;
    }
}
