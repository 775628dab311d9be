/**
 * A run as it goes on: {@link io.btp.installer.progress.Progress} is what its events add up to, {@link
 * io.btp.installer.progress.ProgressView} the frame that shows it, {@link io.btp.installer.progress.Watch} what somebody who watches has
 * chosen to see. None of it knows a terminal or a clock.
 */
@NullMarked
package io.btp.installer.progress;

import org.jspecify.annotations.NullMarked;
