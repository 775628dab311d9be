/**
 * The SPI: what a plugin implements, what it constructs, and what the host lends it.
 *
 * <p>Start at {@link io.btp.installer.api.Plugin}. A plugin lists {@link io.btp.installer.api.Provider providers}; a
 * provider describes one way to fill one {@link io.btp.installer.api.Slot} and, opened with its configuration, becomes
 * a {@link io.btp.installer.api.Component}, which observes the world and says as data which {@link
 * io.btp.installer.api.Step steps} lead to "installed". The engine decides, shows, confirms and runs those steps; a
 * provider never does.
 *
 * <p>How types grow: what plugins implement is an interface and grows by default methods; what plugins construct is a
 * final class with a static factory and withers; what the host implements ({@link io.btp.installer.api.Context} and
 * the ports it lends, {@link io.btp.installer.api.Records}, {@link io.btp.installer.api.Progress}, {@link
 * io.btp.installer.api.Answers}) is an interface that plugins only call; closed sets are sealed or enums.
 *
 * <p>Rules for every provider: names derive from the installation and are never generated; actions are idempotent;
 * calls block and interruption cancels promptly; every component can be planned with every other one missing.
 */
@NullMarked
package io.btp.installer.api;

import org.jspecify.annotations.NullMarked;
