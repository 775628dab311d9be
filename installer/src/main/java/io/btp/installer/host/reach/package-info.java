/**
 * How this machine reaches the world: one setting ({@code connection} in the answers), used by everything that opens a
 * connection or starts a program.
 *
 * <p>{@link io.btp.installer.host.reach.Reach} answers for an address: by which {@link
 * io.btp.installer.host.reach.ProxyHop}, or directly, as {@link io.btp.installer.host.reach.NoProxy} says. {@link
 * io.btp.installer.host.reach.Authorities} are the ones that TLS trusts.
 */
@NullMarked
package io.btp.installer.host.reach;

import org.jspecify.annotations.NullMarked;
