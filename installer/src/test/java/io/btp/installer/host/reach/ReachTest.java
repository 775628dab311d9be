package io.btp.installer.host.reach;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.api.Connection;
import io.btp.installer.api.Login;
import io.btp.installer.api.contract.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReachTest {
    private static final Login LOGIN = new Login("acme", Secret.of("p@ss word/ü"));

    @TempDir
    Path cache;

    private static Connection connection(Optional<String> authority, String... noProxy) {
        return new Connection(
                Optional.of(URI.create("http://proxy.acme.example")),
                List.of(noProxy),
                authority,
                Optional.empty(),
                Optional.of(LOGIN),
                Optional.empty());
    }

    private static String anAuthority() throws Exception {
        var certificate = Authorities.publicOnes().certificates().getFirst();
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }

    @ParameterizedTest
    @CsvSource({
        "https://charts.example, true",
        "https://127.0.0.1:6443, false",
        "https://localhost, false",
        "https://[::1]:1, false",
        "https://db.acme.example, false",
        "https://acme.example, false",
        "https://notacme.example, true",
        "https://10.1.2.3, false",
        "https://11.1.2.3, true",
        "https://api.only.example, false",
        "https://sub.api.only.example, true"
    })
    void goesByTheProxyUnlessExcepted(URI address, boolean proxied) {
        var reach = Reach.of(connection(Optional.empty(), ".acme.example", "10.0.0.0/8", "api.only.example"));

        assertThat(reach.proxyFor(address).isPresent()).isEqualTo(proxied);
    }

    @Test
    void writesTheLoginAsProgramsReadIt() {
        var hop = Reach.of(connection(Optional.empty()))
                .proxyFor(URI.create("https://charts.example"))
                .orElseThrow();

        assertThat(hop.port()).isEqualTo(80);
        assertThat(hop.address()).hasToString("http://proxy.acme.example:80");
        assertThat(hop.addressWithLogin()).isEqualTo("http://acme:p%40ss%20word%2F%C3%BC@proxy.acme.example:80");
        assertThat(hop.authorization()).contains("Basic YWNtZTpwQHNzIHdvcmQvw7w=");
        assertThat(hop.toString()).doesNotContain("p@ss");
    }

    @Test
    void tellsProgramsProxyExceptionsAndAuthorities() throws Exception {
        var variables = Reach.of(connection(Optional.of(anAuthority()), ".acme.example"))
                .variables(Map.of("HTTPS_PROXY", "http://ambient:1", "PATH", "/bin"), cache);

        assertThat(variables)
                .containsEntry("PATH", "/bin")
                .containsEntry("HTTPS_PROXY", "http://acme:p%40ss%20word%2F%C3%BC@proxy.acme.example:80")
                .containsEntry("no_proxy", "localhost,127.0.0.1,::1,.acme.example")
                .containsKeys("http_proxy", "AWS_CA_BUNDLE", "REQUESTS_CA_BUNDLE");
        var bundle = Files.readString(Path.of(String.valueOf(variables.get("SSL_CERT_FILE"))));
        assertThat(Authorities.of(bundle).certificates())
                .hasSize(Authorities.publicOnes().certificates().size() + 1);
    }

    @Test
    void leavesTheSurroundingsOfProgramsAloneWhereNothingIsSaid() throws IOException {
        var ambient = Map.of("HTTPS_PROXY", "http://ambient:1");

        assertThat(Reach.of(Connection.direct()).variables(ambient, cache)).isEqualTo(ambient);
        try (var files = Files.list(cache)) {
            assertThat(files).isEmpty();
        }
    }
}
