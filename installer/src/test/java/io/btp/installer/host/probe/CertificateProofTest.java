package io.btp.installer.host.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.api.Check;
import io.btp.installer.api.Problem;
import io.btp.installer.api.contract.CertificateIssuer;
import io.btp.installer.host.backend.Certificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A certificate of openssl for two names, of one day. */
final class CertificateProofTest {
    private static final Duration LIFE = Duration.ofDays(1);

    @TempDir
    private static Path folder;

    private static String pem;

    @BeforeAll
    static void sign() throws IOException, InterruptedException {
        var certificates = new Certificates(folder);
        var signed = certificates.sign("web", "DNS:btp.acme.example,DNS:*.btp.acme.example");
        pem = Files.readString(signed.certificate());
    }

    private static Instant begin() {
        return Instant.now();
    }

    private static CertificateIssuer issuer(Optional<String> name, String... hosts) {
        return new CertificateIssuer(
                name.map(unused -> "ClusterIssuer"),
                name,
                CertificateIssuer.Challenge.NONE,
                "acme-tls",
                List.of(hosts));
    }

    private static Check.Result look(CertificateIssuer issuer, Optional<String> text, Instant now)
            throws InterruptedException {
        var data = text.map(it -> Map.of("tls.crt", Base64.getEncoder().encodeToString(it.getBytes())));
        Proofs.Objects objects = ref -> {
            assertThat(ref).hasToString("Secret settlemint/acme-tls");
            return data.map(it -> Map.<String, Object>of("data", it));
        };
        return new CertificateProof(issuer, "settlemint", objects, InstantSource.fixed(now))
                .check()
                .probe()
                .run();
    }

    private static Problem failure(CertificateIssuer issuer, Optional<String> text, Instant now)
            throws InterruptedException {
        var result = look(issuer, text, now);
        assertThat(result).isInstanceOf(Check.Result.Failed.class);
        return ((Check.Result.Failed) result).problem();
    }

    private static Problem warning(CertificateIssuer issuer, Instant now) throws InterruptedException {
        var result = look(issuer, Optional.of(pem), now);
        assertThat(result).isInstanceOf(Check.Result.Warned.class);
        return ((Check.Result.Warned) result).problem();
    }

    @Test
    void passesWhatServesAllHostsByNameOrWildcard() throws InterruptedException {
        assertThat(look(
                        issuer(
                                Optional.of("acme-ca"),
                                "btp.acme.example",
                                "*.btp.acme.example",
                                "ipfs.btp.acme.example"),
                        Optional.of(pem),
                        begin()))
                .isInstanceOf(Check.Result.Passed.class);
    }

    @Test
    void namesTheHostsThatAreNotServed() throws InterruptedException {
        assertThat(failure(
                                issuer(Optional.empty(), "btp.acme.example", "other.example", "a.b.btp.acme.example"),
                                Optional.of(pem),
                                begin())
                        .summary())
                .endsWith("and not other.example, a.b.btp.acme.example");
    }

    @Test
    void saysThatTheSecretIsNotThereOrHoldsNoCertificate() throws InterruptedException {
        var issuer = issuer(Optional.empty(), "btp.acme.example");
        assertThat(failure(issuer, Optional.empty(), begin()).reason()).isEqualTo(Problem.Reason.NOT_FOUND);
        assertThat(failure(issuer, Optional.of("no PEM"), begin()).summary()).contains("holds no certificate");
    }

    @Test
    void refusesWhatIsNotInForce() throws InterruptedException {
        var issuer = issuer(Optional.of("acme-ca"), "btp.acme.example");
        assertThat(failure(issuer, Optional.of(pem), begin().plus(LIFE.multipliedBy(2)))
                        .summary())
                .contains("has expired on");
        assertThat(failure(issuer, Optional.of(pem), begin().minus(LIFE)).summary())
                .contains("is not in force before");
    }

    @Test
    void warnsWhereNobodyRenewsLongBeforeTheEnd() throws InterruptedException {
        assertThat(warning(issuer(Optional.empty(), "btp.acme.example"), begin()))
                .satisfies(problem -> assertThat(problem.summary()).contains("a week or less is left"))
                .satisfies(problem -> assertThat(problem.remedy()).contains("nobody renews this one"));
    }

    @Test
    void warnsWhereTheIssuerIsLateAndNotBefore() throws InterruptedException {
        var issuer = issuer(Optional.of("acme-ca"), "btp.acme.example");
        assertThat(look(issuer, Optional.of(pem), begin().plus(LIFE.dividedBy(2))))
                .isInstanceOf(Check.Result.Passed.class);
        assertThat(warning(issuer, begin().plus(LIFE.multipliedBy(8).dividedBy(10)))
                        .remedy())
                .contains("why it is not renewed");
    }
}
