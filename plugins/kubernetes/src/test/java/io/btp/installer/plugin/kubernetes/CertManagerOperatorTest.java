package io.btp.installer.plugin.kubernetes;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.api.Connection;
import io.btp.installer.api.Installation;
import io.btp.installer.api.Login;
import io.btp.installer.api.Need;
import io.btp.installer.api.contract.Secret;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CertManagerOperatorTest {
    private final World world = new World();

    private Lab lab() {
        return Lab.of(world, "acme").with(new CertManagerOperator(), Map.of());
    }

    @Test
    void installsCertManagerWithItsDefinitions() throws InterruptedException {
        lab().install();

        assertThat(lab().published().get(Need.api("cert-manager.io/v1")).servedBy())
                .isEqualTo("release cert-manager/btp-cert-manager");
        assertThat(values())
                .containsEntry("crds", Map.of("enabled", true, "keep", true))
                .containsEntry("global", Map.of("leaderElection", Map.of("namespace", "cert-manager")))
                .doesNotContainKeys("imageRegistry", "extraEnv", "extraObjects");
    }

    private Map<String, Object> values() {
        return requireNonNull(world.releases.get("cert-manager/btp-cert-manager"))
                .values()
                .orElseThrow();
    }

    @Test
    void removesItWithItsDefinitions() throws InterruptedException {
        lab().install();
        lab().remove(true);

        assertThat(world.names()).isEmpty();
    }

    @Test
    void reachesTheWorldAsTheInstallerDoes() throws InterruptedException {
        var connection = new Connection(
                Optional.of(URI.create("http://proxy.acme.example:3128")),
                List.of(".acme.example"),
                Optional.empty(),
                Optional.of("registry.acme.example/mirror"),
                Optional.empty(),
                Optional.of(new Login("puller", Secret.of(FakeContext.CANARY))));
        var operator = new CertManagerOperator();
        var installation = new Installation("acme", "btp.acme.example", connection);
        var context = new FakeContext(world, operator, installation, Set.of("cert-manager.io/v1"));
        try (var component = operator.open(Map.of(), context)) {
            for (var step : component.observe(Lab.places()).install().steps()) {
                Lab.run(step);
            }
        }

        assertThat(values())
                .containsEntry("imageRegistry", "registry.acme.example/mirror")
                .hasEntrySatisfying(
                        "extraEnv",
                        environment -> assertThat(environment.toString())
                                .contains("http://proxy.acme.example:3128", ".svc,.cluster.local,", ".acme.example"))
                .hasEntrySatisfying(
                        "global",
                        global -> assertThat(global.toString()).contains("imagePullSecrets", "acme-registry-mirror"))
                .doesNotContainValue(FakeContext.CANARY);
    }
}
