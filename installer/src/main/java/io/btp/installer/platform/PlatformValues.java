package io.btp.installer.platform;

import io.btp.installer.api.Installation;
import io.btp.installer.api.Records;
import io.btp.installer.api.Slots;
import io.btp.installer.api.contract.Access;
import io.btp.installer.api.contract.CertificateIssuer;
import io.btp.installer.api.contract.Identity;
import io.btp.installer.api.contract.ObjectStore;
import io.btp.installer.api.contract.Postgres;
import io.btp.installer.api.contract.Redis;
import io.btp.installer.api.contract.Secret;
import io.btp.installer.api.contract.SecretStore;
import io.btp.installer.api.contract.Tls;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The chart's values, as a pure function of the records and the configuration. Secrets stay hidden leaves. */
final class PlatformValues {
    private final Installation installation;
    private final Records records;
    private final PlatformConfiguration configuration;
    private final PlatformSecrets secrets;

    private PlatformValues(
            Installation installation, Records records, PlatformConfiguration configuration, PlatformSecrets secrets) {
        this.installation = installation;
        this.records = records;
        this.configuration = configuration;
        this.secrets = secrets;
    }

    /**
     * Gives the values. Every record that the platform needs must be there.
     *
     * @param file what the user's values file says; wins
     */
    static Map<String, Object> of(
            Installation installation,
            Records records,
            PlatformConfiguration configuration,
            PlatformSecrets secrets,
            Map<String, Object> file) {
        var values = new PlatformValues(installation, records, configuration, secrets);
        return DeepMerge.of(defaults(), values.contract(), values.credentials(), values.images(), file);
    }

    /** Gives the storage class of the platform's volumes. */
    static Optional<String> storageClass(Records records, PlatformConfiguration configuration) {
        return configuration.storageClass().or(() -> records.get(Slots.CLUSTER).storageClass());
    }

    private static Map<String, Object> defaults() {
        return Map.of(
                "support", Map.of("ingress-nginx", Map.of("enabled", false)),
                "observability",
                        Map.of(
                                "prometheus-node-exporter", Map.of("enabled", false),
                                "loki",
                                        Map.of(
                                                "singleBinary",
                                                Map.of("resources", resources("500m", "1Gi", "1", "2Gi")),
                                                "chunksCache",
                                                Map.of(
                                                        "resources",
                                                        resources("100m", "1Gi", "1", "2Gi"),
                                                        "allocatedMemory",
                                                        1024))),
                "internal",
                        Map.of(
                                "email",
                                Map.of(
                                        "enabled",
                                        false,
                                        "from",
                                        "noreply@example.com",
                                        "server",
                                        Map.of(
                                                "host",
                                                "smtp.example.com",
                                                "port",
                                                "587",
                                                "user",
                                                "",
                                                "password",
                                                ""))));
    }

    private static Map<String, Object> resources(String cpu, String memory, String mostCpu, String mostMemory) {
        return Map.of(
                "requests", Map.of("cpu", cpu, "memory", memory),
                "limits", Map.of("cpu", mostCpu, "memory", mostMemory));
    }

    private Map<String, Object> contract() {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("ingress", ingress(records.get(Slots.CERTIFICATES)));
        tree.put("postgresql", postgresql(records.get(Slots.POSTGRES)));
        tree.put("redis", redis(records.get(Slots.REDIS)));
        tree.put("objectStorage", objectStorage(records.get(Slots.OBJECT_STORE)));
        tree.put("vault", vault(records.get(Slots.SECRETS)));
        tree.put("auth", Map.of("jwtSigningKey", secrets.jwtSigningKey(), "providers", providers()));
        tree.put("internal", internal());
        tree.put(
                "features",
                Map.of(
                        "deploymentEngine",
                        new DeploymentEngineValues(installation, records, configuration, secrets).tree(),
                        "observability",
                        queried()));
        tree.put("support", Map.of("ipfs-cluster", ipfs()));
        tree.put("observability", observability());
        return tree;
    }

    private Map<String, Object> ingress(CertificateIssuer certificates) {
        return Map.of(
                "enabled", true,
                "className", records.get(Slots.INGRESS).className(),
                "host", installation.domain(),
                "path", "/",
                "pathType", "Prefix",
                "annotations", Map.of(),
                "tls", tls(certificates.tlsSecret(), installation.domain()),
                "certManager", Map.of("enabled", false));
    }

    private static List<Map<String, Object>> tls(String secret, String host) {
        return List.of(Map.of("secretName", secret, "hosts", List.of(host)));
    }

    private static Map<String, Object> postgresql(Postgres postgres) {
        return Map.of(
                "enabled", true,
                "host", postgres.host(),
                "port", postgres.port(),
                "user", postgres.username(),
                "password", postgres.password(),
                "database", postgres.database(),
                "sslMode", sslMode(postgres.tls().mode()));
    }

    private static String sslMode(Tls.Mode mode) {
        return switch (mode) {
            case DISABLE -> "disable";
            case REQUIRE -> "require";
            case VERIFY_FULL -> "verify-full";
        };
    }

    private static Map<String, Object> redis(Redis redis) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("enabled", true);
        tree.put("host", redis.host());
        tree.put("port", redis.port());
        redis.password().ifPresent(password -> tree.put("password", password));
        tree.put("scheme", redis.tls().isEnabled() ? "rediss" : "redis");
        tree.put("tls", redis.tls().isEnabled());
        return tree;
    }

    private static Map<String, Object> objectStorage(ObjectStore store) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("enabled", true);
        tree.put("endpoint", store.endpoint().toString());
        tree.put("bucket", store.bucket());
        tree.put("region", store.region());
        tree.put("usePathStyle", store.pathStyle());
        if (store.access() instanceof Access.Keys(String accessKey, Secret secretKey)) {
            tree.put("accessKey", accessKey);
            tree.put("secretKey", secretKey);
        }
        return tree;
    }

    private static Map<String, Object> vault(SecretStore store) {
        if (store.kind() == SecretStore.Kind.VAULT
                && store.address().isPresent()
                && store.access().orElse(null) instanceof Access.Token(Secret token)) {
            return Map.of("enabled", true, "address", store.address().get().toString(), "token", token);
        }
        return Map.of("enabled", false);
    }

    private Map<String, Object> providers() {
        var tree = new LinkedHashMap<String, Object>();
        records.find(Slots.IDENTITY).ifPresent(identity -> tree.put(key(identity.kind()), provider(identity)));
        configuration
                .google()
                .ifPresent(google -> tree.put(
                        "google",
                        Map.of("enabled", true, "clientID", google.clientId(), "clientSecret", google.clientSecret())));
        return tree;
    }

    private static String key(Identity.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Object> provider(Identity identity) {
        return Map.of(
                "enabled", true,
                "clientID", identity.clientId(),
                "clientSecret", identity.clientSecret(),
                "issuer", identity.issuer().toString());
    }

    private Map<String, Object> internal() {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("authJWT", Map.of("signingKey", secrets.jwtSigningKey()));
        configuration.email().ifPresent(email -> tree.put("email", email(email)));
        return tree;
    }

    private static Map<String, Object> email(PlatformConfiguration.Email email) {
        var server = new LinkedHashMap<String, Object>();
        server.put("host", email.host());
        server.put("port", Integer.toString(email.port()));
        email.login().ifPresent(login -> {
            server.put("user", login.username());
            server.put("password", login.password());
        });
        return Map.of("enabled", true, "from", email.from(), "server", server);
    }

    private Map<String, Object> queried() {
        var tree = new LinkedHashMap<String, Object>();
        records.find(Slots.METRICS)
                .ifPresent(metrics -> tree.put(
                        "metrics",
                        Map.of("enabled", true, "apiUrl", metrics.query().toString())));
        records.find(Slots.LOGS)
                .ifPresent(logs -> tree.put(
                        "logs", Map.of("enabled", true, "apiUrl", logs.query().toString())));
        return tree;
    }

    private Map<String, Object> ipfs() {
        var host = "ipfs." + installation.domain();
        var ingress = new LinkedHashMap<>(siblingIngress(host));
        ingress.put(
                "hosts", List.of(Map.of("host", host, "paths", List.of(Map.of("path", "/", "pathType", "Prefix")))));
        var tree = new LinkedHashMap<String, Object>();
        tree.put("sharedSecret", secrets.ipfsClusterSecret());
        tree.put("ingress", ingress);
        storageClass(records, configuration).ifPresent(name -> {
            tree.put("cluster", Map.of("storage", Map.of("storageClassName", name)));
            tree.put("ipfs", Map.of("storage", Map.of("storageClassName", name)));
        });
        return tree;
    }

    /** An ingress beside the platform's: off where no certificate serves its name. */
    private Map<String, Object> siblingIngress(String host) {
        var certificates = records.get(Slots.CERTIFICATES);
        if (!Losses.serves(certificates, host)) {
            return Map.of("enabled", false);
        }
        return Map.of(
                "enabled", true,
                "className", records.get(Slots.INGRESS).className(),
                "annotations", Map.of(),
                "tls", tls(certificates.tlsSecret(), host));
    }

    private Map<String, Object> observability() {
        var host = "grafana." + installation.domain();
        var ingress = new LinkedHashMap<>(siblingIngress(host));
        ingress.put("hosts", List.of(host));
        var grafana = new LinkedHashMap<String, Object>();
        grafana.put("auth", Map.of("username", "admin", "password", secrets.grafanaPassword()));
        grafana.put("ingress", ingress);
        var loki = new LinkedHashMap<String, Object>();
        loki.put("enabled", records.find(Slots.LOGS).isEmpty());
        var tree = new LinkedHashMap<String, Object>();
        storageClass(records, configuration).ifPresent(name -> {
            grafana.put("persistence", Map.of("storageClassName", name));
            loki.put("singleBinary", Map.of("persistence", Map.of("storageClass", name)));
            tree.put(
                    "victoria-metrics-single",
                    Map.of("server", Map.of("persistentVolume", Map.of("storageClassName", name))));
        });
        tree.put("grafana", grafana);
        tree.put("loki", loki);
        return tree;
    }

    private Map<String, Object> credentials() {
        var tree = new LinkedHashMap<String, Object>();
        configuration.license().ifPresent(license -> tree.put("license", license(license)));
        tree.put("imagePullCredentials", Map.of("registries", registries()));
        return tree;
    }

    private static Map<String, Object> license(PlatformConfiguration.License license) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("username", license.login().username());
        tree.put("password", license.login().password());
        tree.put("accountName", license.login().username());
        tree.put("accountToken", license.login().password());
        license.signature().ifPresent(signature -> tree.put("signature", signature));
        license.email().ifPresent(email -> tree.put("email", email));
        tree.put("expirationDate", license.expires().toString());
        return tree;
    }

    /** The licence is no login to public registries, so those get none. The mirror stands in for the vendor's. */
    private Map<String, Object> registries() {
        var harbor = new LinkedHashMap<String, Object>();
        var login = installation.connection().registryMirror().isPresent()
                ? installation.connection().mirrorLogin()
                : configuration.registry().login();
        harbor.put("enabled", login.isPresent());
        login.ifPresent(it -> {
            harbor.put("registryUrl", registry());
            harbor.put("username", it.username());
            harbor.put("password", it.password());
            configuration
                    .license()
                    .flatMap(PlatformConfiguration.License::email)
                    .ifPresent(email -> harbor.put("email", email));
        });
        return Map.of("harbor", harbor, "docker", Map.of("enabled", false), "ghcr", Map.of("enabled", false));
    }

    private String registry() {
        return installation
                .connection()
                .registryMirror()
                .map(mirror -> mirror.replaceFirst("/.*", ""))
                .or(() -> configuration.registry().url().map(URI::getAuthority))
                .orElse(PlatformProvider.REGISTRY);
    }

    /** The keys that charts commonly read, and their subcharts with them; nothing where there is no mirror. */
    private Map<String, Object> images() {
        var pullSecrets = installation.pullSecret().stream()
                .map(name -> Map.of("name", name))
                .toList();
        return installation
                .connection()
                .registryMirror()
                .map(mirror -> Map.<String, Object>of(
                        "global",
                        Map.of(
                                "imageRegistry", mirror,
                                "image", Map.of("registry", mirror),
                                "imagePullSecrets", pullSecrets)))
                .orElseGet(Map::of);
    }
}
