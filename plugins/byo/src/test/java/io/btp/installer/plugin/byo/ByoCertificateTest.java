package io.btp.installer.plugin.byo;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.api.Check;
import io.btp.installer.api.Need;
import io.btp.installer.api.Observation;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Step;
import io.btp.installer.api.contract.CertificateIssuer;
import io.btp.installer.api.contract.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ByoCertificateTest {
    @TempDir
    static Path folder;

    private static Pki pki;

    @BeforeAll
    static void makes() throws Exception {
        pki = new Pki(folder)
                .selfSigned("authority", "rsa", "ca.acme.example")
                .selfSigned("curve", "ec", "btp.acme.example")
                .signed("btp", "authority", "btp.acme.example", "*.btp.acme.example");
    }

    private static ByoCertificate.Configuration given(String certificate, String key) {
        return new ByoCertificate.Configuration.Given(Secret.of(certificate), Secret.of(key));
    }

    private static Map<String, Object> secret(String certificate, String key) {
        return Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Secret",
                "metadata",
                Map.of("name", "their-tls", "namespace", "settlemint"),
                "data",
                Map.of("tls.crt", base64(certificate), "tls.key", base64(key)));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static CertificateComponent open(
            ByoCertificate.Configuration configuration, List<Map<String, Object>> objects) {
        return new CertificateComponent(configuration, FakeContext.of(objects));
    }

    private static Observation<CertificateIssuer> look(
            ByoCertificate.Configuration configuration, List<Map<String, Object>> objects) throws InterruptedException {
        return open(configuration, objects).observe(Published.places());
    }

    private static Check.Result result(String id, ByoCertificate.Configuration configuration)
            throws InterruptedException {
        for (var check : open(configuration, List.of()).checks(Published.places())) {
            if (check.id().equals(id)) {
                return check.probe().run();
            }
        }
        throw new AssertionError("there is no check " + id);
    }

    private static String words(Check.Result result) {
        return switch (result) {
            case Check.Result.Failed(Problem problem) -> "failed: " + problem.summary();
            case Check.Result.Warned(Problem problem) -> "warned: " + problem.summary();
            case Check.Result.Passed(String detail) -> "passed: " + detail;
            case Check.Result.Simulated(String detail) -> "simulated: " + detail;
        };
    }

    @Test
    void publishesWhatAnExistingSecretServes() throws Exception {
        var existing = new ByoCertificate.Configuration.Existing("their-tls");
        var found = look(existing, List.of(secret(pki.read("btp"), pki.read("btp-key"))));

        assertThat(found.install().isEmpty()).isTrue();
        assertThat(found.outputs())
                .containsEntry(
                        Need.PLATFORM_USE,
                        new CertificateIssuer(
                                Optional.empty(),
                                Optional.empty(),
                                CertificateIssuer.Challenge.NONE,
                                "their-tls",
                                List.of("btp.acme.example", "*.btp.acme.example")));
    }

    @Test
    void isBlockedWithoutItsSecret() throws Exception {
        var existing = new ByoCertificate.Configuration.Existing("their-tls");

        assertThat(look(existing, List.of()).install().blocked())
                .map(Problem::summary)
                .contains("Secret settlemint/their-tls is not there, expected one of type kubernetes.io/tls");
    }

    @Test
    void deliversWhatIsGivenAsASecretOfItsOwn() throws Exception {
        var found = look(given(pki.read("btp"), pki.read("btp-key")), List.of());

        assertThat(found.install().steps())
                .extracting(Step::toString)
                .containsExactly("create Secret settlemint/acme-given-tls");
        assertThat(found.outputs()).isEmpty();
    }

    @Test
    void knowsTheKeyInEveryForm() throws Exception {
        assertThat(words(result("certificates.key", given(pki.read("btp"), pki.read("btp-key")))))
                .startsWith("passed");
        assertThat(words(result("certificates.key", given(pki.read("btp"), pki.older("btp", "rsa")))))
                .startsWith("passed");
        assertThat(words(result("certificates.key", given(pki.read("curve"), pki.read("curve-key")))))
                .startsWith("passed");
        assertThat(words(result("certificates.key", given(pki.read("curve"), pki.older("curve", "ec")))))
                .startsWith("passed");
    }

    @Test
    void refusesAKeyOfAnotherCertificate() throws Exception {
        assertThat(words(result("certificates.key", given(pki.read("btp"), pki.read("authority-key")))))
                .isEqualTo("failed: The certificate of edge.certificates cannot be used:"
                        + " the key belongs to another certificate");
        assertThat(words(result("certificates.key", given(pki.read("btp"), pki.read("curve-key")))))
                .contains("the key does not fit the certificate, which has one of kind RSA");
        assertThat(words(result("certificates.key", given(pki.read("btp"), pki.read("btp")))))
                .contains("there is no private key in PEM");
    }

    @Test
    void followsTheChain() throws Exception {
        var chain = pki.read("btp") + pki.read("authority");

        assertThat(words(result("certificates.chain", given(chain, pki.read("btp-key")))))
                .isEqualTo("passed: 2 certificates");
        assertThat(words(result("certificates.chain", given(pki.read("btp"), pki.read("btp-key")))))
                .startsWith("warned: The certificate stands alone, without the one of CN=authority");
        assertThat(words(result("certificates.chain", given(pki.read("btp") + pki.read("curve"), pki.read("btp-key")))))
                .startsWith("failed: The certificate's chain is broken: CN=btp is not signed by CN=curve");
    }

    @Test
    void takesOneOfTheTwoWaysAndThatAsAWhole() {
        var form = new ByoCertificate().form();
        var both = new Given(Map.of("certificate", Secret.of("c"), "key", Secret.of("k")));

        assertThat(new Given(Map.of("secret", "their-tls")).violations(form)).isEmpty();
        assertThat(both.violations(form)).isEmpty();
        assertThat(both.with("secret", "their-tls").violations(form)).hasSize(1);
        assertThat(new Given(Map.of("key", Secret.of("k"))).violations(form)).hasSize(1);
        assertThat(new Given(Map.of()).violations(form)).hasSize(1);
    }
}
