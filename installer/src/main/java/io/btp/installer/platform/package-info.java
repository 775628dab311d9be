/**
 * The platform release: the last component of the graph, opened by the engine like any plugin's.
 *
 * <p>{@link io.btp.installer.platform.PlatformValues} turns the contract's records into the chart's values and does
 * nothing else; {@link io.btp.installer.platform.Losses} says what of the records the chart cannot take;
 * {@link io.btp.installer.platform.PlatformProvider} asks the questions and plans the release;
 * {@link io.btp.installer.platform.Smoke} proves the running platform from outside.
 *
 * <p>The chart is private. Its value paths are those that its users set today (settlemint/btp-universal-terraform,
 * {@code btp/main.tf}, and the vendor's public installation guide).
 */
@NullMarked
package io.btp.installer.platform;

import org.jspecify.annotations.NullMarked;
