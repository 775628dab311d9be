package io.btp.installer.api;

import java.util.List;
import java.util.Optional;

/**
 * Entry point of a plugin: exactly one per plugin directory, found with {@link java.util.ServiceLoader}.
 *
 * <p>Name, version and API version stand in the manifest of the plugin's main jar ({@code Btp-Plugin-Name}, {@code
 * Btp-Plugin-Version}, {@code Btp-Api-Version}), so that they are read before any class is loaded.
 */
public interface Plugin {
    /** Gives every provider of this plugin. Called once, when the plugin is loaded; does no I/O. */
    List<Provider<?, ?>> providers();

    /**
     * Gives the platform chart for the cluster that this plugin makes, where the real chart cannot run; used when the
     * answers name none and this plugin's provider fills the cluster slot. Does no I/O.
     */
    default Optional<Chart> platformChart() {
        return Optional.empty();
    }
}
