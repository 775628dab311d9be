package io.btp.installer.plugin.kubernetes;

import io.btp.installer.api.Installation;
import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.contract.Secret;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The objects that make the operator run a database cluster, and their names. */
final class PostgresManifests {
    /** Role and database of the platform. */
    static final String PLATFORM_ROLE = "btp";

    private static final String API = CloudNativePgOperator.GROUP_VERSION;
    private static final String IMAGE = "ghcr.io/cloudnative-pg/postgresql:";

    private final CloudNativePg.Configuration configuration;
    private final Installation installation;
    private final String namespace;

    PostgresManifests(CloudNativePg.Configuration configuration, Installation installation, String namespace) {
        this.configuration = configuration;
        this.installation = installation;
        this.namespace = namespace;
    }

    /** Names the database cluster: {@code acme-postgres}. */
    static String cluster(Installation installation) {
        return installation.nameOf("postgres");
    }

    ObjectRef clusterRef() {
        return ObjectRef.of(API, "Cluster", namespace, cluster(installation));
    }

    ObjectRef databaseRef(String role) {
        return ObjectRef.of(API, "Database", namespace, cluster(installation) + "-" + role);
    }

    /** Refers to the authority of the server's certificate, which the operator makes. */
    ObjectRef authorityRef() {
        return ObjectRef.of("v1", "Secret", namespace, cluster(installation) + "-ca");
    }

    /** Gives the address of the server that takes writes; its certificate is for this name. */
    String host() {
        return "%s-rw.%s.svc".formatted(cluster(installation), namespace);
    }

    /** Names a role's password in the secret store. */
    static String passwordOf(String role) {
        return role.equals(PLATFORM_ROLE) ? "postgres" : "postgres-" + role;
    }

    private String copyName(String role) {
        return cluster(installation) + "-role-" + role;
    }

    /** The Secret that hands a role's password to the operator. */
    Map<String, Object> copy(String role, Secret password) {
        return Map.of(
                "apiVersion", "v1",
                "kind", "Secret",
                "metadata",
                        Map.of(
                                "name", copyName(role),
                                "namespace", namespace,
                                // The operator follows changes of Secrets with this label only.
                                "labels", Map.of("cnpg.io/reload", "true")),
                "type", "kubernetes.io/basic-auth",
                "stringData", Map.of("username", role, "password", password));
    }

    /**
     * The database cluster.
     *
     * @param roles roles beside the platform's
     */
    Map<String, Object> cluster(Set<String> roles) {
        var spec = new LinkedHashMap<String, Object>();
        spec.put("instances", configuration.instances());
        var images = new Images(installation);
        spec.put("imageName", images.of(IMAGE + configuration.version()));
        spec.putAll(images.pullSecretValues());
        spec.put(
                "bootstrap",
                Map.of(
                        "initdb",
                        Map.of(
                                "database", PLATFORM_ROLE,
                                "owner", PLATFORM_ROLE,
                                "secret", Map.of("name", copyName(PLATFORM_ROLE)))));
        spec.put("storage", storage());
        if (!roles.isEmpty()) {
            spec.put(
                    "managed",
                    Map.of("roles", roles.stream().sorted().map(this::role).toList()));
        }
        if (!configuration.resources().isEmpty()) {
            spec.put("resources", configuration.resources());
        }
        return object("Cluster", cluster(installation), spec);
    }

    private Map<String, Object> storage() {
        var storage = new LinkedHashMap<String, Object>();
        storage.put("size", configuration.storage().text());
        configuration.storageClass().ifPresent(kind -> storage.put("storageClass", kind));
        return storage;
    }

    private Map<String, Object> role(String role) {
        return Map.of(
                "name", role, "ensure", "present", "login", true, "passwordSecret", Map.of("name", copyName(role)));
    }

    /** The database of a role beside the platform's. */
    Map<String, Object> database(String role) {
        return object(
                "Database",
                databaseRef(role).name(),
                Map.of("name", role, "owner", role, "cluster", Map.of("name", cluster(installation))));
    }

    private Map<String, Object> object(String kind, String name, Map<String, Object> spec) {
        return Map.of(
                "apiVersion", API,
                "kind", kind,
                "metadata", Map.of("name", name, "namespace", namespace),
                "spec", spec);
    }
}
