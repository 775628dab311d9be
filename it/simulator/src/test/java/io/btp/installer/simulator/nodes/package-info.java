/** What simulated nodes, controllers and operators do, as clients see it: the same scenarios on the real API server and on the embedded API. */
@NullMarked
package io.btp.installer.simulator.nodes;

import org.jspecify.annotations.NullMarked;
