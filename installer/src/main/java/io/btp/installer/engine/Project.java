package io.btp.installer.engine;

import io.btp.installer.api.Check;
import io.btp.installer.api.Installation;
import io.btp.installer.api.Provider;
import io.btp.installer.plugin.LoadedPlugin;
import io.btp.installer.plugin.PluginRejected;
import io.btp.installer.plugin.Plugins;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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
 * @param plugins where the providers come from
 */
public record Project(
        Installation installation,
        String home,
        List<Member<?, ?>> members,
        List<Member<?, ?>> support,
        List<Provider<?, ?>> catalogue,
        List<Check> checks,
        String answers,
        Past past,
        List<LoadedPlugin> plugins) {
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
        plugins = List.copyOf(plugins);
    }

    /** Gives the third-party plugins that may act in this installation, with their digests. */
    public Map<LoadedPlugin, String> digests() {
        var digests = new LinkedHashMap<LoadedPlugin, String>();
        Stream.concat(members.stream(), support.stream())
                .flatMap(member -> Plugins.of(member.provider(), plugins).stream())
                .forEach(plugin -> plugin.digest().ifPresent(digest -> digests.put(plugin, digest)));
        return digests;
    }

    /** Gives the digest of the third-party plugin that a provider comes from. */
    Optional<String> digest(Provider<?, ?> provider) {
        return Plugins.of(provider, plugins).flatMap(LoadedPlugin::digest);
    }

    /**
     * Refuses a signed plugin that is not the one that made what is there: a signature says who made it, not that
     * somebody here wanted another version.
     */
    void requireSamePlugins(InstallationRecord record) {
        for (var provider : catalogue) {
            var before = record.entry(provider).flatMap(InstallationRecord.Entry::digest);
            var plugin = Plugins.of(provider, plugins);
            if (before.isPresent()
                    && plugin.isPresent()
                    && !plugin.get().isLookedAt()
                    && !plugin.get().digest().equals(before)) {
                throw PluginRejected.changed(
                        plugin.get(),
                        "it made " + Node.id(provider),
                        before.get(),
                        "If the new version is meant: btp plugins trust "
                                + plugin.get().directory());
            }
        }
    }

    /** Gives this project with other members. */
    Project with(List<Member<?, ?>> newMembers, List<Member<?, ?>> newSupport) {
        return new Project(installation, home, newMembers, newSupport, catalogue, checks, answers, past, plugins);
    }
}
