/** Tests of what the host's parts have in common. */
@NullMarked
package io.btp.installer.host;

import org.jspecify.annotations.NullMarked;
