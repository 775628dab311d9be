package io.btp.installer.plugin.byo;

import io.btp.installer.api.Check;
import io.btp.installer.api.Component;
import io.btp.installer.api.Context;
import io.btp.installer.api.Kubernetes;
import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Observation;
import io.btp.installer.api.Plan;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.Records;
import io.btp.installer.api.Slots;
import io.btp.installer.api.contract.CertificateIssuer;
import io.btp.installer.api.contract.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One certificate: found in its Secret, or delivered in one; and whether key and chain belong to it. That it is in force
 * and serves its hosts, the host proves of every certificate.
 */
record CertificateComponent(ByoCertificate.Configuration configuration, Context context)
        implements Component<CertificateIssuer> {
    /** PEM texts; the key may be confidential. */
    private record Pair(ServingCertificate certificate, Secret key) {}

    @Override
    public List<Check> checks(Records records) {
        return records.find(Slots.NAMESPACES).isEmpty()
                        || records.find(Slots.CLUSTER).isEmpty()
                ? List.of()
                : List.of(
                        Check.of("certificates.key", "The private key is the certificate's", () -> key(pair(records))),
                        Check.of(
                                "certificates.chain",
                                "The certificate leads to its authority",
                                () -> chain(pair(records).certificate())));
    }

    private static Check.Result key(Pair pair) {
        return pair.certificate()
                .mismatch(pair.key().reveal())
                .<Check.Result>map(words -> new Check.Result.Failed(Problem.of(
                        Reason.INVALID,
                        "The certificate of edge.certificates cannot be used: " + words,
                        "Give the key that the certificate was asked for with")))
                .orElseGet(() -> new Check.Result.Passed("they are a pair"));
    }

    private static Check.Result chain(ServingCertificate certificate) {
        return certificate
                .gap()
                .<Check.Result>map(words -> new Check.Result.Failed(Problem.of(
                        Reason.INVALID,
                        "The certificate's chain is broken: " + words,
                        "Give the server's own certificate first, then each that signed the one before")))
                .orElseGet(() -> complete(certificate));
    }

    private static Check.Result complete(ServingCertificate certificate) {
        var own = certificate.own();
        var isAlone =
                certificate.chain().size() == 1 && !own.getIssuerX500Principal().equals(own.getSubjectX500Principal());
        return isAlone
                ? new Check.Result.Warned(Problem.of(
                        Reason.INVALID,
                        "The certificate stands alone, without the one of %s that signed it"
                                .formatted(own.getIssuerX500Principal()),
                        "Append the certificates that lead to the authority: many clients cannot find them themselves"))
                : new Check.Result.Passed(certificate.chain().size() + " certificates");
    }

    private Pair pair(Records records) throws InterruptedException {
        return switch (configuration) {
            case ByoCertificate.Configuration.Given(Secret certificate, Secret key) ->
                new Pair(ServingCertificate.of(certificate.reveal(), "edge.certificates.certificate"), key);
            case ByoCertificate.Configuration.Existing existing -> found(records);
        };
    }

    private Pair found(Records records) throws InterruptedException {
        var ref = ref(records.get(Slots.NAMESPACES).platform());
        var secret = context.kubernetes(records).find(ref).orElseThrow(() -> new ProviderException(missing(ref)));
        return new Pair(
                ServingCertificate.of(data(secret, ref, "tls.crt"), ref.toString()),
                Secret.of(data(secret, ref, "tls.key")));
    }

    private ObjectRef ref(String namespace) {
        var name = switch (configuration) {
            case ByoCertificate.Configuration.Existing(String existing) -> existing;
            case ByoCertificate.Configuration.Given given ->
                context.installation().nameOf("given-tls");
        };
        return ObjectRef.of("v1", "Secret", namespace, name);
    }

    private static Problem missing(ObjectRef ref) {
        return Problem.of(
                Reason.NOT_FOUND,
                ref + " is not there, expected one of type kubernetes.io/tls",
                "Create it (kubectl -n %s create secret tls %s --cert=FILE --key=FILE), or answer certificate and key"
                        .formatted(ref.namespace().orElse(""), ref.name()));
    }

    private static String data(Map<String, Object> secret, ObjectRef ref, String key) {
        try {
            return Tree.text(secret, "data", key)
                    .map(text -> new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8))
                    .filter(text -> !text.isEmpty())
                    .orElseThrow(() -> new ProviderException(unusable(ref, key)));
        } catch (IllegalArgumentException noBase64) {
            throw new ProviderException(unusable(ref, key), noBase64);
        }
    }

    private static Problem unusable(ObjectRef ref, String key) {
        return Problem.of(
                Reason.INVALID,
                "%s has no usable %s".formatted(ref, key),
                "Make it of type kubernetes.io/tls, with tls.crt and tls.key in PEM");
    }

    @Override
    public Observation<CertificateIssuer> observe(Records records) throws InterruptedException {
        var namespaces = records.find(Slots.NAMESPACES);
        if (namespaces.isEmpty()) {
            return Observation.of(Optional.empty(), Plan.nothing());
        }
        try {
            return look(pair(records), ref(namespaces.get().platform()), context.kubernetes(records));
        } catch (ProviderException unusable) {
            return Observation.of(Optional.empty(), Plan.blocked(unusable.problem()));
        }
    }

    private Observation<CertificateIssuer> look(Pair pair, ObjectRef ref, Kubernetes kubernetes)
            throws InterruptedException {
        var issuer = new CertificateIssuer(
                Optional.empty(),
                Optional.empty(),
                CertificateIssuer.Challenge.NONE,
                ref.name(),
                pair.certificate().hosts());
        var steps = switch (configuration) {
            case ByoCertificate.Configuration.Existing existing -> List.<io.btp.installer.api.Step>of();
            case ByoCertificate.Configuration.Given given -> kubernetes.steps(List.of(manifest(ref, given)));
        };
        var output = steps.isEmpty() ? Optional.of(issuer) : Optional.<CertificateIssuer>empty();
        return Observation.of(
                output,
                Plan.of(steps.stream().map(step -> step.after(Slots.NAMESPACES)).toList()));
    }

    private static Map<String, Object> manifest(ObjectRef ref, ByoCertificate.Configuration.Given given) {
        return Map.of(
                "apiVersion", "v1",
                "kind", "Secret",
                "metadata",
                        Map.of("name", ref.name(), "namespace", ref.namespace().orElseThrow()),
                "type", "kubernetes.io/tls",
                "stringData", Map.of("tls.crt", given.certificate(), "tls.key", given.key()));
    }

    @Override
    public Observation<CertificateIssuer> absent(Records records) {
        return Observation.of(Optional.empty(), Plan.nothing());
    }
}
