/** Proves the embedded API with the clients that have to work against it. */
@NullMarked
package io.btp.installer.simulator.api;

import org.jspecify.annotations.NullMarked;
