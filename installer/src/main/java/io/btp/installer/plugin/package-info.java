/**
 * Finds, checks and loads plugins.
 *
 * <p>A plugin is a directory of jars. Before any class is loaded its manifest is compared with the host's API version
 * and trust is decided. Each directory gets a class loader of its own: the platform loader is its parent, {@code api}
 * and {@code slf4j} come from the host, everything else from the directory, nothing from the program's class path. A
 * third-party plugin that fails to load is reported and left out; a bundled one stops the program.
 */
@NullMarked
package io.btp.installer.plugin;

import org.jspecify.annotations.NullMarked;
