package io.btp.installer.plugin.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.api.Answers;
import io.btp.installer.api.Check;
import io.btp.installer.api.Need;
import io.btp.installer.api.Question;
import io.btp.installer.api.Slots;
import io.btp.installer.api.contract.Secret;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CertManagerFormTest {
    @TempDir
    Path folder;

    private static Answers answers(Map<String, Object> given) {
        return new Answers() {
            @Override
            @SuppressWarnings("unchecked")
            public <T> Optional<T> find(Question<T> question) {
                return Optional.ofNullable((T) given.get(question.key())).or(question::fallback);
            }
        };
    }

    private static List<String> violations(Map<String, Object> given) {
        return new CertManager()
                .form().rules().stream()
                        .flatMap(rule -> rule.violation().apply(answers(given)).stream())
                        .toList();
    }

    private static CertManager.Configuration configuration(Map<String, Object> given) {
        assertThat(violations(given)).isEmpty();
        return new CertManager().form().configuration(answers(given));
    }

    @Test
    void leavesTheChallengeToWhatIsThere() {
        var configuration = configuration(Map.of());

        assertThat(configuration.wish()).isEqualTo(CertManager.Wish.AUTO);
        assertThat(configuration.directory()).isEqualTo(CertManager.LETS_ENCRYPT);
        assertThat(new CertManager().needs(configuration))
                .contains(Need.optional(Slots.ZONE), Need.api("cert-manager.io/v1"))
                .doesNotContain(Need.input(Slots.INGRESS));
    }

    @Test
    void needsTheIngressOnlyWhereItAnswersOnPort80() {
        assertThat(new CertManager().needs(configuration(Map.of("email", "ops@acme.example"))))
                .contains(Need.input(Slots.INGRESS), Need.optional(Slots.RECORDS));
        assertThat(new CertManager().needs(configuration(Map.of("challenge", "dns-01"))))
                .contains(Need.input(Slots.ZONE))
                .doesNotContain(Need.input(Slots.INGRESS));
        assertThat(new CertManager().needs(configuration(Map.of("challenge", "self-signed"))))
                .doesNotContain(Need.input(Slots.ZONE), Need.optional(Slots.ZONE), Need.input(Slots.INGRESS));
    }

    @Test
    void refusesWhatDoesNotFitTogether() {
        var half = Secret.of("pem");
        assertThat(violations(Map.of("ca.key", half)))
                .singleElement()
                .asString()
                .contains("answer both");
        assertThat(violations(Map.of("challenge", "ca")))
                .singleElement()
                .asString()
                .contains("needs the CA");
        assertThat(violations(Map.of("challenge", "http-01", "ca.certificate", half, "ca.key", half)))
                .singleElement()
                .asString()
                .contains("the CA signs nothing");
        assertThat(violations(Map.of("acme.eab.keyId", "kid-1")))
                .singleElement()
                .asString()
                .contains("acme.eab.hmacKey");
        assertThat(violations(Map.of("acme.directory", URI.create("http://acme.example/dir"))))
                .singleElement()
                .asString()
                .contains("HTTPS only");
        assertThat(violations(Map.of("challenge", "http-01", "hosts", List.of("*.acme.example"))))
                .singleElement()
                .asString()
                .contains("cannot prove *.acme.example");
    }

    @Test
    void provesThatTheCaCanSign() throws Exception {
        var root = keytool("root", "-ext", "bc:c");
        var other = keytool("other", "-ext", "bc:c");
        var server = keytool("server");

        assertThat(check(root, root)).isEqualTo(new Check.Result.Passed("CN=root"));
        assertThat(check(root, other).toString()).contains("is not the key of the CA CN=root");
        assertThat(check(server, server).toString()).contains("is not one of a CA");
        assertThat(check(keytool("old", "-ext", "bc:c", "-startdate", "-3d", "-validity", "1"), root)
                        .toString())
                .contains("has expired on");
        assertThat(check(new CertManager.Authority(Secret.of("no PEM"), root.key()), root)
                        .toString())
                .contains("holds no certificate in PEM");
    }

    private static Check.Result check(CertManager.Authority certificate, CertManager.Authority key)
            throws InterruptedException {
        return AuthorityCheck.of(new CertManager.Authority(certificate.certificate(), key.key()))
                .probe()
                .run();
    }

    private CertManager.Authority keytool(String name, String... more) throws Exception {
        var store = folder.resolve(name + ".p12");
        var command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "ca",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit"));
        command.addAll(List.of(more));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var words = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(words).isZero();
        var keys = KeyStore.getInstance("PKCS12");
        try (var input = Files.newInputStream(store)) {
            keys.load(input, "changeit".toCharArray());
        }
        return new CertManager.Authority(
                Secret.of(pem("CERTIFICATE", keys.getCertificate("ca").getEncoded())),
                Secret.of(pem(
                        "PRIVATE KEY",
                        keys.getKey("ca", "changeit".toCharArray()).getEncoded())));
    }

    private static String pem(String type, byte[] body) {
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
                .formatted(type, Base64.getMimeEncoder().encodeToString(body));
    }
}
