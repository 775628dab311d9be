/**
 * Services that exist once per process and are lent to plugins: Helm, Kubernetes, secrets, the tunnel, and the probes
 * that prove every published record.
 *
 * <p>The engine sees {@link io.btp.installer.host.Host} and {@link io.btp.installer.host.Home} only; the packages below
 * hold what speaks to the world.
 */
@NullMarked
package io.btp.installer.host;

import org.jspecify.annotations.NullMarked;
