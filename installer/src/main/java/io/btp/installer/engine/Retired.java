package io.btp.installer.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds what an installation made with providers that its answers do not choose any more. */
final class Retired {
    private Retired() {}

    /** Gives them in the order of their removal. */
    static Order of(Project project, Optional<InstallationRecord> record, Blueprint blueprint, Settings settings) {
        if (record.isEmpty()) {
            return Order.of(List.of(), List.of());
        }
        var retired = record.get().components().stream()
                .filter(entry -> blueprint.nodes().stream().noneMatch(node -> entry.isOf(node.provider())))
                .toList();
        if (retired.isEmpty()) {
            return Order.of(List.of(), List.of());
        }
        var before = project.past().members(record.get().answers());
        var leavers = new ArrayList<Leaver<?>>();
        for (var entry : retired) {
            leaver(entry, before, project, settings).ifPresent(leavers::add);
        }
        return Order.of(leavers, before);
    }

    private static Optional<Leaver<?>> leaver(
            InstallationRecord.Entry entry, Iterable<Member<?, ?>> before, Project project, Settings settings) {
        for (var member : before) {
            if (entry.isOf(member.provider())) {
                return Optional.of(Leaver.of(
                        member, !settings.deletesDataOf(member.provider().slot())));
            }
        }
        return project.catalogue().stream()
                .filter(entry::isOf)
                .findFirst()
                .map(provider -> Leaver.unknown(provider, !settings.deletesDataOf(provider.slot())));
    }
}
