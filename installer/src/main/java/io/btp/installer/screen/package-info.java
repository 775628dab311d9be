/**
 * What is shown on a whole screen, and the keys that reach it, without any terminal: {@link io.btp.installer.screen.Frame}
 * holds rows of text with roles, {@link io.btp.installer.screen.Sheet} is what a frame shows a part of.
 */
@NullMarked
package io.btp.installer.screen;

import org.jspecify.annotations.NullMarked;
