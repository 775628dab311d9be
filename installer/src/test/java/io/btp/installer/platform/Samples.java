package io.btp.installer.platform;

import io.btp.installer.api.Connection;
import io.btp.installer.api.Installation;
import io.btp.installer.api.Login;
import io.btp.installer.api.Slots;
import io.btp.installer.api.contract.Access;
import io.btp.installer.api.contract.CertificateIssuer;
import io.btp.installer.api.contract.Cluster;
import io.btp.installer.api.contract.Identity;
import io.btp.installer.api.contract.Ingress;
import io.btp.installer.api.contract.Logs;
import io.btp.installer.api.contract.Metrics;
import io.btp.installer.api.contract.Namespaces;
import io.btp.installer.api.contract.ObjectStore;
import io.btp.installer.api.contract.Postgres;
import io.btp.installer.api.contract.Redis;
import io.btp.installer.api.contract.Secret;
import io.btp.installer.api.contract.SecretStore;
import io.btp.installer.api.contract.Tls;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An installation to test with. Every secret in it holds the word canary. */
final class Samples {
    static final Installation INSTALLATION = new Installation("acme", "btp.acme.example", Connection.direct());
    static final Tls PRIVATE = Tls.verifiedBy("-----BEGIN CERTIFICATE-----");
    static final PlatformSecrets SECRETS =
            new PlatformSecrets(canary("jwt"), canary("ipfs"), canary("state"), canary("grafana"));

    private Samples() {}

    static Secret canary(String name) {
        return Secret.of("canary-" + name);
    }

    static FakeRecords minimal() {
        return FakeRecords.none()
                .with(Slots.CLUSTER, cluster(Optional.of("gp3"), false))
                .with(Slots.NAMESPACES, new Namespaces("settlemint", "deployments", "btp-deps", Map.of()))
                .with(Slots.POSTGRES, postgres(Tls.disabled()))
                .with(Slots.REDIS, redis(Tls.disabled()))
                .with(Slots.OBJECT_STORE, objectStore("http://store.btp-deps:9000", true))
                .with(
                        Slots.SECRETS,
                        new SecretStore(SecretStore.Kind.KUBERNETES, Optional.empty(), "acme", Optional.empty()))
                .with(
                        Slots.INGRESS,
                        new Ingress(
                                "traefik", Optional.empty(), Optional.of("127.0.0.1"), Optional.empty(), "btp-deps"))
                .with(Slots.CERTIFICATES, certificates("btp.acme.example"));
    }

    static FakeRecords full() {
        return minimal()
                .with(Slots.POSTGRES, postgres(Tls.verified()))
                .with(
                        Slots.REDIS,
                        new Redis(
                                "redis.acme.example",
                                6380,
                                Optional.empty(),
                                Optional.of(canary("redis")),
                                Tls.verified()))
                .with(Slots.OBJECT_STORE, objectStore("https://s3.eu-central-1.amazonaws.com", false))
                .with(
                        Slots.SECRETS,
                        new SecretStore(
                                SecretStore.Kind.VAULT,
                                Optional.of(URI.create("http://bao.btp-deps:8200")),
                                "acme",
                                Optional.of(new Access.Token(canary("vault")))))
                .with(
                        Slots.CERTIFICATES,
                        new CertificateIssuer(
                                Optional.of("ClusterIssuer"),
                                Optional.of("acme-issuer"),
                                CertificateIssuer.Challenge.DNS_01,
                                "acme-tls",
                                List.of("btp.acme.example", "*.btp.acme.example")))
                .with(Slots.IDENTITY, identity(Identity.Kind.KEYCLOAK))
                .with(
                        Slots.METRICS,
                        new Metrics(
                                URI.create("http://prometheus.btp-deps:9090"),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()))
                .with(
                        Slots.LOGS,
                        new Logs(
                                URI.create("http://loki.btp-deps:3100/push"), URI.create("http://loki.btp-deps:3100")));
    }

    static Cluster cluster(Optional<String> storageClass, boolean simulated) {
        return new Cluster(
                "uid-1",
                "test",
                URI.create("https://127.0.0.1:1"),
                canary("kubeconfig"),
                "v1.35.4",
                storageClass,
                Cluster.Identities.PLAIN,
                simulated);
    }

    static Postgres postgres(Tls tls) {
        return new Postgres("pg.acme.example", 5432, "btp", "btp_user", canary("postgres"), tls);
    }

    static Redis redis(Tls tls) {
        return new Redis("redis.btp-deps", 6379, Optional.empty(), Optional.empty(), tls);
    }

    static ObjectStore objectStore(String endpoint, boolean pathStyle) {
        return new ObjectStore(
                URI.create(endpoint),
                "eu-central-1",
                "acme-btp",
                pathStyle,
                new Access.Keys("AKIA", canary("s3")),
                Tls.disabled());
    }

    static Identity identity(Identity.Kind kind) {
        return new Identity(
                kind,
                URI.create("https://login.acme.example/realms/btp"),
                Optional.empty(),
                "btp-client",
                canary("identity"),
                List.of("openid"));
    }

    static CertificateIssuer certificates(String... hosts) {
        return new CertificateIssuer(
                Optional.empty(), Optional.empty(), CertificateIssuer.Challenge.NONE, "acme-tls", List.of(hosts));
    }

    static PlatformConfiguration configuration() {
        return new PlatformConfiguration(
                new PlatformConfiguration.Registry(Optional.empty(), Optional.empty()),
                Optional.of(new PlatformConfiguration.License(
                        new Login("acme-account", canary("license")),
                        Optional.empty(),
                        Optional.empty(),
                        LocalDate.of(2030, 12, 31))),
                new PlatformConfiguration.Given(Optional.empty(), Optional.empty(), Optional.empty()),
                new PlatformConfiguration.Target("aws", "AWS", "aws", "Primary", 50.8505, 4.3488, 30_000, 32_767),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static PlatformConfiguration fullConfiguration() {
        return new PlatformConfiguration(
                new PlatformConfiguration.Registry(
                        Optional.of(URI.create("oci://registry.acme.example/settlemint")),
                        Optional.of(new Login("puller", canary("registry")))),
                Optional.of(new PlatformConfiguration.License(
                        new Login("acme-account", canary("license")),
                        Optional.of(canary("signature")),
                        Optional.of("ops@acme.example"),
                        LocalDate.of(2030, 12, 31))),
                new PlatformConfiguration.Given(Optional.empty(), Optional.empty(), Optional.empty()),
                new PlatformConfiguration.Target("own", "Acme", "global", "Main", 52.52, 13.405, 31_000, 31_999),
                Optional.of(new PlatformConfiguration.Email(
                        "btp@acme.example",
                        "smtp.acme.example",
                        465,
                        Optional.of(new Login("mailer", canary("mail"))))),
                Optional.of(new PlatformConfiguration.Google("google-id", canary("google"))),
                Optional.of("fast"),
                Optional.empty());
    }
}
