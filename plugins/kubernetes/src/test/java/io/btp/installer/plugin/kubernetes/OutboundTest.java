package io.btp.installer.plugin.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.api.Connection;
import io.btp.installer.api.Login;
import io.btp.installer.api.contract.Secret;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class OutboundTest {
    private static final URI PROXY = URI.create("http://proxy.acme.example:3128");

    private static Outbound outbound(Optional<String> authority, Optional<Login> login) {
        var connection = new Connection(
                Optional.of(PROXY), List.of(".acme.example"), authority, Optional.empty(), login, Optional.empty());
        return new Outbound(connection, "btp-cert-manager", "cert-manager");
    }

    @Test
    void saysNothingWhereTheWorldIsReachedDirectly() {
        assertThat(new Outbound(Connection.direct(), "r", "n").values()).isEmpty();
    }

    @Test
    void completesTheExceptionsWithWhatIsInTheCluster() {
        var entries = outbound(Optional.empty(), Optional.empty()).environment();

        assertThat(entries)
                .contains(Map.of("name", "HTTPS_PROXY", "value", "http://proxy.acme.example:3128"))
                .anySatisfy(entry -> assertThat(entry.toString())
                        .contains("NO_PROXY", "localhost,127.0.0.1,.svc,.cluster.local,10.0.0.0/8", ",.acme.example"));
    }

    @Test
    void givesTheLoginByASecretOnly() {
        var outbound = outbound(Optional.empty(), Optional.of(new Login("walker", Secret.of("p@ss {{ word"))));

        assertThat(outbound.values().toString()).doesNotContain("p@ss", World.base64("p@ss"));
        assertThat(outbound.environment())
                .contains(Map.of(
                        "name",
                        "HTTPS_PROXY",
                        "valueFrom",
                        Map.of("secretKeyRef", Map.of("name", "btp-cert-manager-proxy", "key", "url"))));
        assertThat(outbound.objects())
                .singleElement()
                .isInstanceOfSatisfying(
                        Secret.class,
                        secret -> assertThat(secret.reveal())
                                .contains(
                                        "{name: btp-cert-manager-proxy, namespace: cert-manager}",
                                        "url: "
                                                + World.base64(
                                                        "http://walker:p%40ss%20%7B%7B%20word@proxy.acme.example:3128")));
    }

    @Test
    void mountsTheAuthoritiesBesideThePublicOnes() {
        var values = outbound(Optional.of("PEM"), Optional.empty()).values();

        assertThat(values.get("volumes"))
                .isEqualTo(List.of(Map.of(
                        "name", "btp-authorities", "configMap", Map.of("name", "btp-cert-manager-authorities"))));
        assertThat(String.valueOf(values.get("volumeMounts"))).contains("/etc/btp-authorities");
        assertThat(String.valueOf(values.get("extraEnv"))).contains("SSL_CERT_DIR");
        assertThat(String.valueOf(values.get("extraObjects"))).contains("ca.crt: " + World.base64("PEM"));
    }
}
