package io.btp.installer.host.helm;

import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Problem;
import io.btp.installer.host.concurrent.AtOnce;
import io.btp.installer.host.kubernetes.ClusterClient;
import io.btp.installer.host.kubernetes.Readiness;
import java.util.Map;
import java.util.Optional;

/** Says what of a release is not ready. */
final class ReleaseReadiness {
    private final ClusterClient client;
    private final Readiness readiness;
    private Optional<ObjectRef> last = Optional.empty();

    ReleaseReadiness(ClusterClient client) {
        this.client = client;
        this.readiness = new Readiness(client);
    }

    /**
     * Looks at the objects of the revision in force. Asked again, it looks at what was missing before it looks at all: most
     * looks of a wait are at that one object.
     */
    Optional<Problem> missing(ReleaseWork work) throws InterruptedException {
        if (last.isPresent()) {
            var live = client.find(last.get());
            var still = live.isEmpty() ? Optional.<Problem>empty() : readiness.missing(last.get(), live.get());
            if (still.isPresent()) {
                return still;
            }
        }
        var manifest = work.inForce();
        return missing(manifest, new Drift(client).live(manifest.objects().keySet()));
    }

    /** Looks at objects that have just been read. */
    Optional<Problem> missing(Rendered manifest, Map<ObjectRef, Optional<Map<String, Object>>> live)
            throws InterruptedException {
        AtOnce.Look<ObjectRef, Optional<Problem>> look = ref -> {
            var object = live.getOrDefault(ref, Optional.empty());
            if (object.isPresent()) {
                return readiness.missing(ref, object.get());
            }
            return Drift.removesItself(manifest.objects().getOrDefault(ref, Map.of()))
                    ? Optional.empty()
                    : Optional.of(Readiness.absent(ref));
        };
        var missing = AtOnce.each(manifest.objects().keySet(), look).entrySet().stream()
                .filter(each -> each.getValue().isPresent())
                .findFirst();
        last = missing.map(Map.Entry::getKey);
        return missing.flatMap(Map.Entry::getValue);
    }
}
