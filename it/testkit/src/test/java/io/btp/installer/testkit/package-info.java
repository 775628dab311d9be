/** Proves that the kit catches what it is there to catch, and nothing else. */
@NullMarked
package io.btp.installer.testkit;

import org.jspecify.annotations.NullMarked;
