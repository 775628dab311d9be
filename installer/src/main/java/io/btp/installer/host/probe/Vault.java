package io.btp.installer.host.probe;

import io.btp.installer.api.ProviderException;
import io.btp.installer.api.contract.Access;
import io.btp.installer.api.contract.Secret;
import io.btp.installer.api.contract.SecretStore;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.http.SdkHttpMethod;

/**
 * What is said to HashiCorp Vault or OpenBao, which speak one protocol:
 * https://developer.hashicorp.com/vault/api-docs
 */
final class Vault {
    private final SecretStore store;
    private final URI address;
    private final Subject subject;
    private final Web web;
    private final Gate gate;
    private final VaultFaults faults;

    Vault(SecretStore store, Subject subject, Web web, Gate gate, VaultFaults faults) {
        this.store = store;
        this.address = store.address().orElseThrow(() -> new IllegalArgumentException("Vault has an address"));
        this.subject = subject;
        this.web = web;
        this.gate = gate;
        this.faults = faults;
    }

    /** What is done once it let us in. */
    @FunctionalInterface
    interface Use<T> {
        T of(Secret token) throws IOException, InterruptedException;
    }

    Web.Answer health() throws IOException {
        return web.get(at("sys/health"), headers());
    }

    /** Shows the token, or logs in for one that is given back afterwards. */
    <T> T in(Use<T> use) throws IOException, InterruptedException {
        return switch (store.access().orElse(null)) {
            case Access.Token(Secret token) -> use.of(known(token));
            case Access.Keys(String role, Secret secret) -> {
                var token =
                        gate.enter(subject.name() + " as " + role, Optional.of(secret), () -> loggedIn(role, secret));
                try {
                    yield use.of(token);
                } finally {
                    send(SdkHttpMethod.POST, "auth/token/revoke-self", token, Map.of());
                }
            }
            case Access.WorkloadIdentity workload -> throw new ProviderException(faults.onlyInside(workload));
            case null -> throw new IllegalStateException("nobody logs in");
        };
    }

    /** A token that it does not know is a refusal that is not repeated. */
    private Secret known(Secret token) throws IOException, InterruptedException {
        return gate.enter(subject.name(), Optional.of(token), () -> {
            var answer = get("auth/token/lookup-self", token);
            if (answer.status() == 403) {
                throw new ProviderException(faults.unknownToken(answer));
            }
            return token;
        });
    }

    private Secret loggedIn(String role, Secret secret) throws IOException {
        var login = Map.of("role_id", role, "secret_id", secret.reveal());
        var answer = web.send(SdkHttpMethod.POST, at("auth/approle/login"), headers(), login);
        var auth = answer.json().map(object -> object.get("auth"));
        if (answer.status() == 200
                && auth.orElse(null) instanceof Map<?, ?> fields
                && fields.get("client_token") instanceof String token) {
            return Secret.of(token);
        }
        throw new ProviderException(faults.loginRefused(answer));
    }

    /** Finds the mount that the prefix stands in, with its slash; it must be a key-value store of version 2. */
    String mount(Secret token) throws IOException {
        var answer = get("sys/internal/ui/mounts/" + store.prefix(), token);
        if (answer.status() == 403 || answer.status() == 404) {
            throw new ProviderException(faults.noMount(answer));
        }
        var about = data(answer, "look at the mount of " + store.prefix());
        var isSecond = about.get("options") instanceof Map<?, ?> options && "2".equals(options.get("version"));
        var mount = String.valueOf(about.get("path"));
        if (!"kv".equals(about.get("type")) || !isSecond || !(store.prefix() + "/").startsWith(mount)) {
            throw new ProviderException(faults.otherMount(mount));
        }
        return mount;
    }

    /** Gives the path of a secret, or of all where the name is empty, within the mount. */
    String below(String mount, String name) {
        return (store.prefix() + "/").substring(mount.length()) + name;
    }

    Web.Answer get(String path, Secret token) throws IOException {
        return web.get(at(path), with(token));
    }

    Web.Answer send(SdkHttpMethod method, String path, Secret token, Map<String, ?> body) throws IOException {
        return web.send(method, at(path), with(token), body.isEmpty() ? "" : body);
    }

    Map<?, ?> data(Web.Answer answer, String purpose) {
        told(answer, purpose);
        var data = answer.json().map(object -> object.get("data")).orElse(null);
        if (data instanceof Map<?, ?> fields) {
            return fields;
        }
        throw new ProviderException(faults.refused(answer, purpose));
    }

    void told(Web.Answer answer, String purpose) {
        if (answer.status() / 100 != 2) {
            throw new ProviderException(faults.refused(answer, purpose));
        }
    }

    private URI at(String path) {
        return URI.create(address.toString().replaceAll("/$", "") + "/v1/" + path);
    }

    private Map<String, String> headers() {
        var headers = new LinkedHashMap<String, String>();
        headers.put("X-Vault-Request", "true");
        store.namespace().ifPresent(namespace -> headers.put("X-Vault-Namespace", namespace));
        return headers;
    }

    private Map<String, String> with(Secret token) {
        var headers = headers();
        headers.put("X-Vault-Token", token.reveal());
        return headers;
    }
}
