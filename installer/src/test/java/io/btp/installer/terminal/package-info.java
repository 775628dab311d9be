@NullMarked
package io.btp.installer.terminal;

import org.jspecify.annotations.NullMarked;
