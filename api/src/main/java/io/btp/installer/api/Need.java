package io.btp.installer.api;

import io.btp.installer.api.contract.KubernetesApi;

/**
 * Says what one component needs from a slot.
 *
 * @param slot which slot
 * @param use names the use: a slot publishes one record for each use that is asked of it
 * @param kind in which way it is needed
 * @param <O> what the slot publishes
 */
public record Need<O extends Record>(Slot<O> slot, String use, Kind kind) {
    /** The use that the platform makes of a slot, and the one meant where none is named. */
    public static final String PLATFORM_USE = "platform";

    /** In which way something is needed. */
    public enum Kind {
        /** Must be there to look: the cluster, the cloud account. */
        PLACE,
        /** Must be there before the steps that name it. */
        INPUT,
        /** An input if somebody fills the slot; if that one fails, this one is skipped. */
        OPTIONAL
    }

    /** Needs a place: while it is missing, {@link Component#absent} is asked instead of {@link Component#observe}. */
    public static <O extends Record> Need<O> place(Slot<O> slot) {
        return new Need<>(slot, PLATFORM_USE, Kind.PLACE);
    }

    /** Needs an input: while it is missing, the steps that name it wait. */
    public static <O extends Record> Need<O> input(Slot<O> slot) {
        return new Need<>(slot, PLATFORM_USE, Kind.INPUT);
    }

    /** Needs an input if somebody fills the slot. */
    public static <O extends Record> Need<O> optional(Slot<O> slot) {
        return new Need<>(slot, PLATFORM_USE, Kind.OPTIONAL);
    }

    /**
     * Needs an API that the cluster serves, by whomever; otherwise opens the one support component that gives it.
     *
     * @param groupVersion for example {@code postgresql.cnpg.io/v1}
     */
    public static Need<KubernetesApi> api(String groupVersion) {
        return new Need<>(Slots.KUBERNETES_API, groupVersion, Kind.INPUT);
    }

    /** Asks for a record of its own, for example Keycloak for its own database in the same PostgreSQL. */
    public Need<O> forUse(String name) {
        return new Need<>(slot, name, kind);
    }

    @Override
    public String toString() {
        return use.equals(PLATFORM_USE) ? slot.path() : slot.path() + "[" + use + "]";
    }
}
