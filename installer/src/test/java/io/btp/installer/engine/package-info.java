/** Proves the engine on a small world of things in memory. */
@NullMarked
package io.btp.installer.engine;

import org.jspecify.annotations.NullMarked;
