package io.btp.installer.host.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.btp.installer.api.Connection;
import io.btp.installer.api.Installation;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.SecretStorage;
import io.btp.installer.api.contract.Access;
import io.btp.installer.api.contract.Secret;
import io.btp.installer.api.contract.SecretStore;
import io.btp.installer.api.contract.Tls;
import io.btp.installer.host.backend.Certificates;
import io.btp.installer.host.backend.OpenBaoServer;
import io.btp.installer.host.tunnel.ClusterTunnel;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Generated secrets in a real OpenBao, with the least rights that the documentation asks for. */
class VaultStorageTest {
    @TempDir
    static Path folder;

    private static Fixture server;

    private record Fixture(OpenBaoServer bao, Certificates authority) {}

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        var authority = new Certificates(folder.resolve("ca"));
        server = new Fixture(
                OpenBaoServer.start(authority.sign("server", "DNS:localhost")).initialised(), authority);
        server.bao().ask("POST", "sys/auth/approle", Map.of("type", "approle"));
    }

    @AfterAll
    static void stop() {
        server.bao().close();
    }

    @Test
    void givesBackWhatWasCreatedAndListsItByName() throws Exception {
        var storage = storage("listed");
        assertThat(storage.read("postgres")).isEmpty();
        assertThat(storage.names()).isEmpty();

        storage.create("postgres", Secret.of("canary-one"));
        storage.create("redis", Secret.of("canary-two"));

        assertThat(storage.read("postgres").map(Secret::reveal)).contains("canary-one");
        assertThat(storage.names()).containsExactlyInAnyOrder("postgres", "redis");
        assertThat(server.bao()
                        .ask("GET", "secret/data/btp/listed/postgres", Map.of())
                        .toString())
                .as("it really stands there")
                .contains("canary-one");
    }

    @Test
    void keepsWhatAnotherWriterMadeBefore() throws Exception {
        var storage = storage("raced");
        storage.create("postgres", Secret.of("canary-first"));

        storage.create("postgres", Secret.of("canary-second"));

        assertThat(storage.read("postgres").map(Secret::reveal)).contains("canary-first");
    }

    @Test
    void keepsInstallationsApart() throws Exception {
        storage("one").create("postgres", Secret.of("canary-one"));

        assertThat(storage("two").read("postgres")).isEmpty();
        assertThat(storage("two").names()).isEmpty();
    }

    @Test
    void removesAllVersionsAndToleratesThatNothingIsThere() throws Exception {
        var storage = storage("removed");
        storage.create("postgres", Secret.of("canary-one"));

        storage.remove("postgres");
        storage.remove("postgres");

        assertThat(storage.names()).isEmpty();
        assertThat(server.bao().ask("GET", "secret/metadata/btp/removed/postgres", Map.of()))
                .isEmpty();
        storage.create("postgres", Secret.of("canary-again"));
        assertThat(storage.read("postgres").map(Secret::reveal)).contains("canary-again");
    }

    @Test
    void makesNothingAnewWhereOlderVersionsWereOnlyDeleted() throws Exception {
        var storage = storage("deleted");
        storage.create("postgres", Secret.of("canary-old"));
        server.bao().ask("DELETE", "secret/data/btp/deleted/postgres", Map.of());

        assertThat(storage.read("postgres")).isEmpty();
        assertThatThrownBy(() -> storage.create("postgres", Secret.of("canary-new")))
                .isInstanceOfSatisfying(ProviderException.class, refused -> {
                    assertThat(refused.problem().reason()).isIn(Reason.CONFLICT, Reason.FORBIDDEN);
                    assertThat(refused.problem().toString()).doesNotContain("canary");
                });
        assertThat(storage.read("postgres")).isEmpty();
    }

    @Test
    void logsInByAppRoleAndLeavesNoToken() throws Exception {
        policy("by-role");
        server.bao().ask("POST", "auth/approle/role/btp", Map.of("token_policies", List.of("by-role")));
        var role = (Map<?, ?>) server.bao()
                .ask("GET", "auth/approle/role/btp/role-id", Map.of())
                .getOrDefault("data", Map.of());
        var secret = (Map<?, ?>) server.bao()
                .ask("POST", "auth/approle/role/btp/secret-id", Map.of())
                .getOrDefault("data", Map.of());
        var keys = new Access.Keys(
                String.valueOf(role.get("role_id")), Secret.of(String.valueOf(secret.get("secret_id"))));
        var before = server.bao().ask("LIST", "auth/token/accessors", Map.of()).get("data");

        var storage = storage("by-role", keys, trusted());
        storage.create("postgres", Secret.of("canary-role"));

        assertThat(storage.read("postgres").map(Secret::reveal)).contains("canary-role");
        assertThat(server.bao().ask("LIST", "auth/token/accessors", Map.of()).get("data"))
                .isEqualTo(before);
    }

    @Test
    void namesWhatIsWrong() throws Exception {
        var unknown = storage("wrong", new Access.Token(Secret.of("canary-unknown")), trusted());
        assertThatThrownBy(() -> unknown.read("postgres"))
                .isInstanceOfSatisfying(
                        ProviderException.class,
                        refused -> assertThat(refused.problem().reason()).isEqualTo(Reason.UNAUTHENTICATED));
        var other = new Certificates(folder.resolve("other"));
        var untrusted =
                storage("wrong", new Access.Token(Secret.of("canary-unknown")), Tls.verifiedBy(other.authority()));
        assertThatThrownBy(() -> untrusted.read("postgres"))
                .hasMessageContaining("signed by an authority that is not trusted");
    }

    private static SecretStorage storage(String installation) throws IOException, InterruptedException {
        var token = policy(installation);
        return storage(installation, new Access.Token(Secret.of(token)), trusted());
    }

    private static String policy(String installation) throws IOException, InterruptedException {
        return server.bao().token(installation, "1000h", """
                path "secret/data/btp/%1$s/*" { capabilities = ["create", "read"] }
                path "secret/metadata/btp/%1$s/*" { capabilities = ["read", "list", "delete"] }
                """.formatted(installation));
    }

    private static SecretStorage storage(String installation, Access access, Tls tls) {
        var store = new SecretStore(
                SecretStore.Kind.VAULT,
                Optional.of(URI.create("https://localhost:" + server.bao().port())),
                "secret/btp/" + installation,
                Optional.of(access),
                Optional.empty(),
                tls);
        var owner = new Installation("acme", "btp.acme.example", Connection.direct());
        return new Proofs(
                        unused -> ClusterTunnel.direct(),
                        unused -> Optional.empty(),
                        owner,
                        InstantSource.system(),
                        new SplittableRandom())
                .vault(store, Proving.nothing());
    }

    private static Tls trusted() throws IOException {
        return Tls.verifiedBy(server.authority().authority());
    }
}
