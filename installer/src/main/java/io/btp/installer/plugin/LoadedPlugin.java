package io.btp.installer.plugin;

import io.btp.installer.api.Plugin;
import io.btp.installer.api.Provider;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A plugin that is in use.
 *
 * @param manifest what it says of itself
 * @param directory where it stands
 * @param trust why it was loaded
 * @param digest of the directory; empty for what came with the program
 * @param plugin its entry point
 * @param providers what it provides
 */
public record LoadedPlugin(
        PluginManifest manifest,
        Path directory,
        Trust trust,
        Optional<String> digest,
        Plugin plugin,
        List<Provider<?, ?>> providers) {
    /** Why a plugin was loaded. */
    public enum Trust {
        /** It came with the program. */
        BUNDLED("bundled"),
        /** The answers pin its digest. */
        PINNED_BY_ANSWERS("pinned by the answers"),
        /** The user's list pins its digest. */
        PINNED_BY_USER("pinned by the user's list"),
        /** It is signed by a key of the user's list. */
        SIGNED("signed by a trusted key");

        private final String words;

        Trust(String words) {
            this.words = words;
        }

        /** Gives words for people. */
        public String words() {
            return words;
        }
    }

    /** Copies the list. */
    public LoadedPlugin {
        providers = List.copyOf(providers);
    }

    /**
     * Tells whether somebody has decided on exactly these bytes: it came with the program or is pinned. What is signed
     * may have changed without anybody looking.
     */
    public boolean isLookedAt() {
        return trust != Trust.SIGNED;
    }
}
