/** Tests of how this machine reaches the world. */
@NullMarked
package io.btp.installer.host.reach;

import org.jspecify.annotations.NullMarked;
