package io.btp.installer.answers;

import io.btp.installer.api.Provider;
import io.btp.installer.api.Slot;
import io.btp.installer.api.Slots;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who fills a slot where the answers say nothing. */
public final class Defaults {
    /** The mode that leaves a slot empty. */
    public static final String DISABLED = "disabled";

    /** Slots in the order of the canonical text. */
    static final List<Slot<?>> STANDARD = List.of(
            Slots.CLUSTER,
            Slots.NAMESPACES,
            Slots.POSTGRES,
            Slots.REDIS,
            Slots.OBJECT_STORE,
            Slots.IDENTITY,
            Slots.SECRETS,
            Slots.INGRESS,
            Slots.CERTIFICATES,
            Slots.ZONE,
            Slots.RECORDS,
            Slots.METRICS,
            Slots.LOGS,
            Slots.PLATFORM);

    private static final Map<Slot<?>, Choice> TABLE = Map.of(
            Slots.CLUSTER, new Choice("byo", Optional.empty()),
            Slots.NAMESPACES, new Choice("kubernetes", Optional.empty()),
            Slots.POSTGRES, new Choice("kubernetes", Optional.of("cloudnative-pg")),
            Slots.REDIS, new Choice("kubernetes", Optional.of("valkey")),
            Slots.OBJECT_STORE, new Choice("kubernetes", Optional.of("seaweedfs")),
            Slots.SECRETS, new Choice("kubernetes", Optional.of("plain")),
            Slots.INGRESS, new Choice("kubernetes", Optional.of("traefik")),
            Slots.CERTIFICATES, new Choice("kubernetes", Optional.of("cert-manager")),
            Slots.RECORDS, new Choice("byo", Optional.of("records")));

    private final Optional<String> preferred;

    /** A mode, and a provider where the mode has more than one. */
    record Choice(String mode, Optional<String> provider) {
        boolean fits(Provider<?, ?> candidate) {
            var description = candidate.description();
            return description.mode().equals(mode)
                    && provider.filter(name -> !name.equals(description.provider()))
                            .isEmpty();
        }
    }

    private Defaults(Optional<String> preferred) {
        this.preferred = preferred;
    }

    /** What the documentation says. */
    public static Defaults standard() {
        return new Defaults(Optional.empty());
    }

    /** Prefers a mode for every slot that it has a provider for, for example {@code sandbox}. */
    public static Defaults preferring(String mode) {
        return new Defaults(Optional.of(mode));
    }

    Optional<String> preferred() {
        return preferred;
    }

    /** Tells whether nobody fills the slot unless the answers name it: it may be left out, or is a plugin's own. */
    boolean leavesOut(Slot<?> slot) {
        return slot.isDispensable() && !TABLE.containsKey(slot) || !STANDARD.contains(slot);
    }

    /** Gives those of the candidates for a slot that are chosen where nothing is said; the first may be a tie. */
    List<Provider<?, ?>> among(Slot<?> slot, List<Provider<?, ?>> candidates) {
        var wanted = preferred
                .map(mode -> new Choice(mode, Optional.empty()))
                .map(choice -> candidates.stream().filter(choice::fits).toList())
                .filter(found -> !found.isEmpty());
        if (wanted.isPresent()) {
            return List.copyOf(wanted.get());
        }
        return Optional.ofNullable(TABLE.get(slot))
                .map(choice -> candidates.stream().filter(choice::fits).toList())
                .filter(found -> !found.isEmpty())
                .<List<Provider<?, ?>>>map(List::copyOf)
                .orElse(candidates);
    }
}
