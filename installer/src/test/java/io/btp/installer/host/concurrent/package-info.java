/** Tests of turns. */
@NullMarked
package io.btp.installer.host.concurrent;

import org.jspecify.annotations.NullMarked;
