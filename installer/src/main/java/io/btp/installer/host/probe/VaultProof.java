package io.btp.installer.host.probe;

import io.btp.installer.api.Check;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.contract.Access;
import io.btp.installer.api.contract.Secret;
import io.btp.installer.api.contract.SecretStore;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpMethod;

/**
 * Proves HashiCorp Vault or OpenBao: that it is unsealed, knows who asks, and lets them keep secrets under the prefix.
 */
final class VaultProof {
    private static final Duration SOON = Duration.ofDays(30);

    private final SecretStore store;
    private final Subject subject;
    private final Vault vault;
    private final String mark;
    private final VaultFaults faults;

    /**
     * Proves it.
     *
     * @param mark name of what the trial makes
     */
    VaultProof(SecretStore store, Subject subject, Vault vault, String mark) {
        this.store = store;
        this.subject = subject;
        this.vault = vault;
        this.mark = mark;
        this.faults = new VaultFaults(store, subject);
    }

    /** What no text may tell. */
    static List<Secret> hidden(SecretStore store) {
        return switch (store.access().orElse(null)) {
            case Access.Token(Secret token) -> List.of(token);
            case Access.Keys keys -> List.of(keys.secretKey());
            case Access.WorkloadIdentity workload -> List.of();
            case null -> List.of();
        };
    }

    List<Check> checks() {
        var reach = subject.check("secrets.reach", subject.name() + " answers", this::reach);
        var health = subject.check("secrets.health", subject.name() + " is unsealed", this::health);
        var title = "The secret store lets the platform in";
        var login = subject.check("secrets.login", title, () -> vault.in(this::login));
        var rights = subject.check(
                        "secrets.rights", "Secrets can be kept under " + store.prefix(), () -> vault.in(this::trial))
                .asTrial();
        return switch (store.access().orElse(null)) {
            case Access.Token token -> List.of(reach, health, login, rights);
            case Access.Keys keys -> List.of(reach, health, login, rights);
            case Access.WorkloadIdentity workload ->
                List.of(
                        reach,
                        health,
                        Check.of("secrets.login", title, () -> new Check.Result.Warned(faults.onlyInside(workload))));
            case null -> List.of(reach, health);
        };
    }

    private Check.Result reach() throws IOException, InterruptedException {
        try (var connected = subject.line().open()) {
            return new Check.Result.Passed("reached, " + TlsWords.of(connected, subject.line()));
        }
    }

    private Check.Result health() throws IOException {
        var answer = vault.health();
        var version = answer.text("version").orElse("unknown");
        return switch (answer.status()) {
            case 200 -> new Check.Result.Passed("active, version " + version);
            case 429, 473 -> new Check.Result.Passed("a standby that leads on to the active one, version " + version);
            default -> throw new ProviderException(faults.unfit(answer));
        };
    }

    private Check.Result login(Secret token) throws IOException {
        var about = vault.data(vault.get("auth/token/lookup-self", token), "look its own token up");
        var policies = String.valueOf(about.get("policies"));
        if (store.access().orElse(null) instanceof Access.Keys) {
            return new Check.Result.Passed("by AppRole, policies " + policies);
        }
        var left = about.get("ttl") instanceof Number seconds ? Duration.ofSeconds(seconds.longValue()) : Duration.ZERO;
        if (!left.isZero() && left.compareTo(SOON) < 0) {
            return new Check.Result.Warned(faults.expires(left, about.get("expire_time")));
        }
        return about.get("policies") instanceof List<?> all && all.contains("root")
                ? new Check.Result.Warned(faults.root())
                : new Check.Result.Passed("by token, policies " + policies);
    }

    private Check.Result trial(Secret token) throws IOException {
        var mount = vault.mount(token);
        var path = vault.below(mount, mark);
        requireCapabilities(mount, path, token);
        var once = Map.of("options", Map.of("cas", 0), "data", Map.of("value", mark));
        vault.told(vault.send(SdkHttpMethod.PUT, mount + "data/" + path, token, once), "create a secret");
        try {
            var read = vault.data(vault.get(mount + "data/" + path, token), "read a secret");
            if (!(read.get("data") instanceof Map<?, ?> values) || !mark.equals(values.get("value"))) {
                return new Check.Result.Failed(faults.notTheSame());
            }
            vault.told(vault.get(mount + "metadata/" + vault.below(mount, "") + "?list=true", token), "list secrets");
        } finally {
            vault.told(
                    vault.send(SdkHttpMethod.DELETE, mount + "metadata/" + path, token, Map.of()), "delete a secret");
        }
        return new Check.Result.Passed("create, read, list, delete");
    }

    private void requireCapabilities(String mount, String path, Secret token) throws IOException {
        var wanted = new LinkedHashMap<String, List<String>>();
        wanted.put(mount + "data/" + path, List.of("create", "read"));
        wanted.put(mount + "metadata/" + path, List.of("delete"));
        var question = Map.of("paths", List.copyOf(wanted.keySet()));
        var answer = vault.send(SdkHttpMethod.POST, "sys/capabilities-self", token, question);
        if (answer.status() != 200) {
            return; // a token may be forbidden to ask: the trial itself tells then
        }
        var has = vault.data(answer, "look its rights up");
        var missing = wanted.entrySet().stream()
                .flatMap(wish -> wish.getValue().stream()
                        .filter(right -> !isAmong(right, has.get(wish.getKey())))
                        .map(right -> right + " on " + wish.getKey()))
                .toList();
        if (!missing.isEmpty()) {
            throw new ProviderException(faults.forbidden(mount, missing));
        }
    }

    private static boolean isAmong(String right, @Nullable Object rights) {
        return rights instanceof List<?> all && (all.contains(right) || all.contains("root"));
    }
}
