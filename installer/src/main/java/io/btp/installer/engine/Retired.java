package io.btp.installer.engine;

import io.btp.installer.api.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds what an installation made with providers that its answers do not choose any more. */
final class Retired {
    private Retired() {}

    /** Gives them, consumers first. */
    static List<Leaver<?>> of(
            Project project, Optional<InstallationRecord> record, Blueprint blueprint, Settings settings) {
        if (record.isEmpty()) {
            return List.of();
        }
        var retired = record.get().components().entrySet().stream()
                .filter(entry -> blueprint.nodes().stream().noneMatch(node -> isSame(node, entry)))
                .toList();
        if (retired.isEmpty()) {
            return List.of();
        }
        var before = project.past().members(record.get().answers());
        var leavers = new ArrayList<Leaver<?>>();
        for (var entry : retired) {
            leaver(entry, before, project, settings).ifPresent(leavers::add);
        }
        return Order.consumersFirst(leavers, before);
    }

    private static boolean isSame(Node node, Map.Entry<String, InstallationRecord.Entry> entry) {
        return node.id().equals(entry.getKey())
                && node.provider().description().id().equals(entry.getValue().provider());
    }

    private static Optional<Leaver<?>> leaver(
            Map.Entry<String, InstallationRecord.Entry> entry,
            Iterable<Member<?, ?>> before,
            Project project,
            Settings settings) {
        for (var member : before) {
            if (matches(member.provider(), entry)) {
                return Optional.of(
                        Leaver.of(member, !settings.deletesDataOf(member.provider().slot())));
            }
        }
        return project.catalogue().stream()
                .filter(provider -> matches(provider, entry))
                .findFirst()
                .map(provider -> Leaver.unknown(provider, !settings.deletesDataOf(provider.slot())));
    }

    static boolean matches(Provider<?, ?> provider, Map.Entry<String, InstallationRecord.Entry> entry) {
        return Node.id(provider).equals(entry.getKey())
                && provider.description().id().equals(entry.getValue().provider());
    }
}
