package io.btp.installer.host.helm;

import io.btp.installer.api.Change;
import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.api.ProviderException;
import io.btp.installer.host.concurrent.AtOnce;
import io.btp.installer.host.kubernetes.ClusterClient;
import io.btp.installer.host.kubernetes.Fields;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares what a release's manifest says with what lives, a few objects at a time. */
final class Drift {
    private static final Logger LOG = LoggerFactory.getLogger(Drift.class);

    private final ClusterClient client;

    Drift(ClusterClient client) {
        this.client = client;
    }

    /**
     * Lists the objects that are gone or differ.
     *
     * @return the manifest of each, with what its apply changes; nothing where it is gone
     */
    Map<ObjectRef, Drifted> of(Map<ObjectRef, Map<String, Object>> objects) throws InterruptedException {
        return of(objects, live(objects.keySet()));
    }

    /** As {@link #of(Map)}, of objects that have just been read. */
    Map<ObjectRef, Drifted> of(
            Map<ObjectRef, Map<String, Object>> objects, Map<ObjectRef, Optional<Map<String, Object>>> live)
            throws InterruptedException {
        var drifted = new LinkedHashMap<ObjectRef, Drifted>();
        AtOnce.each(
                        objects.keySet(),
                        ref -> look(objects.getOrDefault(ref, Map.of()), live.getOrDefault(ref, Optional.empty())))
                .forEach((ref, found) -> found.ifPresent(some -> drifted.put(ref, some)));
        return drifted;
    }

    /** Reads objects; empty where there is none. */
    Map<ObjectRef, Optional<Map<String, Object>>> live(Collection<ObjectRef> refs) throws InterruptedException {
        return AtOnce.each(refs, client::find);
    }

    /**
     * An object that is not as its manifest says.
     *
     * @param manifest what it should be
     * @param isGone true where it is not there at all
     * @param changes what an apply changes
     */
    record Drifted(Map<String, Object> manifest, boolean isGone, List<Change> changes) {}

    private Optional<Drifted> look(Map<String, Object> manifest, Optional<Map<String, Object>> live)
            throws InterruptedException {
        var comparable = comparable(manifest);
        if (live.isEmpty()) {
            return removesItself(manifest) ? Optional.empty() : Optional.of(new Drifted(comparable, true, List.of()));
        }
        var changes = changes(comparable, live.get());
        return changes.isEmpty() ? Optional.empty() : Optional.of(new Drifted(comparable, false, changes));
    }

    // Helm sends what server-side apply refuses, as a list that names an item twice, or a field that no schema knows:
    // such an object cannot be compared, and is looked at for being there only.
    private List<Change> changes(Map<String, Object> manifest, Map<String, Object> live) throws InterruptedException {
        try {
            return client.drift(manifest, live);
        } catch (ProviderException refused) {
            if (!words(refused).contains("typed patch object")
                    && !words(refused).contains("duplicate entries for key")) {
                throw refused;
            }
            LOG.debug("{} cannot be compared: {}", ObjectRef.to(manifest), words(refused));
            return List.of();
        }
    }

    private static String words(ProviderException refused) {
        return refused.problem().summary() + " "
                + String.join(" ", refused.problem().evidence());
    }

    /** A Job that has a time to live goes by itself when it is done. */
    static boolean removesItself(Map<String, Object> manifest) {
        return "Job".equals(manifest.get("kind"))
                && Fields.number(manifest, "spec", "ttlSecondsAfterFinished").isPresent();
    }

    // The rules of an aggregated role are written by the cluster.
    private static Map<String, Object> comparable(Map<String, Object> manifest) {
        if (!"ClusterRole".equals(manifest.get("kind")) || !manifest.containsKey("aggregationRule")) {
            return manifest;
        }
        var comparable = new LinkedHashMap<>(manifest);
        comparable.remove("rules");
        return comparable;
    }

    /** Tells whether the API server refuses to change an object in place. */
    boolean isFixed(Map<String, Object> manifest) throws InterruptedException {
        try {
            client.applied(manifest);
            return false;
        } catch (ProviderException refused) {
            var words = words(refused);
            return refused.problem().reason() == Reason.INVALID
                    && (words.contains("immutable")
                            || words.contains("Forbidden: updates to")
                            || words.contains("cannot change roleRef"));
        }
    }
}
