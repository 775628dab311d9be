package io.btp.installer.engine;

import io.btp.installer.api.Slot;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The members that fill a slot, and those that they need. */
final class Closure {
    private Closure() {}

    static List<Member<?, ?>> of(Collection<Member<?, ?>> members, Slot<?> slot) {
        var found = new LinkedHashSet<Member<?, ?>>();
        var open = new ArrayDeque<Slot<?>>(Set.of(slot));
        while (!open.isEmpty()) {
            var wanted = open.remove();
            members.stream()
                    .filter(member -> member.provider().slot().equals(wanted))
                    .filter(found::add)
                    .forEach(member -> slots(member).forEach(open::add));
        }
        return List.copyOf(found);
    }

    private static <C, O extends Record> List<Slot<?>> slots(Member<C, O> member) {
        return member.provider().needs(member.configuration()).stream()
                .<Slot<?>>map(need -> need.slot())
                .toList();
    }
}
