/** Tests of the answers: bad input, choices, overlays, secrets, and the canonical text's way back. */
@NullMarked
package io.btp.installer.answers;

import org.jspecify.annotations.NullMarked;
