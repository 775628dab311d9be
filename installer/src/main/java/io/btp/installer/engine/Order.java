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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The order of removal: who needs goes before who is needed. */
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

    private Order() {}

    /** Orders by the needs of the members that they were, and where those are not known by what is usual. */
    static List<Leaver<?>> consumersFirst(Collection<Leaver<?>> leavers, Collection<Member<?, ?>> members) {
        var needs = new HashMap<Slot<?>, Set<Slot<?>>>();
        members.forEach(member -> needs.put(member.provider().slot(), needed(member)));
        var usual = new ArrayList<>(leavers);
        usual.sort(Comparator.comparingInt(leaver -> rank(leaver.provider())));
        var done = new LinkedHashSet<Leaver<?>>();
        for (var leaver : usual) {
            visit(leaver, usual, needs, done, new HashSet<>());
        }
        return List.copyOf(done);
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
            if (needs.getOrDefault(other.provider().slot(), Set.of())
                    .contains(leaver.provider().slot())) {
                consumers.add(other);
            }
        }
        consumers.forEach(consumer -> visit(consumer, all, needs, done, path));
        done.add(leaver);
    }
}
