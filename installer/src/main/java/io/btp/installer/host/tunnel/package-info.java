/**
 * The way to addresses that the installer's host may not reach by itself.
 *
 * <p>{@link io.btp.installer.host.tunnel.ClusterTunnel} connects directly where that works, leads names of Services into
 * the cluster, and says why where neither is possible. {@link io.btp.installer.host.tunnel.Bounded} keeps calls that
 * block, and that no interruption would end, within their time.
 */
@NullMarked
package io.btp.installer.host.tunnel;

import org.jspecify.annotations.NullMarked;
