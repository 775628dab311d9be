package io.btp.installer.plugin;

import io.btp.installer.api.Plugin;
import io.btp.installer.api.Provider;
import java.nio.file.Path;
import java.util.List;

/**
 * A plugin that is in use.
 *
 * @param manifest what it says of itself
 * @param directory where it was loaded from
 * @param trust why it was loaded
 * @param plugin its entry point
 * @param providers what it provides
 */
public record LoadedPlugin(
        PluginManifest manifest, Path directory, Trust trust, Plugin plugin, List<Provider<?, ?>> providers) {
    /** Why a plugin was loaded. */
    public enum Trust {
        /** It came with the program. */
        BUNDLED,
        /** Its digest is pinned. */
        PINNED
    }

    /** Copies the list. */
    public LoadedPlugin {
        providers = List.copyOf(providers);
    }
}
