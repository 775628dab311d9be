/** The tunnel: directly, into a simulated cluster, and which pod it would choose in a real one. */
@NullMarked
package io.btp.installer.host.tunnel;

import org.jspecify.annotations.NullMarked;
