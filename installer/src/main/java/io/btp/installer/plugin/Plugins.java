package io.btp.installer.plugin;

import io.btp.installer.api.Plugin;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Provider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * The plugins in use, and those that were refused.
 *
 * @param loaded in use, bundled ones first
 * @param refused third-party directories that were left out, with the reason
 */
public record Plugins(List<LoadedPlugin> loaded, List<Problem> refused) {
    /** Copies the lists. */
    public Plugins {
        loaded = List.copyOf(loaded);
        refused = List.copyOf(refused);
    }

    /**
     * Loads what is there.
     *
     * @param bundled folder of plugin directories that came with the program
     * @param others folders of third-party plugin directories; those that do not exist are passed over
     * @param pins digest by plugin name, as the answers or the user's trust list have them
     * @throws PluginRejected if a bundled plugin cannot be loaded
     */
    public static Plugins load(Path bundled, List<Path> others, Map<String, String> pins) {
        var loaded = new ArrayList<LoadedPlugin>();
        for (var directory : directories(bundled)) {
            loaded.add(load(directory, PluginManifest.of(directory), LoadedPlugin.Trust.BUNDLED));
        }
        var refused = new ArrayList<Problem>();
        for (var directory :
                others.stream().flatMap(folder -> directories(folder).stream()).toList()) {
            try {
                var manifest = PluginManifest.of(directory);
                requireTrust(directory, manifest, pins);
                loaded.add(load(directory, manifest, LoadedPlugin.Trust.PINNED));
            } catch (PluginRejected rejected) {
                refused.add(rejected.problem());
            }
        }
        return new Plugins(withoutClashes(loaded, refused), refused);
    }

    private static List<Path> directories(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void requireTrust(Path directory, PluginManifest manifest, Map<String, String> pins) {
        var digest = PluginDigest.of(directory);
        var pin = Optional.ofNullable(pins.get(manifest.name()));
        if (pin.filter(digest::equals).isPresent()) {
            return;
        }
        var what = pin.isPresent() ? "has digest " + digest + ", pinned is " + pin.get() : "is not trusted yet";
        throw new PluginRejected(
                directory,
                what,
                "If you trust it, put into the answers: plugins.trust." + manifest.name() + ": \"" + digest + "\"");
    }

    private static LoadedPlugin load(Path directory, PluginManifest manifest, LoadedPlugin.Trust trust) {
        manifest.requireCompatible(directory);
        var jars = PluginManifest.jars(directory).stream().map(Plugins::url).toArray(URL[]::new);
        var loader = new PluginClassLoader(manifest.name(), jars, Plugins.class.getClassLoader());
        try {
            var found = ServiceLoader.load(Plugin.class, loader).stream().toList();
            if (found.size() != 1) {
                throw new PluginRejected(
                        directory,
                        "names " + found.size() + " implementations of " + Plugin.class.getName() + ", expected one",
                        "Name it in META-INF/services/" + Plugin.class.getName() + " of one jar");
            }
            var plugin = found.getFirst().get();
            return new LoadedPlugin(manifest, directory, trust, plugin, plugin.providers());
        } catch (ServiceConfigurationError | RuntimeException | LinkageError fault) {
            if (fault instanceof PluginRejected rejected) {
                throw rejected;
            }
            throw new PluginRejected(
                    directory,
                    "could not be started: " + fault,
                    "Ask the author of " + manifest.name() + " " + manifest.version(),
                    fault);
        }
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException("a path is always a URL: " + jar, e);
        }
    }

    /** Two providers with the same slot and id would make the answers ambiguous: the later plugin is left out. */
    private static List<LoadedPlugin> withoutClashes(List<LoadedPlugin> plugins, List<Problem> refused) {
        var owners = new HashMap<String, String>();
        var kept = new ArrayList<LoadedPlugin>();
        for (var plugin : plugins) {
            var clash = plugin.providers().stream()
                    .map(Plugins::key)
                    .filter(owners::containsKey)
                    .findFirst();
            if (clash.isPresent()) {
                refused.add(Problem.of(
                        Problem.Reason.CONFLICT,
                        "Plugin " + plugin.manifest().name() + " provides " + clash.get() + ", which "
                                + owners.get(clash.get()) + " provides already",
                        "Remove one of the two"));
                continue;
            }
            plugin.providers()
                    .forEach(provider ->
                            owners.put(key(provider), plugin.manifest().name()));
            kept.add(plugin);
        }
        return kept;
    }

    private static String key(Provider<?, ?> provider) {
        return provider.slot().path() + " by " + provider.description().id();
    }

    /** Gives every provider of every plugin in use. */
    public List<Provider<?, ?>> providers() {
        return loaded.stream()
                .<Provider<?, ?>>flatMap(plugin -> plugin.providers().stream())
                .toList();
    }
}
