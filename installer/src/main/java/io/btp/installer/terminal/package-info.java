/**
 * The terminal of a person: JLine owns it, Lanterna keeps what is on it, and {@link io.btp.installer.terminal.FullScreen} brings keys
 * to the wizard and its frames to the screen.
 */
@NullMarked
package io.btp.installer.terminal;

import org.jspecify.annotations.NullMarked;
