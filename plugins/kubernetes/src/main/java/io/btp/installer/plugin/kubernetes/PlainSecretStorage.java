package io.btp.installer.plugin.kubernetes;

import io.btp.installer.api.Installation;
import io.btp.installer.api.Kubernetes;
import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Progress;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.SecretStorage;
import io.btp.installer.api.Step;
import io.btp.installer.api.contract.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Generated secrets as Kubernetes Secrets of one namespace: {@code acme-secret-postgres} with the key {@code value}.
 *
 * <p>They are immutable: a value that was made is never overwritten, as the API server refuses it.
 */
final class PlainSecretStorage implements SecretStorage {
    /** Label that carries the secret's name, and tells generated secrets from copies of them. */
    static final String LABEL = "installer.btp/secret";

    private static final String KEY = "value";

    private final Kubernetes kubernetes;
    private final Installation installation;
    private final String namespace;

    PlainSecretStorage(Kubernetes kubernetes, Installation installation, String namespace) {
        this.kubernetes = kubernetes;
        this.installation = installation;
        this.namespace = namespace;
    }

    /** What the names of the installation's Secrets start with. */
    static String prefix(Installation installation) {
        return installation.nameOf("secret-");
    }

    private ObjectRef ref(String name) {
        return ObjectRef.of("v1", "Secret", namespace, prefix(installation) + name);
    }

    @Override
    public Optional<Secret> read(String name) throws InterruptedException {
        var found = kubernetes.find(ref(name));
        if (found.isEmpty() || !isOurs(found.get())) {
            return Optional.empty();
        }
        return Optional.of(value(name, found.get()));
    }

    private boolean isOurs(Map<String, Object> object) {
        return installation.name().equals(Tree.labels(object).get(Installation.LABEL));
    }

    private Secret value(String name, Map<String, Object> object) {
        var decoded = Tree.text(object, "data", KEY).flatMap(PlainSecretStorage::decoded);
        return decoded.map(Secret::of)
                .orElseThrow(() -> new ProviderException(Problem.of(
                        Problem.Reason.FAILED,
                        "%s holds no readable %s".formatted(ref(name), KEY),
                        "Bring it back from a backup; where nothing uses the secret yet, remove it and run again")));
    }

    static Optional<String> decoded(String base64) {
        try {
            var text = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
            return Optional.of(text).filter(some -> !some.isEmpty());
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    @Override
    public void create(String name, Secret value) throws InterruptedException {
        if (read(name).isPresent()) {
            return;
        }
        try {
            run(kubernetes.steps(List.of(manifest(name, value))));
        } catch (ProviderException refused) {
            // Another writer was faster, and what is immutable was not changed.
            if (read(name).isEmpty()) {
                throw refused;
            }
        }
    }

    private Map<String, Object> manifest(String name, Secret value) {
        return Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Secret",
                "metadata",
                Map.of(
                        "name", ref(name).name(),
                        "namespace", namespace,
                        "labels", Map.of(LABEL, name)),
                "type",
                "Opaque",
                "immutable",
                true,
                "stringData",
                Map.of(KEY, value));
    }

    @Override
    public void remove(String name) throws InterruptedException {
        run(kubernetes.removal(List.of(ref(name))));
    }

    private static void run(List<Step> steps) throws InterruptedException {
        for (var step : steps) {
            step.action().run(new AtOnce());
        }
    }

    @Override
    public Set<String> names() throws InterruptedException {
        return kubernetes
                .list("v1", "Secret", Optional.of(namespace), Map.of(Installation.LABEL, installation.name()))
                .stream()
                .map(object -> Optional.ofNullable(Tree.labels(object).get(LABEL)))
                .flatMap(Optional::stream)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** A Secret is made and removed at once: who has to wait for that waits for something that holds it. */
    private static final class AtOnce implements Progress {
        @Override
        public void say(String message) {
            // The step around it speaks.
        }

        @Override
        public void at(int done, int total) {
            // There is one thing to do.
        }

        @Override
        public void until(Duration usually, Poll poll) throws InterruptedException {
            var missing = poll.missing();
            if (missing.isPresent()) {
                // Gone a moment later: worth another try.
                throw new ProviderException(Problem.of(
                        Problem.Reason.TRANSIENT,
                        missing.get().summary(),
                        missing.get().remedy()));
            }
        }
    }
}
