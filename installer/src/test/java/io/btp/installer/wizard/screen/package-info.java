@NullMarked
package io.btp.installer.wizard.screen;

import org.jspecify.annotations.NullMarked;
