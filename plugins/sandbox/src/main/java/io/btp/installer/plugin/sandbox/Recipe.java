package io.btp.installer.plugin.sandbox;

import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Slot;
import io.btp.installer.api.contract.Namespaces;
import io.btp.installer.api.contract.Secret;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What tells one stand-in from another.
 *
 * @param slot what it fills
 * @param thing names it, its chart and its provider
 * @param title what people call it
 * @param stores whether its pods have volumes
 * @param credentials what is generated for it
 * @param home which of the namespaces its release lives in
 * @param landmark the object that shows that it is there
 * @param values the chart's values beside the size
 * @param outputs what it publishes
 * @param <O> what is published
 */
record Recipe<O extends Record>(
        Slot<O> slot,
        String thing,
        String title,
        boolean stores,
        Optional<Credentials> credentials,
        Function<Namespaces, String> home,
        Function<Site, ObjectRef> landmark,
        Function<Site, Map<String, Object>> values,
        Outputs<O> outputs) {

    /**
     * What was found of a stand-in.
     *
     * @param site where it stands
     * @param landmark the object that shows that it is there, as it is
     * @param secret what was generated for it
     */
    record Found(Site site, Map<String, Object> landmark, Optional<Secret> secret) {
        Secret password() {
            return secret.orElseThrow(() -> new IllegalStateException(site.thing() + " has no credentials"));
        }
    }

    /** Gives what one use of a stand-in gets; empty while it is not usable. */
    @FunctionalInterface
    interface Outputs<O extends Record> {
        Optional<O> of(Found found, String use);
    }
}
