package io.btp.installer.simulator.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdentityTest {
    private final Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void namesItsHostsAndIsItsOwnAuthority() throws Exception {
        var identity = Identity.selfSigned(now, List.of("web.example.test", "127.0.0.1"));
        var certificate = (X509Certificate) identity.chain().getFirst();
        certificate.verify(certificate.getPublicKey());
        assertThat(certificate.getBasicConstraints()).isNotNegative();
        assertThat(certificate.getSubjectAlternativeNames())
                .extracting(name -> (Object) name.get(1))
                .containsExactly("web.example.test", "127.0.0.1");
    }

    @Test
    void signsForOthersAsAnAuthority() throws Exception {
        var authority = Identity.selfSigned(now, List.of("authority"));
        var signed = authority.sign(now, List.of("web.example.test"));
        var certificate = (X509Certificate) signed.chain().getFirst();
        certificate.verify(authority.chain().getFirst().getPublicKey());
        assertThat(certificate.getIssuerX500Principal()).hasToString("CN=authority");
        assertThat(certificate.getBasicConstraints()).isNegative();
        assertThat(signed.chain()).hasSize(2);
    }

    @Test
    void readsWhatItWrites() throws Exception {
        var identity = Identity.selfSigned(now, List.of("web.example.test"));
        assertThat(Identity.of(
                        identity.certificates(),
                        Pem.text("PRIVATE KEY", identity.key().getEncoded())))
                .isEqualTo(identity);
    }

    @Test
    void readsRsaKeysOfTheOldForm() throws Exception {
        var key = KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate();
        // in PKCS#8 of a 2048 bit key the PKCS#1 form starts after 26 bytes
        var old = Arrays.copyOfRange(key.getEncoded(), 26, key.getEncoded().length);
        assertThat(Pem.key(Pem.text("RSA PRIVATE KEY", old))).isEqualTo(key);
    }

    @Test
    void refusesATextWithoutAKey() {
        assertThatThrownBy(() -> Pem.key("nothing")).isInstanceOf(GeneralSecurityException.class);
    }
}
