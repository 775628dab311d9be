/** Tests of Helm as the host lends it; {@code HelmBench} sets up what those need that run against a real API server. */
@NullMarked
package io.btp.installer.host.helm;

import org.jspecify.annotations.NullMarked;
