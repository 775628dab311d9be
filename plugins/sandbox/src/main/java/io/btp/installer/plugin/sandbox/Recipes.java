package io.btp.installer.plugin.sandbox;

import io.btp.installer.api.Need;
import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Slot;
import io.btp.installer.api.Slots;
import io.btp.installer.api.contract.Access;
import io.btp.installer.api.contract.CertificateIssuer;
import io.btp.installer.api.contract.Identity;
import io.btp.installer.api.contract.Ingress;
import io.btp.installer.api.contract.Logs;
import io.btp.installer.api.contract.Metrics;
import io.btp.installer.api.contract.Namespaces;
import io.btp.installer.api.contract.ObjectStore;
import io.btp.installer.api.contract.Postgres;
import io.btp.installer.api.contract.Redis;
import io.btp.installer.api.contract.Tls;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The stand-ins of every slot that a chart can fill. Their ports are those of the real things. */
final class Recipes {
    private static final String BTP = "btp";
    private static final String ACCESS_KEY = "btp-platform";
    private static final String GRAFANA_USER = "admin";
    private static final String REGION = "us-east-1";

    private Recipes() {}

    static List<Recipe<?>> all() {
        return List.of(postgres(), redis(), objectStore(), identity(), ingress(), certificates(), metrics(), logs());
    }

    static Recipe<Postgres> postgres() {
        return stored(
                Slots.POSTGRES,
                "postgres",
                "PostgreSQL",
                Optional.of(Credentials.of(32, "password", Map.of("username", BTP, "database", BTP))),
                Recipes::existingSecret,
                (found, use) -> Optional.of(new Postgres(
                        found.site().host(), 5432, nameFor(use), nameFor(use), found.password(), Tls.disabled())));
    }

    static Recipe<Redis> redis() {
        return stored(
                Slots.REDIS,
                "redis",
                "Redis",
                Optional.of(Credentials.of(32, "password", Map.of())),
                Recipes::existingSecret,
                (found, use) -> Optional.of(
                        new Redis(found.site().host(), 6379, Optional.empty(), found.secret(), Tls.disabled())));
    }

    static Recipe<ObjectStore> objectStore() {
        return stored(
                Slots.OBJECT_STORE,
                "object-store",
                "object store",
                Optional.of(Credentials.of(40, "secretKey", Map.of("accessKey", ACCESS_KEY))),
                site -> Map.of("auth", Map.of("existingSecret", site.credentials()), "bucket", BTP, "region", REGION),
                (found, use) -> Optional.of(new ObjectStore(
                        found.site().http(9000),
                        REGION,
                        nameFor(use),
                        true,
                        new Access.Keys(ACCESS_KEY, found.password()),
                        Tls.disabled())));
    }

    static Recipe<Identity> identity() {
        return new Recipe<>(
                Slots.IDENTITY,
                "identity",
                "identity provider",
                false,
                Optional.of(Credentials.of(40, "clientSecret", Map.of("clientId", BTP))),
                Namespaces::dependencies,
                Recipes::service,
                site -> Map.of(
                        "auth",
                        Map.of("existingSecret", site.credentials()),
                        "issuer",
                        issuer(site).toString(),
                        "redirectUris",
                        List.of("https://" + site.installation().domain() + "/api/auth/callback/oidc")),
                (found, use) -> Optional.of(new Identity(
                        Identity.Kind.OIDC,
                        issuer(found.site()),
                        Optional.empty(),
                        BTP,
                        found.password(),
                        List.of("openid", "email", "profile"))));
    }

    static Recipe<Ingress> ingress() {
        return new Recipe<>(
                Slots.INGRESS,
                "ingress",
                "ingress controller",
                false,
                Optional.empty(),
                Namespaces::dependencies,
                Recipes::service,
                site -> Map.of("className", className(site)),
                (found, use) -> LoadBalancer.of(found.landmark())
                        .map(entry -> new Ingress(
                                className(found.site()),
                                entry.hostname(),
                                entry.address(),
                                Optional.empty(),
                                found.site().namespace())));
    }

    static Recipe<CertificateIssuer> certificates() {
        return new Recipe<>(
                Slots.CERTIFICATES,
                "certificates",
                "certificates",
                false,
                Optional.empty(),
                Namespaces::platform,
                site -> ObjectRef.of("v1", "Secret", site.namespace(), tlsSecret(site)),
                site -> Map.of("secretName", tlsSecret(site), "hosts", hosts(site)),
                (found, use) -> Optional.of(new CertificateIssuer(
                        Optional.empty(),
                        Optional.empty(),
                        CertificateIssuer.Challenge.NONE,
                        tlsSecret(found.site()),
                        hosts(found.site()))));
    }

    static Recipe<Metrics> metrics() {
        return stored(
                Slots.METRICS,
                "metrics",
                "metrics",
                Optional.of(Credentials.of(24, "password", Map.of("username", GRAFANA_USER))),
                site -> Map.of("grafana", Map.of("existingSecret", site.credentials())),
                (found, use) -> Optional.of(new Metrics(
                        found.site().http(9090),
                        Optional.of(URI.create(
                                "http://" + found.site().hostOf(found.site().release() + "-grafana"))),
                        Optional.of(GRAFANA_USER),
                        found.secret())));
    }

    static Recipe<Logs> logs() {
        return stored(
                Slots.LOGS,
                "logs",
                "logs",
                Optional.empty(),
                site -> Map.of(),
                (found, use) -> Optional.of(new Logs(
                        found.site().http(3100).resolve("/loki/api/v1/push"),
                        found.site().http(3100))));
    }

    private static <O extends Record> Recipe<O> stored(
            Slot<O> slot,
            String thing,
            String title,
            Optional<Credentials> credentials,
            Function<Site, Map<String, Object>> values,
            Recipe.Outputs<O> outputs) {
        return new Recipe<>(
                slot, thing, title, true, credentials, Namespaces::dependencies, Recipes::service, values, outputs);
    }

    private static ObjectRef service(Site site) {
        return ObjectRef.of("v1", "Service", site.namespace(), site.release());
    }

    private static Map<String, Object> existingSecret(Site site) {
        return Map.of("auth", Map.of("existingSecret", site.credentials()));
    }

    /** Each use has a database, a role or a bucket of its own. */
    private static String nameFor(String use) {
        return use.equals(Need.PLATFORM_USE) ? BTP : use;
    }

    private static URI issuer(Site site) {
        return URI.create("https://identity." + site.installation().domain());
    }

    /** Ingress classes are cluster-wide: each installation has its own. */
    private static String className(Site site) {
        return site.installation().nameOf("sandbox");
    }

    private static String tlsSecret(Site site) {
        return site.installation().nameOf("tls");
    }

    static List<String> hosts(Site site) {
        return List.of(site.installation().domain(), "*." + site.installation().domain());
    }
}
