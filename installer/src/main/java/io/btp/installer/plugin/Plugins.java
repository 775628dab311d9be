package io.btp.installer.plugin;

import io.btp.installer.answers.Fallbacks;
import io.btp.installer.api.Plugin;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Provider;
import io.btp.installer.api.Question;
import io.btp.installer.api.SupportProvider;
import io.btp.installer.event.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plugins in use, and those that were refused.
 *
 * @param loaded in use, bundled ones first
 * @param refused third-party directories that were left out, with the reason
 */
public record Plugins(List<LoadedPlugin> loaded, List<Problem> refused) {
    private static final Logger LOG = LoggerFactory.getLogger(Plugins.class);

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
     * @param trust decides on third-party plugins
     * @param copies folder that only this user can write, for copies of third-party plugins
     * @throws PluginRejected if a bundled plugin cannot be loaded
     */
    public static Plugins load(Path bundled, List<Path> others, Trust trust, Path copies) {
        var loaded = new ArrayList<LoadedPlugin>();
        for (var directory : directories(bundled)) {
            var manifest = PluginManifest.of(directory);
            manifest.requireCompatible(directory);
            loaded.add(load(directory, directory, manifest, LoadedPlugin.Trust.BUNDLED, Optional.empty()));
        }
        var refused = new ArrayList<Problem>();
        for (var directory : directories(others)) {
            try {
                loaded.add(load(Candidate.of(directory), trust, copies));
            } catch (PluginRejected rejected) {
                refused.add(rejected.problem());
            }
        }
        return new Plugins(withoutClashes(loaded, refused), refused);
    }

    /** Lists the directories within these folders. */
    static List<Path> directories(List<Path> folders) {
        return folders.stream()
                .map(folder -> folder.toAbsolutePath().normalize())
                .distinct()
                .flatMap(folder -> directories(folder).stream())
                .toList();
    }

    static List<Path> directories(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LoadedPlugin load(Candidate candidate, Trust trust, Path copies) {
        var why = trust.of(candidate);
        var copy = candidate.copy(copies);
        var digest = Optional.of(candidate.digests().digest());
        return load(candidate.directory(), copy, PluginManifest.of(copy), why, digest);
    }

    private static LoadedPlugin load(
            Path directory, Path copy, PluginManifest manifest, LoadedPlugin.Trust trust, Optional<String> digest) {
        var jars = PluginManifest.jars(copy).stream().map(Plugins::url).toArray(URL[]::new);
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
            var providers = List.copyOf(plugin.providers());
            for (var provider : providers) {
                unsound(provider).ifPresent(what -> {
                    throw faulty(directory, manifest, Fault.of(provider, what).summary(), null);
                });
            }
            requireDistinct(providers);
            return new LoadedPlugin(manifest, directory, trust, digest, plugin, providers);
        } catch (RuntimeException | Error fault) {
            if (fault instanceof PluginRejected rejected) {
                throw rejected;
            }
            throw faulty(directory, manifest, Fault.words(fault), fault);
        }
    }

    private static PluginRejected faulty(
            Path directory, PluginManifest manifest, String what, @Nullable Throwable cause) {
        var remedy = "Ask the author of " + manifest.name() + " " + manifest.version();
        return new PluginRejected(directory, "could not be started: " + what, remedy, cause);
    }

    /** Says what is wrong with a provider; empty where nothing is found. All of it is the plugin's code. */
    @SuppressWarnings("PMD.AvoidCatchingThrowable")
    private static Optional<String> unsound(Provider<?, ?> provider) {
        try {
            return isSteady(provider)
                    ? Fallbacks.fault(provider.form())
                    : Optional.of("it describes itself differently each time it is asked");
        } catch (RuntimeException | Error fault) {
            LOG.debug("fault in {}", provider.getClass().getName(), fault);
            return Optional.of("it cannot say what it is: " + Fault.words(fault));
        }
    }

    /** What a provider says of itself is asked again and again, and relied on. */
    private static boolean isSteady(Provider<?, ?> provider) {
        var description = provider.description();
        var slot = provider.slot();
        var keys = keys(provider);
        if (provider instanceof SupportProvider<?> support) {
            support.groupVersions().forEach(Objects::requireNonNull);
        }
        return description.id().equals(provider.description().id())
                && slot.path().equals(provider.slot().path())
                && keys.equals(keys(provider));
    }

    private static void requireDistinct(List<Provider<?, ?>> providers) {
        var seen = new HashSet<String>();
        for (var provider : providers) {
            if (!seen.add(key(provider))) {
                throw new IllegalStateException("it has twice " + key(provider));
            }
        }
    }

    private static List<String> keys(Provider<?, ?> provider) {
        return provider.form().questions().stream().map(Question::key).toList();
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException("a path is always a URL: " + jar, e);
        }
    }

    /**
     * Two plugins of one name would share what is trusted and recorded of it, and two providers with the same slot and
     * id would make the answers ambiguous: the later plugin is left out.
     */
    private static List<LoadedPlugin> withoutClashes(List<LoadedPlugin> plugins, List<Problem> refused) {
        var owners = new HashMap<String, String>();
        var kept = new ArrayList<LoadedPlugin>();
        for (var plugin : plugins) {
            var keys = new ArrayList<String>();
            keys.add("a plugin of the name " + plugin.manifest().name());
            plugin.providers().stream().map(Plugins::key).forEach(keys::add);
            var clash = keys.stream().filter(owners::containsKey).findFirst();
            if (clash.isPresent()) {
                refused.add(Problem.of(
                        Problem.Reason.CONFLICT,
                        "Plugin " + plugin.directory() + " is " + clash.get() + ", and " + owners.get(clash.get())
                                + " is one already",
                        "Remove one of the two"));
                continue;
            }
            keys.forEach(key -> owners.put(key, plugin.directory().toString()));
            kept.add(plugin);
        }
        return kept;
    }

    private static String key(Provider<?, ?> provider) {
        return "a provider of " + provider.slot().path() + " by "
                + provider.description().id();
    }

    /** Gives every provider of every plugin in use. */
    public List<Provider<?, ?>> providers() {
        return loaded.stream()
                .<Provider<?, ?>>flatMap(plugin -> plugin.providers().stream())
                .toList();
    }

    /** Finds the plugin that provides something; empty for what the program itself provides. */
    public static Optional<LoadedPlugin> of(Provider<?, ?> provider, List<LoadedPlugin> loaded) {
        return loaded.stream()
                .filter(plugin -> plugin.providers().contains(provider))
                .findFirst();
    }
}
