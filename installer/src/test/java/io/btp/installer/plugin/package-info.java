/** Proves the engine on a small world of things in memory. */
@NullMarked
package io.btp.installer.plugin;

import org.jspecify.annotations.NullMarked;
