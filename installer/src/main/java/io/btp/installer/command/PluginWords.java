package io.btp.installer.command;

import io.btp.installer.answers.Explanation;
import io.btp.installer.api.Provider;
import io.btp.installer.api.Question;
import io.btp.installer.plugin.LoadedPlugin;
import io.btp.installer.plugin.PluginManifest;
import io.btp.installer.plugin.Plugins;
import io.btp.installer.plugin.TrustedDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Says of plugins what people and programs want to know: lines of text, and the same as a result of JSON. */
final class PluginWords {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private PluginWords() {}

    static String line(ObjectNode result) {
        return JSON.writeValueAsString(result);
    }

    private static ObjectNode result() {
        var result = JSON.createObjectNode();
        result.put("v", 1);
        result.put("type", "result");
        return result;
    }

    /** Gives what is loaded, with one line for each provider. */
    static List<String> list(Plugins plugins) {
        var lines = new ArrayList<String>();
        for (var plugin : plugins.loaded()) {
            lines.add(heading(plugin));
            sorted(plugin).forEach(provider -> lines.add("  " + brief(provider)));
        }
        return lines;
    }

    private static String heading(LoadedPlugin plugin) {
        return named(plugin.manifest()) + " (" + plugin.trust().words() + ", API "
                + plugin.manifest().apiVersion() + ", " + plugin.directory() + ")";
    }

    private static String named(PluginManifest manifest) {
        return manifest.name() + " " + manifest.version();
    }

    private static List<Provider<?, ?>> sorted(LoadedPlugin plugin) {
        return plugin.providers().stream()
                .sorted(Comparator.comparing(provider -> provider.slot().path()))
                .toList();
    }

    private static String brief(Provider<?, ?> provider) {
        var description = provider.description();
        return "%-26s %-28s %s".formatted(provider.slot(), description.id(), description.title())
                + description.notice().map(notice -> " (" + notice + ")").orElse("");
    }

    static ObjectNode listed(Plugins plugins) {
        var result = result();
        var loaded = result.putArray("plugins");
        for (var plugin : plugins.loaded()) {
            var entry = loaded.addObject();
            describe(entry, plugin);
            var providers = entry.putArray("providers");
            plugin.providers().forEach(provider -> describe(providers.addObject(), provider));
        }
        result.set("refused", JSON.valueToTree(plugins.refused()));
        return result;
    }

    private static void describe(ObjectNode entry, LoadedPlugin plugin) {
        describe(entry, plugin.manifest());
        entry.put("directory", plugin.directory().toString());
        entry.put("trust", word(plugin.trust()));
        plugin.digest().ifPresent(digest -> entry.put("digest", digest));
    }

    private static void describe(ObjectNode entry, PluginManifest manifest) {
        entry.put("name", manifest.name());
        entry.put("version", manifest.version());
        entry.put("apiVersion", manifest.apiVersion());
        entry.set("touches", JSON.valueToTree(manifest.touches()));
    }

    private static String word(LoadedPlugin.Trust trust) {
        return trust.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static void describe(ObjectNode entry, Provider<?, ?> provider) {
        var description = provider.description();
        entry.put("slot", provider.slot().path());
        entry.put("id", description.id());
        entry.put("title", description.title());
        description.notice().ifPresent(notice -> entry.put("notice", notice));
    }

    private static boolean isMeant(LoadedPlugin plugin, Provider<?, ?> provider, String id) {
        return provider.description().id().equals(id)
                || provider.description().mode().equals(id)
                || plugin.manifest().name().equals(id);
    }

    /** Gives everything about the providers that an id means: their own, their mode, or their plugin's name. */
    static List<String> show(Plugins plugins, String id) {
        var lines = new ArrayList<String>();
        for (var plugin : plugins.loaded()) {
            for (var provider : sorted(plugin)) {
                if (isMeant(plugin, provider, id)) {
                    lines.addAll(whole(plugin, provider));
                }
            }
        }
        return lines;
    }

    private static List<String> whole(LoadedPlugin plugin, Provider<?, ?> provider) {
        var description = provider.description();
        var lines = new ArrayList<String>();
        lines.add(description.id() + ": " + description.title());
        lines.add("  " + description.summary());
        Explanation.cost(description).ifPresent(cost -> lines.add("  " + cost));
        description.notice().ifPresent(notice -> lines.add("  notice: " + notice));
        lines.add("  fills " + provider.slot() + " (" + provider.slot().title() + ")");
        description
                .chart()
                .ifPresent(chart -> lines.add("  made of chart " + chart.name() + " "
                        + chart.version().map(version -> version + " ").orElse("") + "from " + chart.location()));
        lines.add("  plugin " + heading(plugin));
        plugin.digest().ifPresent(digest -> lines.add("  digest " + digest));
        lines.addAll(touches(plugin.manifest()));
        lines.add(provider.form().questions().isEmpty() ? "  asks nothing" : "  asks");
        provider.form().questions().forEach(question -> lines.add("    " + asked(question)));
        return lines;
    }

    private static List<String> touches(PluginManifest manifest) {
        return List.of(
                manifest.touches().isEmpty()
                        ? "  does not say what it touches"
                        : "  says that it touches (nothing limits it to that): "
                                + String.join(", ", manifest.touches()));
    }

    private static String asked(Question<?> question) {
        var kind = question.kind().name().toLowerCase(Locale.ROOT);
        var words = question.choices().isEmpty() ? kind : String.join("|", question.choices());
        return "%-26s %s; %s, %s".formatted(question.key(), question.title(), words, need(question))
                + question.because().map(because -> ": " + because).orElse("");
    }

    private static String need(Question<?> question) {
        if (question.isRequired()) {
            return "required";
        }
        return question.generated().isPresent()
                ? "generated unless given"
                : question.fallback().map(answer -> "default " + answer).orElse("optional");
    }

    static ObjectNode shown(Plugins plugins, String id) {
        var result = result();
        var providers = result.putArray("providers");
        for (var plugin : plugins.loaded()) {
            for (var provider : sorted(plugin)) {
                if (isMeant(plugin, provider, id)) {
                    var entry = providers.addObject();
                    describe(entry, provider);
                    entry.put("summary", provider.description().summary());
                    provider.description().adds().ifPresent(parts -> entry.put("adds", parts));
                    provider.description().usually().ifPresent(time -> entry.put("usuallySeconds", time.toSeconds()));
                    describe(entry.putObject("plugin"), plugin);
                    var questions = entry.putArray("questions");
                    provider.form().questions().forEach(question -> describe(questions.addObject(), question));
                }
            }
        }
        return result;
    }

    private static void describe(ObjectNode entry, Question<?> question) {
        entry.put("key", question.key());
        entry.put("title", question.title());
        entry.put("kind", question.kind().name().toLowerCase(Locale.ROOT));
        entry.put("required", question.isRequired());
        question.fallback().ifPresent(answer -> entry.put("default", String.valueOf(answer)));
        question.because().ifPresent(because -> entry.put("because", because));
        if (!question.choices().isEmpty()) {
            entry.set("choices", JSON.valueToTree(question.choices()));
        }
    }

    /** Says what was just trusted. */
    static List<String> trusted(TrustedDirectory directory, Path list) {
        var manifest = directory.manifest().orElseThrow();
        var lines = new ArrayList<String>();
        lines.add("trusted " + named(manifest) + " in " + directory.directory());
        lines.add("  digest " + directory.digest().orElseThrow());
        if (directory.trust().filter(LoadedPlugin.Trust.SIGNED::equals).isPresent()) {
            lines.add("  and whatever the key signs as " + manifest.name() + " from now on");
        }
        lines.addAll(touches(manifest));
        lines.add("  noted in " + list);
        return lines;
    }

    /** Gives one line for each directory that may be loaded. */
    static List<String> verify(List<TrustedDirectory> directories) {
        var lines = new ArrayList<String>();
        for (var directory : directories) {
            directory
                    .trust()
                    .ifPresent(trust ->
                            lines.add("ok " + named(directory.manifest().orElseThrow()) + " "
                                    + directory.digest().orElseThrow() + " (" + trust.words() + ", "
                                    + directory.directory() + ")"));
        }
        return lines;
    }

    static ObjectNode verified(List<TrustedDirectory> directories) {
        var result = result();
        var plugins = result.putArray("plugins");
        for (var directory : directories) {
            var entry = plugins.addObject();
            directory.manifest().ifPresent(manifest -> describe(entry, manifest));
            entry.put("directory", directory.directory().toString());
            directory.digest().ifPresent(digest -> entry.put("digest", digest));
            directory.trust().ifPresent(trust -> entry.put("trust", word(trust)));
            directory.refused().ifPresent(problem -> entry.set("refused", JSON.valueToTree(problem)));
        }
        return result;
    }
}
