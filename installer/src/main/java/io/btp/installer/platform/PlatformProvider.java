package io.btp.installer.platform;

import io.btp.installer.api.Chart;
import io.btp.installer.api.Component;
import io.btp.installer.api.Context;
import io.btp.installer.api.Description;
import io.btp.installer.api.Form;
import io.btp.installer.api.Need;
import io.btp.installer.api.Plan;
import io.btp.installer.api.Provider;
import io.btp.installer.api.Removal;
import io.btp.installer.api.Slot;
import io.btp.installer.api.Slots;
import io.btp.installer.api.Step;
import io.btp.installer.api.contract.Platform;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Installs the platform by its chart. */
public final class PlatformProvider implements Provider<PlatformConfiguration, Platform> {
    /** The vendor's registry and the chart that users of the platform install today; needs the vendor's login. */
    static final String REGISTRY = "harbor.settlemint.com";

    static final Chart CHART = Chart.oci("oci://" + REGISTRY + "/settlemint/settlemint", "v7.32.10");

    static final Set<Need<?>> NEEDS = Set.of(
            Need.place(Slots.CLUSTER),
            Need.input(Slots.NAMESPACES),
            Need.input(Slots.POSTGRES),
            Need.input(Slots.REDIS),
            Need.input(Slots.OBJECT_STORE),
            Need.input(Slots.SECRETS),
            Need.input(Slots.INGRESS),
            Need.input(Slots.CERTIFICATES),
            Need.optional(Slots.IDENTITY),
            Need.optional(Slots.RECORDS),
            Need.optional(Slots.METRICS),
            Need.optional(Slots.LOGS));

    private final InstantSource clock;

    /**
     * Makes the provider.
     *
     * @param clock tells whether the licence has expired
     */
    public PlatformProvider(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Description description() {
        return Description.of(
                        "btp",
                        "release",
                        "Blockchain Transformation Platform",
                        "The platform's own chart, wired to everything that was chosen")
                .madeOf(CHART);
    }

    @Override
    public Slot<Platform> slot() {
        return Slots.PLATFORM;
    }

    @Override
    public Form<PlatformConfiguration> form() {
        return PlatformForm.form();
    }

    @Override
    public Set<Need<?>> needs(PlatformConfiguration configuration) {
        return NEEDS;
    }

    @Override
    public Component<Platform> open(PlatformConfiguration configuration, Context context) {
        return new PlatformRelease(configuration, context, clock);
    }

    /** The release is found by Helm's own labels: the record of the namespaces may be gone. */
    @Override
    public Plan removal(Removal<PlatformConfiguration> removal, Context context) throws InterruptedException {
        if (removal.places().find(Slots.CLUSTER).isEmpty()) {
            return Plan.nothing();
        }
        var name = PlatformRelease.name(context.installation());
        var namespaces = new TreeSet<String>();
        context.kubernetes(removal.places())
                .list("v1", "Secret", Optional.empty(), Map.of("owner", "helm", "name", name))
                .forEach(secret -> namespace(secret).ifPresent(namespaces::add));
        var steps = new ArrayList<Step>();
        for (var namespace : namespaces) {
            steps.addAll(context.helm(removal.places()).removal(namespace, name));
        }
        return Plan.of(steps);
    }

    private static Optional<String> namespace(Map<String, Object> object) {
        return object.get("metadata") instanceof Map<?, ?> metadata && metadata.get("namespace") instanceof String name
                ? Optional.of(name)
                : Optional.empty();
    }
}
