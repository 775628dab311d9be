package io.btp.installer.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.api.Check;
import io.btp.installer.api.Connection;
import io.btp.installer.api.Installation;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Records;
import io.btp.installer.api.Slots;
import io.btp.installer.api.contract.Access;
import io.btp.installer.api.contract.Identity;
import io.btp.installer.api.contract.ObjectStore;
import io.btp.installer.api.contract.Redis;
import io.btp.installer.api.contract.SecretStore;
import io.btp.installer.api.contract.Tls;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LossesTest {
    private static Optional<Problem> refusal(Records records, Map<String, Object> own) {
        return Losses.refusal(Samples.INSTALLATION, records, Samples.configuration(), own);
    }

    private static List<String> warnings(Records records) {
        return Losses.warnings(Samples.INSTALLATION, records).stream()
                .map(Check::id)
                .toList();
    }

    @Test
    void refusesNothingThatTheChartCanTake() {
        assertThat(refusal(Samples.minimal(), Map.of())).isEmpty();
        assertThat(refusal(Samples.full(), Map.of())).isEmpty();
    }

    @Test
    void warnsOfNothingWhereNothingIsLost() {
        assertThat(warnings(Samples.full())).isEmpty();
    }

    @Test
    void refusesToDropThePrivateAuthorityOfPostgres() {
        var records = Samples.minimal().with(Slots.POSTGRES, Samples.postgres(Samples.PRIVATE));

        assertThat(refusal(records, Map.of())).hasValueSatisfying(problem -> {
            assertThat(problem.summary()).startsWith("PostgreSQL");
            assertThat(problem.remedy()).contains("postgresql.sslMode");
        });
    }

    @Test
    void letsTheUserDecideAboutThePrivateAuthority() {
        var records = Samples.minimal().with(Slots.POSTGRES, Samples.postgres(Samples.PRIVATE));

        assertThat(refusal(records, Map.of("postgresql", Map.of("sslMode", "require"))))
                .isEmpty();
        assertThat(refusal(records, Map.of("postgresql", Map.of("host", "other"))))
                .isPresent();
    }

    @Test
    void refusesToDropThePrivateAuthorityOfRedis() {
        assertThat(refusal(Samples.minimal().with(Slots.REDIS, Samples.redis(Samples.PRIVATE)), Map.of()))
                .isPresent();
    }

    @Test
    void refusesACertificateForAnotherName() {
        assertThat(refusal(Samples.minimal().with(Slots.CERTIFICATES, Samples.certificates("other.example")), Map.of()))
                .hasValueSatisfying(
                        problem -> assertThat(problem.summary()).contains("other.example", "btp.acme.example"));
    }

    @Test
    void takesAWildcardOneLevelUpOnly() {
        assertThat(Losses.serves(Samples.certificates("*.acme.example"), "btp.acme.example"))
                .isTrue();
        assertThat(Losses.serves(Samples.certificates("*.acme.example"), "ipfs.btp.acme.example"))
                .isFalse();
    }

    @Test
    void refusesAClusterWithoutAnyStorageClass() {
        assertThat(refusal(Samples.minimal().with(Slots.CLUSTER, Samples.cluster(Optional.empty(), false)), Map.of()))
                .hasValueSatisfying(problem -> assertThat(problem.remedy()).contains("platform.storageClass"));
    }

    @Test
    void warnsOfARedisUser() {
        var redis = new Redis("redis", 6379, Optional.of("btp"), Optional.of(Samples.canary("redis")), Tls.disabled());

        assertThat(warnings(Samples.full().with(Slots.REDIS, redis))).containsExactly("platform.lost.redis-user");
    }

    @Test
    void warnsOfAWorkloadIdentityAndOfAnAuthorityOfTheObjectStore() {
        var store = new ObjectStore(
                URI.create("https://s3.acme.example"),
                "eu-central-1",
                "btp",
                true,
                new Access.WorkloadIdentity("arn:aws:iam::1:role/btp", "platform"),
                Samples.PRIVATE);

        assertThat(warnings(Samples.full().with(Slots.OBJECT_STORE, store)))
                .containsExactly("platform.lost.object-store-authority", "platform.lost.object-store-access");
    }

    @Test
    void warnsOfASecretStoreThatIsNotVault() {
        var store = new SecretStore(SecretStore.Kind.KUBERNETES, Optional.empty(), "acme", Optional.empty());

        assertThat(warnings(Samples.full().with(Slots.SECRETS, store))).containsExactly("platform.lost.secret-store");
    }

    @Test
    void warnsOfVaultWithoutAToken() {
        var store = new SecretStore(
                SecretStore.Kind.VAULT,
                Optional.of(URI.create("https://vault.acme.example")),
                "acme",
                Optional.of(new Access.WorkloadIdentity("btp", "platform")));

        assertThat(warnings(Samples.full().with(Slots.SECRETS, store))).containsExactly("platform.lost.vault-access");
    }

    @Test
    void warnsOfTheNamespaceAndTheAuthorityOfVault() {
        var store = new SecretStore(
                SecretStore.Kind.VAULT,
                Optional.of(URI.create("https://vault.acme.example")),
                "secret/btp/acme",
                Optional.of(new Access.Token(Samples.canary("vault"))),
                Optional.of("team"),
                Samples.PRIVATE);

        assertThat(warnings(Samples.full().with(Slots.SECRETS, store)))
                .containsExactly("platform.lost.vault-authority", "platform.lost.vault-namespace");
    }

    @Test
    void warnsOfTheAuthorityOfTheIdentityProvider() {
        var known = Samples.identity(Identity.Kind.OIDC);
        var identity = new Identity(
                known.kind(),
                known.issuer(),
                known.adminUrl(),
                known.clientId(),
                known.clientSecret(),
                known.scopes(),
                Samples.PRIVATE);

        assertThat(warnings(Samples.full().with(Slots.IDENTITY, identity)))
                .containsExactly("platform.lost.identity-authority");
    }

    @Test
    void warnsOfNamesWithoutACertificate() {
        assertThat(warnings(Samples.full().with(Slots.CERTIFICATES, Samples.certificates("btp.acme.example"))))
                .containsExactly(
                        "platform.lost.ipfs-host", "platform.lost.grafana-host", "platform.lost.service-certificates");
    }

    @Test
    void warnsOfNothingThatIsNotKnownYet() {
        assertThat(warnings(FakeRecords.none())).isEmpty();
    }

    @Test
    void warnsOfWhatOfTheConnectionPodsDoNotGet() {
        var connection = new Connection(
                Optional.of(URI.create("http://proxy.acme.example:3128")),
                List.of(),
                Optional.of("PEM"),
                Optional.of("registry.acme.example/mirror"));
        var installation = new Installation("acme", "btp.acme.example", connection);

        assertThat(Losses.warnings(installation, Samples.full()).stream().map(Check::id))
                .containsExactly("platform.lost.proxy", "platform.lost.authority", "platform.lost.registry-mirror");
    }
}
