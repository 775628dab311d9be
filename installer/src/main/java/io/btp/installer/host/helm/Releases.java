package io.btp.installer.host.helm;

import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.api.Progress;
import io.btp.installer.api.ProviderException;
import io.btp.installer.host.kubernetes.ClusterClient;
import io.btp.installer.host.kubernetes.Fields;
import io.btp.installer.host.kubernetes.Manifests;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The release Secrets of one release: its history, read and tidied by the host itself. */
final class Releases {
    private static final int KEPT = 5;
    private static final int TRIES = 5;
    private static final Duration USUAL_REMOVAL = Duration.ofSeconds(10);

    private final ClusterClient client;
    private final String namespace;
    private final String name;

    Releases(ClusterClient client, String namespace, String name) {
        this.client = client;
        this.namespace = namespace;
        this.name = name;
    }

    /** Reads the history, oldest revision first. */
    List<StoredRelease> history() throws InterruptedException {
        return client.list("v1", "Secret", Optional.of(namespace), Map.of("owner", "helm", "name", name)).stream()
                .filter(secret -> Fields.text(secret, "type").orElse("").equals("helm.sh/release.v1"))
                .map(this::stored)
                .sorted(Comparator.comparingInt(StoredRelease::revision))
                .toList();
    }

    private StoredRelease stored(Map<String, Object> secret) {
        return content(secret)
                .map(content -> new StoredRelease(secret, content))
                .orElseThrow(() -> new ProviderException(Problem.of(
                        Reason.INVALID,
                        "The history of release %s/%s cannot be read: Secret %s"
                                .formatted(
                                        namespace,
                                        name,
                                        Fields.text(secret, "metadata", "name").orElse("")),
                        "Look at it with helm history; remove the Secret if it is damaged, then run again")));
    }

    private static Optional<Map<String, Object>> content(Map<String, Object> secret) {
        return Fields.text(secret, "data", "release")
                .map(base64 -> Base64.getMimeDecoder().decode(base64))
                .flatMap(ReleaseCodec::read);
    }

    /** Removes a revision and waits until it is gone: Helm refuses a name that it still finds. */
    void delete(StoredRelease revision, Progress progress) throws InterruptedException {
        client.delete(ref(revision), revision.uid());
        progress.until(USUAL_REMOVAL, () -> client.remaining(ref(revision)));
    }

    private ObjectRef ref(StoredRelease revision) {
        return ObjectRef.of("v1", "Secret", namespace, revision.secretName());
    }

    /** Puts labels onto a revision. Helm keeps them, and copies them to the revisions that follow. */
    void label(StoredRelease revision, Map<String, String> labels) throws InterruptedException {
        change(revision, secret -> Manifests.labelled(secret, labels));
    }

    /** Changes what Helm keeps of a revision. */
    void rewrite(StoredRelease revision, UnaryOperator<Map<String, Object>> change) throws InterruptedException {
        change(revision, secret -> with(secret, content(secret).map(change).orElse(revision.content())));
    }

    private static Map<String, Object> with(Map<String, Object> secret, Map<String, Object> content) {
        var data = new LinkedHashMap<String, Object>(Fields.map(secret, "data"));
        data.put("release", Base64.getEncoder().encodeToString(ReleaseCodec.write(content)));
        return Fields.with(secret, "data", data);
    }

    /** Notes that a revision is being removed, as Helm does: who finds it goes on with that. */
    void leave(StoredRelease revision) throws InterruptedException {
        var leaving = "uninstalling";
        change(revision, secret -> {
            var content = content(secret).orElse(revision.content());
            var info = Fields.with(Fields.map(content, "info"), "status", leaving);
            return Manifests.labelled(with(secret, Fields.with(content, "info", info)), Map.of("status", leaving));
        });
    }

    private void change(StoredRelease revision, UnaryOperator<Map<String, Object>> change) throws InterruptedException {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            var secret = client.find(ref(revision));
            if (secret.isEmpty()
                    || client.replaceUnlessChanged(change.apply(secret.get())).isPresent()) {
                return;
            }
        }
        throw new ProviderException(Problem.of(
                Reason.TRANSIENT,
                "Somebody else keeps changing the history of release %s/%s".formatted(namespace, name),
                "See who else runs Helm on it, then run the same command again"));
    }

    /** Removes old revisions; Helm's library keeps them all. */
    void prune() throws InterruptedException {
        var history = history();
        for (var revision : past(history.subList(0, Math.max(0, history.size() - KEPT)))) {
            client.delete(ref(revision), revision.uid());
        }
    }

    /** Gives the revisions that are past; what is in force, or half done, is kept whatever its age. */
    static List<StoredRelease> past(List<StoredRelease> revisions) {
        return revisions.stream()
                .filter(revision -> switch (revision.status()) {
                    case SUPERSEDED, FAILED -> true;
                    case DEPLOYED, PENDING, UNINSTALLING, UNINSTALLED, UNKNOWN -> false;
                })
                .toList();
    }
}
