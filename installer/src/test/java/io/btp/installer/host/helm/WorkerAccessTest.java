package io.btp.installer.host.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.api.Connection;
import io.btp.installer.api.Login;
import io.btp.installer.api.contract.Secret;
import io.btp.installer.host.kubernetes.Fields;
import io.btp.installer.host.reach.Authorities;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WorkerAccessTest {
    private static final String AUTHORITY =
            new Authorities(List.of(Authorities.publicOnes().certificates().getFirst())).pem();
    private static final Connection CONNECTION = new Connection(
            Optional.of(URI.create("http://proxy.acme.example:3128")),
            List.of(".acme.example"),
            Optional.of(AUTHORITY),
            Optional.empty(),
            Optional.of(new Login("acme", Secret.of("p@ss"))),
            Optional.empty());

    private static Map<String, Object> cluster(String fields) {
        var access = Secret.of("clusters: [{name: c, cluster: {%s}}]".formatted(fields));
        var kubeconfig =
                Yaml.object(WorkerAccess.kubeconfig(access, CONNECTION)).orElseThrow();
        return Fields.map(Fields.maps(kubeconfig, "clusters").getFirst(), "cluster");
    }

    private static List<?> trusted(Map<String, Object> cluster) {
        var base64 = Fields.text(cluster, "certificate-authority-data").orElseThrow();
        return Authorities.of(new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8))
                .certificates();
    }

    @Test
    void goesByTheProxyWithItsLogin() {
        assertThat(cluster("server: \"https://api.example:6443\""))
                .containsEntry("proxy-url", "http://acme:p%40ss@proxy.acme.example:3128");
        assertThat(cluster("server: \"https://api.acme.example:6443\"")).doesNotContainKey("proxy-url");
        assertThat(cluster("server: \"https://api.example\", proxy-url: \"http://own:1\""))
                .containsEntry("proxy-url", "http://own:1");
    }

    @Test
    void trustsTheClustersAuthorityAndTheConnections() {
        var own = Base64.getEncoder().encodeToString(AUTHORITY.getBytes(StandardCharsets.UTF_8));

        assertThat(trusted(cluster("server: \"https://api.example\", certificate-authority-data: " + own)))
                .hasSize(2);
    }

    @Test
    void goesOnTrustingPublicAuthoritiesWhereTheClusterHasNoneOfItsOwn() {
        assertThat(trusted(cluster("server: \"https://api.example\"")))
                .hasSize(Authorities.publicOnes().certificates().size() + 1);
    }

    @Test
    void namesNoAuthorityBesideTheWishNotToVerify() {
        assertThat(cluster("server: \"https://api.example\", insecure-skip-tls-verify: true"))
                .doesNotContainKey("certificate-authority-data");
    }
}
