package io.btp.installer.command;

import com.google.inject.Inject;
import io.btp.installer.api.Provider;
import io.btp.installer.engine.ExitCode;
import io.btp.installer.plugin.LoadedPlugin;
import io.btp.installer.plugin.Plugins;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Everything about plugins. */
@Command(name = "plugins", description = "Says which plugins are loaded.", subcommands = PluginsCommand.Listing.class)
final class PluginsCommand {
    /** Lists them. */
    @Command(
            name = "list",
            description = {
                "Says what is loaded, from where, trusted why, providing what, and what was refused.",
                "",
                "Example: btp plugins list --plugins-dir ./my-plugins"
            })
    static final class Listing implements Callable<Integer> {
        private static final JsonMapper JSON = JsonMapper.builder().build();

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
            var plugins = sessions.plugins(options);
            if (options.isJson()) {
                surroundings.output().println(JSON.writeValueAsString(result(plugins)));
                return ExitCode.DONE;
            }
            plugins.loaded().forEach(this::print);
            plugins.refused()
                    .forEach(problem -> PlanText.problem(problem, "").forEach(surroundings.messages()::println));
            return ExitCode.DONE;
        }

        private void print(LoadedPlugin plugin) {
            var manifest = plugin.manifest();
            var output = surroundings.output();
            output.println(manifest.name() + " " + manifest.version() + " (" + trust(plugin) + ", API "
                    + manifest.apiVersion() + ", " + plugin.directory() + ")");
            plugin.providers().stream()
                    .sorted(Comparator.comparing(provider -> provider.slot().path()))
                    .forEach(provider -> output.println("  " + line(provider)));
        }

        private static String line(Provider<?, ?> provider) {
            var description = provider.description();
            return "%-26s %-28s %s".formatted(provider.slot(), description.id(), description.title())
                    + description.notice().map(notice -> " (" + notice + ")").orElse("");
        }

        private static String trust(LoadedPlugin plugin) {
            return plugin.trust().name().toLowerCase(Locale.ROOT);
        }

        private static ObjectNode result(Plugins plugins) {
            var result = JSON.createObjectNode();
            result.put("v", 1);
            result.put("type", "result");
            var loaded = result.putArray("plugins");
            for (var plugin : plugins.loaded()) {
                var entry = loaded.addObject();
                entry.put("name", plugin.manifest().name());
                entry.put("version", plugin.manifest().version());
                entry.put("apiVersion", plugin.manifest().apiVersion());
                entry.put("directory", plugin.directory().toString());
                entry.put("trust", trust(plugin));
                var providers = entry.putArray("providers");
                for (var provider : plugin.providers()) {
                    var listed = providers.addObject();
                    listed.put("slot", provider.slot().path());
                    listed.put("id", provider.description().id());
                    listed.put("title", provider.description().title());
                    provider.description().notice().ifPresent(notice -> listed.put("notice", notice));
                }
            }
            result.set("refused", JSON.valueToTree(plugins.refused()));
            return result;
        }
    }
}
