package io.btp.installer.host.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.btp.installer.api.Chart;
import io.btp.installer.api.Connection;
import io.btp.installer.api.Login;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.contract.Secret;
import io.btp.installer.host.backend.Certificates;
import io.btp.installer.host.backend.ConnectProxy;
import io.btp.installer.host.backend.RegistryServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real registry: TLS by an authority of its own, one login, and reached by a proxy only, as its name is nobody's. */
class RegistryTest {
    private static final String REFERENCE = "oci://registry.acme.example/team/shop";
    private static final Optional<Login> LOGIN =
            Optional.of(new Login(RegistryServer.USER, Secret.of(RegistryServer.PASSWORD)));

    @TempDir
    static Path shared;

    @TempDir
    Path cache;

    private static String authority;
    private static RegistryServer registry;
    private static ConnectProxy proxy;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        var certificates = new Certificates(shared.resolve("certificates"));
        authority = certificates.authority();
        registry = RegistryServer.start(
                certificates.sign("registry", "DNS:registry.acme.example,IP:127.0.0.1"), authority);
        proxy = new ConnectProxy(registry.port());
        try (var charts = charts(shared.resolve("packed"), Optional.empty())) {
            var shop = charts.archive(HelmBench.chart("shop"));
            registry.push("team/shop", "1.0.0", Files.readAllBytes(shop.path()));
        }
    }

    @AfterAll
    static void stop() throws IOException {
        proxy.close();
        registry.close();
    }

    private static Charts charts(Path cache, Optional<String> trusted) {
        var connection = new Connection(Optional.of(proxy.address()), List.of(), trusted, Optional.empty());
        return new Charts(cache, ChartsTest.download(connection));
    }

    private Problem refusal(Chart chart, Optional<String> trusted) {
        try (var charts = charts(cache, trusted)) {
            return catchThrowableOfType(ProviderException.class, () -> charts.archive(chart))
                    .problem();
        }
    }

    private static Chart readBy(Optional<Login> login) {
        return Chart.oci(REFERENCE, "1.0.0").readBy(login);
    }

    @Test
    void logsInByTheProxyAndTrustsTheAuthorityOfTheConnection() throws InterruptedException {
        try (var charts = charts(cache, Optional.of(authority))) {
            assertThat(charts.archive(readBy(LOGIN)).title()).isEqualTo("shop 1.0.0");
        }
        assertThat(proxy.requests()).contains("CONNECT registry.acme.example:443 HTTP/1.1");
    }

    @Test
    void namesAWrongPasswordWithTheRegistrysWordsAndWithoutThePassword() {
        var problem =
                refusal(readBy(Optional.of(new Login("acme", Secret.of("canary-wrong")))), Optional.of(authority));

        assertThat(problem.reason()).isEqualTo(Reason.UNAUTHENTICATED);
        assertThat(problem.summary()).isEqualTo("registry.acme.example refuses the login of acme");
        assertThat(problem.evidence()).anyMatch(line -> line.contains("authentication required"));
        assertThat(problem.remedy()).contains("connection.registryMirror", "platform.registry");
        assertThat(problem.toString()).doesNotContain("canary-wrong");
    }

    @Test
    void saysThatALoginIsAskedFor() {
        var problem = refusal(readBy(Optional.empty()), Optional.of(authority));

        assertThat(problem.reason()).isEqualTo(Reason.UNAUTHENTICATED);
        assertThat(problem.summary()).contains("asks for a login");
    }

    @Test
    void namesTheAnswerThatMakesItTrustTheAuthority() {
        var problem = refusal(readBy(LOGIN), Optional.empty());

        assertThat(problem.summary()).isEqualTo("The certificate of registry.acme.example is not trusted");
        assertThat(problem.remedy()).contains("connection.caFile");
    }

    @Test
    void saysWhatIsNotThere() {
        var problem = refusal(Chart.oci(REFERENCE, "9.9.9").readBy(LOGIN), Optional.of(authority));

        assertThat(problem.reason()).isEqualTo(Reason.NOT_FOUND);
        assertThat(problem.evidence()).anyMatch(line -> line.contains("manifest unknown"));
    }
}
