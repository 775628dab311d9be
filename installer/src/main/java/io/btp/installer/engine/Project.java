package io.btp.installer.engine;

import io.btp.installer.api.Check;
import io.btp.installer.api.Installation;
import io.btp.installer.api.Provider;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What a run works on.
 *
 * @param installation the installation
 * @param home namespace that holds the record and the lease
 * @param members what was chosen
 * @param support what can be installed where something needs it: members of support providers
 * @param catalogue every provider of the loaded plugins
 * @param checks prove the answers themselves
 * @param answers canonical text of the answers, references only
 * @param past opens the members of earlier answers, for removal
 */
public record Project(
        Installation installation,
        String home,
        List<Member<?, ?>> members,
        List<Member<?, ?>> support,
        List<Provider<?, ?>> catalogue,
        List<Check> checks,
        String answers,
        Past past) {
    /** Opens the members of earlier answers. */
    @FunctionalInterface
    public interface Past {
        /** Gives what those answers had chosen; what cannot be understood any more is left out. */
        Collection<Member<?, ?>> members(String answers);
    }

    /** Copies the lists. */
    public Project {
        members = List.copyOf(members);
        support = List.copyOf(support);
        catalogue = List.copyOf(catalogue);
        checks = List.copyOf(checks);
    }

    /** Gives this project with the chart versions that were pinned when they were first installed. */
    Project pinned(Optional<InstallationRecord> record) {
        return new Project(
                installation, home, pinned(members, record), pinned(support, record), catalogue, checks, answers, past);
    }

    private static List<Member<?, ?>> pinned(List<Member<?, ?>> members, Optional<InstallationRecord> record) {
        return members.stream()
                .<Member<?, ?>>map(member -> pinned(member, record))
                .toList();
    }

    private static <C, O extends Record> Member<C, O> pinned(Member<C, O> member, Optional<InstallationRecord> record) {
        var shipped = member.provider().description().chart();
        var pin = record.flatMap(it -> it.entry(member.provider()))
                .map(InstallationRecord.Entry::chart)
                .filter(version -> !version.isEmpty());
        if (pin.isEmpty() || !shipped.equals(member.chart()) || shipped.isEmpty()) {
            return member;
        }
        var chart = new io.btp.installer.api.Chart(
                shipped.get().location(), shipped.get().name(), pin, Optional.empty());
        return shipped.get().version().isEmpty()
                ? member
                : new Member<>(member.provider(), member.configuration(), Optional.of(chart), member.values());
    }
}
