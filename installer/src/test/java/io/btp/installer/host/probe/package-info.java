/** Proofs against real servers, right and wrong; and that no secret is told. */
@NullMarked
package io.btp.installer.host.probe;

import org.jspecify.annotations.NullMarked;
