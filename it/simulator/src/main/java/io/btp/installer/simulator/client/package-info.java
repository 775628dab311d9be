/**
 * How the simulated parts see a cluster: through its API only. {@code Api} speaks HTTP, {@code Cluster} keeps a copy of
 * every kind that somebody asked for and follows it by watches, {@code Loop} calls a controller for what has changed.
 *
 * <p>Nothing here is remembered beyond the process: what a controller needs to go on after a restart it finds in the
 * objects themselves. The same code works against the embedded API and a real API server.
 */
@NullMarked
package io.btp.installer.simulator.client;

import org.jspecify.annotations.NullMarked;
