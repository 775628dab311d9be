/**
 * Decides, shows, confirms and runs the steps that components describe.
 *
 * <p>{@link io.btp.installer.engine.Blueprint} opens the components of an installation and orders them by need; {@link
 * io.btp.installer.engine.Planner} asks each for its steps; {@link io.btp.installer.engine.Runner} runs them, each
 * component on a virtual thread of its own, and observes and plans again whenever inputs settle; {@link
 * io.btp.installer.engine.Removals} plans in the reverse order of need. {@link io.btp.installer.engine.Board} holds what
 * is published. {@link io.btp.installer.engine.Ledger} keeps the installation record and {@link
 * io.btp.installer.engine.RunLock} lets one run at a time write.
 *
 * <p>Plan, apply, resume, drift, adopt, repair and uninstall are this one mechanism. There is no resource state file:
 * names and labels derive from the installation, so observing finds what was made.
 */
@NullMarked
package io.btp.installer.engine;

import org.jspecify.annotations.NullMarked;
