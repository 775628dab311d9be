@NullMarked
package io.btp.installer.screen;

import org.jspecify.annotations.NullMarked;
