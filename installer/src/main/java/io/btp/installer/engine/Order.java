package io.btp.installer.engine;

import io.btp.installer.api.Need;
import io.btp.installer.api.Provider;
import io.btp.installer.api.Slot;
import io.btp.installer.api.Slots;
import io.btp.installer.api.SupportProvider;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The order of removal: nothing goes before those who need it. */
final class Order {
    /** Where a record is lost, nobody knows who needed whom: this is the order that every plugin's needs agree with. */
    private static final List<Slot<?>> USUAL = List.of(
            Slots.PLATFORM,
            Slots.RECORDS,
            Slots.CERTIFICATES,
            Slots.LOGS,
            Slots.METRICS,
            Slots.IDENTITY,
            Slots.OBJECT_STORE,
            Slots.REDIS,
            Slots.POSTGRES,
            Slots.INGRESS,
            Slots.ZONE,
            Slots.KUBERNETES_API,
            Slots.SECRETS,
            Slots.NAMESPACES,
            Slots.CLUSTER);

    /** Who goes before each, consumers first. */
    private final Map<Leaver<?>, Set<Leaver<?>>> consumers;

    private Order(Map<Leaver<?>, Set<Leaver<?>>> consumers) {
        this.consumers = consumers;
    }

    /** Orders by the needs of the members that they were, and where those are not known by what is usual. */
    static Order of(Collection<Leaver<?>> leavers, Collection<Member<?, ?>> members) {
        var needs = new HashMap<Slot<?>, Set<Slot<?>>>();
        members.forEach(member -> needs.put(member.provider().slot(), needed(member)));
        var usual = new ArrayList<>(leavers);
        usual.sort(Comparator.comparingInt(leaver -> rank(leaver.provider())));
        var done = new LinkedHashSet<Leaver<?>>();
        for (var leaver : usual) {
            visit(leaver, usual, needs, done, new HashSet<>());
        }
        var consumers = new LinkedHashMap<Leaver<?>, Set<Leaver<?>>>();
        for (var leaver : done) {
            var before = new LinkedHashSet<>(consumers.keySet());
            before.removeIf(other -> isKnown(leaver) && isKnown(other) && !isNeeded(other, leaver, needs));
            consumers.put(leaver, before);
        }
        return new Order(consumers);
    }

    /** Whom somebody needs whose configuration is lost is not known either. */
    private static boolean isKnown(Leaver<?> leaver) {
        return leaver.configuration().isPresent();
    }

    private static boolean isNeeded(Leaver<?> consumer, Leaver<?> leaver, Map<Slot<?>, Set<Slot<?>>> needs) {
        return needs.getOrDefault(consumer.provider().slot(), Set.of())
                .contains(leaver.provider().slot());
    }

    /** Gives all, consumers first. */
    List<Leaver<?>> leavers() {
        return List.copyOf(consumers.keySet());
    }

    /** Gives those that have to be gone before this one may go. */
    Set<Leaver<?>> consumersOf(Leaver<?> leaver) {
        return Set.copyOf(consumers.getOrDefault(leaver, Set.of()));
    }

    /** Gives the order of some of them. */
    Order only(Predicate<Leaver<?>> chosen) {
        var some = new LinkedHashMap<Leaver<?>, Set<Leaver<?>>>();
        consumers.forEach((leaver, before) -> {
            if (chosen.test(leaver)) {
                some.put(leaver, before.stream().filter(chosen).collect(Collectors.toUnmodifiableSet()));
            }
        });
        return new Order(some);
    }

    private static <C, O extends Record> Set<Slot<?>> needed(Member<C, O> member) {
        var slots = new HashSet<Slot<?>>();
        for (Need<?> need : member.provider().needs(member.configuration())) {
            slots.add(need.slot());
        }
        return slots;
    }

    private static int rank(Provider<?, ?> provider) {
        var slot = provider instanceof SupportProvider<?> ? Slots.KUBERNETES_API : provider.slot();
        int index = USUAL.indexOf(slot);
        return index < 0 ? USUAL.size() : index;
    }

    private static void visit(
            Leaver<?> leaver,
            List<Leaver<?>> all,
            Map<Slot<?>, Set<Slot<?>>> needs,
            Set<Leaver<?>> done,
            Set<Leaver<?>> path) {
        if (done.contains(leaver) || !path.add(leaver)) {
            return;
        }
        var consumers = new ArrayDeque<Leaver<?>>();
        for (var other : all) {
            if (isNeeded(other, leaver, needs)) {
                consumers.add(other);
            }
        }
        consumers.forEach(consumer -> visit(consumer, all, needs, done, path));
        done.add(leaver);
    }
}
