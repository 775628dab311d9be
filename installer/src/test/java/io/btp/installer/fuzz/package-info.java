/**
 * Bad input, by the thousand: {@link io.btp.installer.fuzz.Fuzz} feeds a reader of outside input with what
 * {@link io.btp.installer.fuzz.Mutation} makes of good examples. The tests stand beside the readers.
 */
@NullMarked
package io.btp.installer.fuzz;

import org.jspecify.annotations.NullMarked;
