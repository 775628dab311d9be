/**
 * The wizard on a whole screen, without any terminal: {@link io.btp.installer.wizard.screen.Walking} turns what is typed into the next
 * {@link io.btp.installer.wizard.screen.State}, {@link io.btp.installer.wizard.screen.View} turns that into a
 * {@link io.btp.installer.screen.Frame}. Both are pure functions; who paints frames and reads keys is elsewhere.
 */
@NullMarked
package io.btp.installer.wizard.screen;

import org.jspecify.annotations.NullMarked;
