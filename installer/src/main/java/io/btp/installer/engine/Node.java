package io.btp.installer.engine;

import io.btp.installer.api.Check;
import io.btp.installer.api.Component;
import io.btp.installer.api.Need;
import io.btp.installer.api.Observation;
import io.btp.installer.api.Provider;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.Records;
import io.btp.installer.api.Slot;
import io.btp.installer.api.SupportProvider;
import io.btp.installer.event.Fault;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One component of the installation: opened, with its place in the graph. */
final class Node {
    private static final Logger LOG = LoggerFactory.getLogger(Node.class);

    private final Member<?, ?> member;
    private final Set<String> uses;
    private final Set<Need<?>> needs;
    private final Component<?> component;

    Node(Member<?, ?> member, Set<String> uses, Set<Need<?>> needs, Component<?> component) {
        this.member = member;
        this.uses = Set.copyOf(uses);
        this.needs = Set.copyOf(needs);
        this.component = component;
    }

    /** Names it in plans, events and the record: the slot's path; for support components the provider's id too. */
    String id() {
        return id(member.provider());
    }

    static String id(Provider<?, ?> provider) {
        return provider instanceof SupportProvider<?>
                ? provider.slot().path() + "." + provider.description().provider()
                : provider.slot().path();
    }

    Member<?, ?> member() {
        return member;
    }

    Provider<?, ?> provider() {
        return member.provider();
    }

    Slot<?> slot() {
        return member.provider().slot();
    }

    Set<String> uses() {
        return uses;
    }

    Set<Need<?>> needs() {
        return needs;
    }

    Component<?> component() {
        return component;
    }

    List<Check> checks(Records records) {
        return Faults.of(this, () -> component.checks(records));
    }

    /** Looks at the world, or says what would be seen if nothing were there while a place is missing. */
    Observation<?> look(Records records) throws InterruptedException {
        Observation<?> observation = placesAreThere(records)
                ? Faults.interruptiblyOf(this, () -> component.observe(records))
                : Faults.interruptiblyOf(this, () -> component.absent(records));
        requireSound(observation);
        return observation;
    }

    /** Java forgets types, and nobody counts steps: what is wrong here would show in others. */
    private void requireSound(Observation<?> observation) {
        for (var output : observation.outputs().values()) {
            if (!slot().type().isInstance(output)) {
                throw new ProviderException(Fault.of(
                        provider(),
                        "it publishes a " + output.getClass().getSimpleName() + ", expected a "
                                + slot().type().getSimpleName()));
            }
        }
        var targets = new HashSet<String>();
        for (var step : observation.install().steps()) {
            if (!targets.add(step.kind() + " " + step.target())) {
                throw new ProviderException(Fault.of(
                        provider(), "its plan holds the step " + step.kind() + " " + step.target() + " twice"));
            }
        }
    }

    /** Closes the component; that one cannot be closed is no reason to leave others open. */
    void close() {
        try {
            Faults.of(this, () -> {
                component.close();
                return this;
            });
        } catch (ProviderException fault) {
            LOG.warn("{}", fault.problem().summary());
        }
    }

    boolean placesAreThere(Records records) {
        return needs.stream()
                .filter(need -> need.kind() == Need.Kind.PLACE)
                .allMatch(need -> records.find(need).isPresent());
    }

    @Override
    public String toString() {
        return id();
    }
}
