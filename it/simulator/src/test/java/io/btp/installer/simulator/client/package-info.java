/** Proves the parts of the client that need no server. */
@NullMarked
package io.btp.installer.simulator.client;

import org.jspecify.annotations.NullMarked;
