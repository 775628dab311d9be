package io.btp.installer.testkit;

import io.btp.installer.api.Need;
import io.btp.installer.api.Slot;
import io.btp.installer.api.Slots;
import io.btp.installer.api.contract.Access;
import io.btp.installer.api.contract.CertificateIssuer;
import io.btp.installer.api.contract.DnsRecords;
import io.btp.installer.api.contract.DnsZone;
import io.btp.installer.api.contract.Identity;
import io.btp.installer.api.contract.Ingress;
import io.btp.installer.api.contract.KubernetesApi;
import io.btp.installer.api.contract.Logs;
import io.btp.installer.api.contract.Metrics;
import io.btp.installer.api.contract.Namespaces;
import io.btp.installer.api.contract.ObjectStore;
import io.btp.installer.api.contract.Postgres;
import io.btp.installer.api.contract.Redis;
import io.btp.installer.api.contract.SecretStore;
import io.btp.installer.api.contract.Tls;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the needs of a provider get where its author says nothing; passwords are canaries. */
final class SampleRecords {
    static final Namespaces NAMESPACES =
            new Namespaces("settlemint", "deployments", "btp-deps", Map.of("workload", "contract-workload"));

    private static final Map<Slot<?>, Record> RECORDS = Map.ofEntries(
            Map.entry(Slots.NAMESPACES, NAMESPACES),
            Map.entry(
                    Slots.POSTGRES,
                    new Postgres(
                            "postgres.btp-deps.svc", 5432, "btp", "btp", Canary.secret("postgres"), Tls.disabled())),
            Map.entry(
                    Slots.REDIS,
                    new Redis(
                            "redis.btp-deps.svc",
                            6379,
                            Optional.empty(),
                            Optional.of(Canary.secret("redis")),
                            Tls.disabled())),
            Map.entry(
                    Slots.OBJECT_STORE,
                    new ObjectStore(
                            URI.create("http://store.btp-deps.svc:9000"),
                            "us-east-1",
                            "btp",
                            true,
                            new Access.Keys("contract", Canary.secret("object-store")),
                            Tls.disabled())),
            Map.entry(
                    Slots.IDENTITY,
                    new Identity(
                            Identity.Kind.OIDC,
                            URI.create("https://login.contract.example"),
                            Optional.empty(),
                            "btp",
                            Canary.secret("identity"),
                            List.of("openid"))),
            Map.entry(
                    Slots.SECRETS,
                    new SecretStore(
                            SecretStore.Kind.KUBERNETES, Optional.empty(), "btp-deps/contract-", Optional.empty())),
            Map.entry(
                    Slots.INGRESS,
                    new Ingress("contract", Optional.empty(), Optional.of("127.0.0.1"), Optional.empty(), "btp-deps")),
            Map.entry(Slots.ZONE, new DnsZone("contract.example", "other", "zone", Optional.empty(), Optional.empty())),
            Map.entry(
                    Slots.CERTIFICATES,
                    new CertificateIssuer(
                            Optional.of("ClusterIssuer"),
                            Optional.of("contract"),
                            CertificateIssuer.Challenge.NONE,
                            "contract-tls",
                            List.of("btp.contract.example"))),
            Map.entry(Slots.RECORDS, new DnsRecords(List.of("btp.contract.example"), "127.0.0.1")),
            Map.entry(
                    Slots.METRICS,
                    new Metrics(
                            URI.create("http://metrics.btp-deps.svc"),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty())),
            Map.entry(
                    Slots.LOGS,
                    new Logs(URI.create("http://logs.btp-deps.svc/push"), URI.create("http://logs.btp-deps.svc"))));

    private SampleRecords() {}

    static <R extends Record> R of(Need<R> need) {
        var record = need.slot().equals(Slots.KUBERNETES_API)
                ? new KubernetesApi(need.use(), "what was there before", true)
                : RECORDS.get(need.slot());
        if (record == null) {
            throw new AssertionError("The kit has no record for " + need + ": override record(Need) and give one");
        }
        return need.slot().type().cast(record);
    }
}
