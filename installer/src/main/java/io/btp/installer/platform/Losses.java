package io.btp.installer.platform;

import io.btp.installer.api.Check;
import io.btp.installer.api.Connection;
import io.btp.installer.api.Installation;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Records;
import io.btp.installer.api.Slot;
import io.btp.installer.api.Slots;
import io.btp.installer.api.contract.Access;
import io.btp.installer.api.contract.CertificateIssuer;
import io.btp.installer.api.contract.ObjectStore;
import io.btp.installer.api.contract.SecretStore;
import io.btp.installer.api.contract.Tls;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What of the records the chart cannot take. Where only comfort is lost, it is a warning; where the platform would be
 * less safe than asked, or could never work, the release is refused.
 */
final class Losses {
    private static final String OWN_VALUES = "platform.values or platform.valuesFile";

    private Losses() {}

    /**
     * Says why there must be no release.
     *
     * @param own what the user's own values say; who sets a field there has decided about it
     */
    static Optional<Problem> refusal(
            Installation installation, Records records, PlatformConfiguration configuration, Map<String, Object> own) {
        if (!serves(records.get(Slots.CERTIFICATES), installation.domain())) {
            return Optional.of(Problem.of(
                    Problem.Reason.INVALID,
                    "The certificate serves "
                            + String.join(", ", records.get(Slots.CERTIFICATES).hosts())
                            + ", and not the platform's domain " + installation.domain(),
                    "Choose a certificate for " + installation.domain() + " in edge.certificates"));
        }
        if (PlatformValues.storageClass(records, configuration).isEmpty()) {
            return Optional.of(Problem.of(
                    Problem.Reason.NOT_FOUND,
                    "The cluster has no default storage class, and platform.storageClass names none",
                    "Mark a storage class as default, or name one in platform.storageClass"));
        }
        return privateAuthority(records.get(Slots.POSTGRES).tls(), Slots.POSTGRES, own, "postgresql", "sslMode")
                .or(() -> privateAuthority(records.get(Slots.REDIS).tls(), Slots.REDIS, own, "redis", "tls"));
    }

    private static Optional<Problem> privateAuthority(
            Tls tls, Slot<?> slot, Map<String, Object> own, String group, String key) {
        var decided = own.get(group) instanceof Map<?, ?> map && map.containsKey(key);
        if (tls.authority().isEmpty() || decided) {
            return Optional.empty();
        }
        return Optional.of(Problem.of(
                Problem.Reason.UNSUPPORTED,
                slot.title() + " is to be verified against a private certificate authority, which the platform's chart"
                        + " cannot take: it would connect unverified, or not at all",
                "Set " + slot.path() + " to encrypt without verification, or decide yourself by setting " + group + "."
                        + key + " in " + OWN_VALUES));
    }

    /** Tells whether a certificate serves a name, by itself or by a wildcard one level up. */
    static boolean serves(CertificateIssuer certificates, String host) {
        var wildcard = "*" + host.substring(Math.max(0, host.indexOf('.')));
        return certificates.hosts().contains(host) || certificates.hosts().contains(wildcard);
    }

    /** Warns by name of every answer that is lost, for as far as records are there. */
    static List<Check> warnings(Installation installation, Records records) {
        var checks = new ArrayList<Check>();
        connection(installation.connection(), checks);
        records.find(Slots.REDIS)
                .flatMap(redis -> redis.username())
                .ifPresent(user -> checks.add(warning(
                        "redis-user",
                        "Redis user " + user + " cannot be handed to the platform, which logs in as the default user",
                        "Let the default user in with the same password, or set redis.* in " + OWN_VALUES)));
        records.find(Slots.OBJECT_STORE).ifPresent(store -> objectStore(store, checks));
        records.find(Slots.SECRETS).ifPresent(store -> secretStore(store, checks));
        records.find(Slots.IDENTITY)
                .flatMap(identity -> identity.tls().authority())
                .ifPresent(authority -> checks.add(untrusted("identity", "identity provider")));
        records.find(Slots.CERTIFICATES).ifPresent(certificates -> certificates(certificates, installation, checks));
        return List.copyOf(checks);
    }

    private static void connection(Connection connection, List<Check> checks) {
        connection
                .proxy()
                .ifPresent(proxy -> checks.add(warning(
                        "proxy",
                        "The proxy %s cannot be handed to the platform: its pods reach the world directly, or not at all"
                                .formatted(proxy),
                        "Let the platform's namespaces out without the proxy, or set its variables by " + OWN_VALUES)));
        if (connection.authority().isPresent()) {
            checks.add(warning(
                    "authority",
                    "The authorities of connection.caFile cannot be handed to the platform, whose pods trust public ones",
                    "Give what the platform connects to public certificates, or mount the authorities by "
                            + OWN_VALUES));
        }
        connection
                .registryMirror()
                .ifPresent(mirror -> checks.add(warning(
                        "registry-mirror",
                        "The platform's chart is asked by global.imageRegistry to take all images from %s, and it is not"
                                        .formatted(mirror)
                                + " known whether each of them heeds it",
                        "Look for other registries in kubectl get pods --output jsonpath='{..image}', and set those images"
                                + " by " + OWN_VALUES)));
    }

    private static void objectStore(ObjectStore store, List<Check> checks) {
        if (store.tls().authority().isPresent()) {
            checks.add(untrusted("object-store", "object store"));
        }
        switch (store.access()) {
            case Access.Keys keys -> {}
            case Access.WorkloadIdentity identity ->
                checks.add(
                        warning(
                                "object-store-access",
                                "The object store is accessed as " + identity.role()
                                        + ", and the platform takes keys only: it gets none",
                                "Give objectStore.accessKey and secretKey, or bind the platform's service accounts to the role"));
            case Access.Token token ->
                checks.add(warning(
                        "object-store-access",
                        "The object store is accessed with a token, and the platform takes keys only: it gets none",
                        "Give objectStore.accessKey and secretKey"));
        }
    }

    private static Check untrusted(String id, String what) {
        return warning(
                id + "-authority",
                "The " + what + "'s certificate authority cannot be handed to the platform, which trusts public ones",
                "Give the " + what + " a public certificate, or mount the authority by " + OWN_VALUES);
    }

    private static void secretStore(SecretStore store, List<Check> checks) {
        switch (store.kind()) {
            case VAULT -> {
                if (!(store.access().orElse(null) instanceof Access.Token)) {
                    checks.add(warning(
                            "vault-access",
                            "Vault is accessed without a token, and the platform logs in by token only: it runs without Vault",
                            "Give a token, or set vault.* in " + OWN_VALUES));
                    return;
                }
                if (store.tls().authority().isPresent()) {
                    checks.add(untrusted("vault", "secret store"));
                }
                store.namespace()
                        .ifPresent(namespace -> checks.add(warning(
                                "vault-namespace",
                                "Vault's namespace " + namespace
                                        + " cannot be handed to the platform, which uses the root",
                                "Give the platform a token that is bound to the namespace, or set vault.* in "
                                        + OWN_VALUES)));
            }
            case AWS_SECRETS_MANAGER, KUBERNETES ->
                checks.add(warning(
                        "secret-store",
                        "The platform itself can use no secret store but Vault: it runs without one",
                        "Nothing, or choose Vault or OpenBao in secrets"));
        }
    }

    private static void certificates(CertificateIssuer certificates, Installation installation, List<Check> checks) {
        for (var name : List.of("ipfs", "grafana")) {
            var host = name + "." + installation.domain();
            if (!serves(certificates, host)) {
                checks.add(warning(
                        name + "-host",
                        "No certificate serves " + host + ": it is not reachable from outside",
                        "Add *." + installation.domain() + " or " + host + " to the hosts in edge.certificates"));
            }
        }
        if (!certificates.kind().equals(Optional.of("ClusterIssuer"))) {
            checks.add(warning(
                    "service-certificates",
                    "There is no ClusterIssuer, so what users deploy gets no certificates of its own",
                    "Choose an issuer in edge.certificates, or set domains.service in " + OWN_VALUES));
        }
    }

    private static Check warning(String id, String summary, String remedy) {
        var problem = Problem.of(Problem.Reason.UNSUPPORTED, summary, remedy);
        return Check.of(
                "platform.lost." + id, "The platform takes every answer", () -> new Check.Result.Warned(problem));
    }
}
