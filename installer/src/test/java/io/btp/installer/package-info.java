/** Tests of the program as a whole. */
@NullMarked
package io.btp.installer;

import org.jspecify.annotations.NullMarked;
