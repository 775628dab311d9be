package io.btp.installer.host.probe;

import io.btp.installer.api.Check;
import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.api.contract.CertificateIssuer;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Proves that the certificate is there, serves the hosts that it is said to serve, and stays in force for a while. */
final class CertificateProof {
    private static final int DNS_NAME = 2;
    private static final Duration SOON = Duration.ofDays(60);
    private static final Duration VERY_SOON = Duration.ofDays(30);
    private static final Duration AT_ONCE = Duration.ofDays(7);

    private final CertificateIssuer issuer;
    private final ObjectRef secret;
    private final Proofs.Objects objects;
    private final InstantSource clock;

    CertificateProof(CertificateIssuer issuer, String namespace, Proofs.Objects objects, InstantSource clock) {
        this.issuer = issuer;
        this.secret = ObjectRef.of("v1", "Secret", namespace, issuer.tlsSecret());
        this.objects = objects;
        this.clock = clock;
    }

    Check check() {
        return Check.of(
                "certificates.valid", "The platform's certificate serves its hosts and is in force", this::look);
    }

    private Check.Result look() throws InterruptedException {
        var found = objects.find(secret);
        if (found.isEmpty()) {
            return failed(
                    Reason.NOT_FOUND,
                    secret + " with the platform's certificate is not there",
                    "Run btp install, or see edge.certificates for the Secret that it names");
        }
        var certificate = certificate(found.get());
        if (certificate.isEmpty()) {
            return failed(
                    Reason.INVALID,
                    secret + " holds no certificate in tls.crt, expected PEM text with the server's own first",
                    "Remove the Secret where an issuer makes it anew, or mend it");
        }
        return judged(certificate.get());
    }

    private static Optional<X509Certificate> certificate(Map<String, Object> secret) {
        if (!(secret.get("data") instanceof Map<?, ?> data) || !(data.get("tls.crt") instanceof String text)) {
            return Optional.empty();
        }
        try {
            var pem = Base64.getDecoder().decode(text);
            return Optional.of((X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem)));
        } catch (CertificateException | IllegalArgumentException broken) {
            return Optional.empty();
        }
    }

    private Check.Result judged(X509Certificate certificate) {
        var names = names(certificate);
        var unserved = issuer.hosts().stream()
                .filter(host -> !serves(names, host.toLowerCase(Locale.ROOT)))
                .toList();
        if (!unserved.isEmpty()) {
            return failed(
                    Reason.INVALID,
                    "The certificate in %s serves %s, and not %s"
                            .formatted(secret, String.join(", ", names), String.join(", ", unserved)),
                    "Get one for these hosts, or name its hosts in edge.certificates");
        }
        var begins = certificate.getNotBefore().toInstant();
        var ends = certificate.getNotAfter().toInstant();
        var now = clock.instant();
        if (now.isBefore(begins)) {
            return failed(
                    Reason.INVALID,
                    "The certificate in %s is not in force before %s".formatted(secret, begins),
                    "See that the clocks of this machine and of the cluster are right");
        }
        if (!now.isBefore(ends)) {
            return failed(
                    Reason.INVALID, "The certificate in %s has expired on %s".formatted(secret, day(ends)), remedy());
        }
        return remaining(begins, ends, Duration.between(now, ends));
    }

    private static Set<String> names(X509Certificate certificate) {
        var names = new HashSet<String>();
        try {
            var alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives != null) {
                alternatives.stream()
                        .filter(name -> Integer.valueOf(DNS_NAME).equals(name.getFirst()))
                        .forEach(name -> names.add(String.valueOf(name.get(1)).toLowerCase(Locale.ROOT)));
            }
        } catch (CertificateParsingException broken) {
            // A name that cannot be read is served to nobody: the check says which hosts are missing.
            names.clear();
        }
        return names;
    }

    private static boolean serves(Set<String> names, String host) {
        int dot = host.indexOf('.');
        return names.contains(host) || dot > 0 && !host.startsWith("*.") && names.contains("*" + host.substring(dot));
    }

    private Check.Result remaining(Instant begins, Instant ends, Duration left) {
        if (left.compareTo(issuer.name().isPresent() ? overdue(begins, ends) : SOON) > 0) {
            return new Check.Result.Passed("in force until " + day(ends));
        }
        var words = "The certificate in %s expires on %s, in %d days".formatted(secret, day(ends), left.toDays());
        return new Check.Result.Warned(Problem.of(Reason.INVALID, words + urgency(left), remedy()));
    }

    /** An issuer renews when a third of the life is left: with less than a quarter it is late. */
    private static Duration overdue(Instant begins, Instant ends) {
        var quarter = Duration.between(begins, ends).dividedBy(4);
        return quarter.compareTo(SOON) < 0 ? quarter : SOON;
    }

    private static String urgency(Duration left) {
        if (left.compareTo(AT_ONCE) <= 0) {
            return ": a week or less is left";
        }
        return left.compareTo(VERY_SOON) <= 0 ? ": 30 days or less are left" : "";
    }

    private String remedy() {
        return issuer.name().isPresent()
                ? "See why it is not renewed: kubectl -n %s describe certificate"
                        .formatted(secret.namespace().orElse(""))
                : "Put a new certificate into the Secret; nobody renews this one";
    }

    private static String day(Instant instant) {
        return instant.atZone(ZoneOffset.UTC).toLocalDate().toString();
    }

    private static Check.Result failed(Reason reason, String summary, String remedy) {
        return new Check.Result.Failed(Problem.of(reason, summary, remedy));
    }
}
