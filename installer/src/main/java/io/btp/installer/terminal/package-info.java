/**
 * The terminal of a person: JLine owns it, Lanterna keeps what is on it. {@link io.btp.installer.terminal.FullScreen} brings keys to the
 * wizard and its frames to the screen; {@link io.btp.installer.terminal.LiveRun} shows a run there.
 */
@NullMarked
package io.btp.installer.terminal;

import org.jspecify.annotations.NullMarked;
