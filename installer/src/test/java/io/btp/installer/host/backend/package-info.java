/** Which back ends the tests of the host find on this machine; see {@link io.btp.installer.host.backend.Backend}. */
@NullMarked
package io.btp.installer.host.backend;

import org.jspecify.annotations.NullMarked;
