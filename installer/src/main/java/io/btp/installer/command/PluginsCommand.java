package io.btp.installer.command;

import com.google.inject.Inject;
import io.btp.installer.api.Problem;
import io.btp.installer.engine.ExitCode;
import io.btp.installer.plugin.Plugins;
import io.btp.installer.plugin.TrustedDirectory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** Everything about plugins. */
@Command(
        name = "plugins",
        description = {
            "Says which plugins are loaded and why, and decides which are trusted.",
            "",
            "Example: btp plugins list"
        },
        subcommands = {
            PluginsCommand.Listing.class,
            PluginsCommand.Show.class,
            PluginsCommand.Trusting.class,
            PluginsCommand.Verify.class
        })
final class PluginsCommand {
    @Mixin
    private final HelpOption help = new HelpOption();

    /** Lists them. */
    @Command(
            name = "list",
            description = {
                "Says what is loaded, from where, trusted why, providing what, and what was refused.",
                "",
                "Example: btp plugins list --plugins-dir ./my-plugins"
            })
    static final class Listing implements Callable<Integer> {
        private final Sessions sessions;
        private final Surroundings surroundings;

        @Mixin
        private final CommonOptions options = new CommonOptions();

        @Inject
        Listing(Sessions sessions, Surroundings surroundings) {
            this.sessions = sessions;
            this.surroundings = surroundings;
        }

        @Override
        public Integer call() {
            return sessions.onPlugins(options, folders -> {
                var plugins = folders.load();
                print(surroundings, options, PluginWords.list(plugins), PluginWords.listed(plugins));
                complain(surroundings, options, plugins.refused());
                return ExitCode.DONE;
            });
        }
    }

    /** Shows one provider or one plugin. */
    @Command(
            name = "show",
            description = {
                "Says everything about a provider, or about all providers of a plugin: slot, questions, notice, what the plugin says it touches.",
                "",
                "Example: btp plugins show kubernetes.valkey"
            })
    static final class Show implements Callable<Integer> {
        private final Sessions sessions;
        private final Surroundings surroundings;

        @Mixin
        private final CommonOptions options = new CommonOptions();

        @Parameters(
                paramLabel = "ID",
                description = "id of a provider, or name of a plugin, as btp plugins list shows it")
        private String id = "";

        @Inject
        Show(Sessions sessions, Surroundings surroundings) {
            this.sessions = sessions;
            this.surroundings = surroundings;
        }

        @Override
        public Integer call() {
            return sessions.onPlugins(options, folders -> {
                var plugins = folders.load();
                requireKnown(plugins);
                print(surroundings, options, PluginWords.show(plugins, id), PluginWords.shown(plugins, id));
                return ExitCode.DONE;
            });
        }

        private void requireKnown(Plugins plugins) {
            if (PluginWords.show(plugins, id).isEmpty()) {
                var known = plugins.providers().stream()
                        .map(provider -> provider.description().id())
                        .distinct()
                        .sorted()
                        .toList();
                throw new Misused(
                        "No provider and no plugin has the id " + id + "; known providers are "
                                + String.join(", ", known),
                        plugins.refused());
            }
        }
    }

    /** Adds to the user's list. */
    @Command(
            name = "trust",
            description = {
                "Trusts a plugin: pins the digest of its directory in your list of trusted plugins; with --key also whatever that key signs under the plugin's name from now on. Shows what the plugin says it touches; nothing limits it to that.",
                "",
                "Example: btp plugins trust ./acme-vault --key acme.pub.pem"
            })
    static final class Trusting implements Callable<Integer> {
        private final Sessions sessions;
        private final Surroundings surroundings;

        @Mixin
        private final CommonOptions options = new CommonOptions();

        @Parameters(paramLabel = "DIR", description = "directory of the plugin")
        private Path directory = Path.of("");

        @Option(
                names = "--key",
                paramLabel = "FILE",
                description = "public key in PEM whose signatures are trusted, too")
        private @Nullable Path key;

        @Inject
        Trusting(Sessions sessions, Surroundings surroundings) {
            this.sessions = sessions;
            this.surroundings = surroundings;
        }

        @Override
        public Integer call() {
            return sessions.onPlugins(options, folders -> {
                var list = folders.trust().user();
                var trusted = TrustedDirectory.trust(directory, Optional.ofNullable(key), list);
                var lines = PluginWords.trusted(trusted, list.file());
                print(surroundings, options, lines, PluginWords.verified(List.of(trusted)));
                return ExitCode.DONE;
            });
        }
    }

    /** Computes digests and signatures anew. */
    @Command(
            name = "verify",
            description = {
                "Computes digest and signature of every plugin directory anew and compares them with what is trusted. Loads nothing. Exit 8 where one is refused.",
                "",
                "Example: btp plugins verify -f btp.yaml"
            })
    static final class Verify implements Callable<Integer> {
        private final Sessions sessions;
        private final Surroundings surroundings;

        @Mixin
        private final CommonOptions options = new CommonOptions();

        @Inject
        Verify(Sessions sessions, Surroundings surroundings) {
            this.sessions = sessions;
            this.surroundings = surroundings;
        }

        @Override
        public Integer call() {
            return sessions.onPlugins(options, folders -> {
                var verified = folders.verify();
                var refused = verified.stream()
                        .flatMap(directory -> directory.refused().stream())
                        .toList();
                print(surroundings, options, PluginWords.verify(verified), PluginWords.verified(verified));
                complain(surroundings, options, refused);
                return refused.isEmpty() ? ExitCode.DONE : ExitCode.PLUGIN;
            });
        }
    }

    private static void print(Surroundings surroundings, CommonOptions options, List<String> lines, ObjectNode result) {
        if (options.isJson()) {
            surroundings.output().println(PluginWords.line(result));
            return;
        }
        lines.forEach(surroundings.output()::println);
    }

    private static void complain(Surroundings surroundings, CommonOptions options, List<Problem> refused) {
        if (!options.isJson()) {
            var page = surroundings.messagesPage(options.color);
            refused.forEach(problem -> page.print(PlanText.problem(problem, "")));
        }
    }
}
