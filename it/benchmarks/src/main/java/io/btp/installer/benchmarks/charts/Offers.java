package io.btp.installer.benchmarks.charts;

import io.btp.installer.api.Need;
import io.btp.installer.api.Slot;
import io.btp.installer.api.Slots;
import io.btp.installer.api.contract.Access;
import io.btp.installer.api.contract.CertificateIssuer;
import io.btp.installer.api.contract.Identity;
import io.btp.installer.api.contract.Ingress;
import io.btp.installer.api.contract.Logs;
import io.btp.installer.api.contract.Metrics;
import io.btp.installer.api.contract.ObjectStore;
import io.btp.installer.api.contract.Postgres;
import io.btp.installer.api.contract.Redis;
import io.btp.installer.api.contract.Secret;
import io.btp.installer.api.contract.Tls;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the plugin offers: nine charts; the tenth is the platform's own. */
final class Offers {
    /** A slot of the plugin's own. */
    private static final Slot<Vault> VAULT = Slot.of("vault", Vault.class, "vault");

    private static final String BTP = "btp";
    /** Charts take it as a plain value; nothing listens that would know it. */
    private static final Secret PASSWORD = Secret.of("benchmark-password");

    private Offers() {}

    static List<Offer<?>> all() {
        return List.of(
                new Offer<>("postgres-operator", Slots.POSTGRES, Set.of(), Offers::postgres),
                new Offer<>("redis", Slots.REDIS, Set.of(), Offers::redis),
                new Offer<>("minio", Slots.OBJECT_STORE, Set.of(), Offers::objectStore),
                new Offer<>("keycloak", Slots.IDENTITY, Set.of(), Offers::identity),
                new Offer<>("vault", VAULT, Set.of(), site -> new Vault(site.http(8200))),
                new Offer<>("ingress-nginx", Slots.INGRESS, Set.of(), Offers::ingress),
                new Offer<>("cert-manager", Slots.CERTIFICATES, Set.of(Need.input(Slots.INGRESS)), Offers::issuer),
                new Offer<>("kube-prometheus-stack", Slots.METRICS, Set.of(), Offers::metrics),
                new Offer<>("loki", Slots.LOGS, Set.of(), site -> new Logs(site.http(3100), site.http(3100))));
    }

    private static Postgres postgres(Site site) {
        return new Postgres(site.host(), 5432, BTP, BTP, PASSWORD, Tls.disabled());
    }

    private static Redis redis(Site site) {
        return new Redis(site.host(), 6379, Optional.empty(), Optional.of(PASSWORD), Tls.disabled());
    }

    private static ObjectStore objectStore(Site site) {
        return new ObjectStore(site.http(9000), "us-east-1", BTP, true, new Access.Keys(BTP, PASSWORD), Tls.disabled());
    }

    private static Identity identity(Site site) {
        return new Identity(
                Identity.Kind.OIDC,
                URI.create("https://identity." + site.installation().domain()),
                Optional.empty(),
                BTP,
                PASSWORD,
                List.of("openid"));
    }

    private static Ingress ingress(Site site) {
        return new Ingress("nginx", Optional.empty(), Optional.of("127.98.0.1"), Optional.empty(), site.namespace());
    }

    private static CertificateIssuer issuer(Site site) {
        return new CertificateIssuer(
                Optional.empty(),
                Optional.empty(),
                CertificateIssuer.Challenge.NONE,
                "tls",
                List.of(site.installation().domain(), "*." + site.installation().domain()));
    }

    private static Metrics metrics(Site site) {
        return new Metrics(site.http(9090), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
