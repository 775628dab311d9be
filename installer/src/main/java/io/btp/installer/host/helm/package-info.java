/**
 * Helm as the host lends it.
 *
 * <p>Read {@link io.btp.installer.host.helm.HelmHost} first; {@code HelmPort} is what a plugin gets, {@code
 * ReleaseWork} does what its steps say. Changes go through Helm itself, which lives in worker processes ({@code
 * Workers}); everything else (charts, the release Secrets, drift, repair, waiting) is the host's own. {@code Rendering}
 * says what an upgrade would bring, by Helm's template or through {@code Facade}, a loopback server that lets Helm read
 * the cluster and keeps what it writes.
 */
@NullMarked
package io.btp.installer.host.helm;

import org.jspecify.annotations.NullMarked;
