/** Proves the engine on a small world of things in memory. */
@NullMarked
package io.btp.installer.command;

import org.jspecify.annotations.NullMarked;
