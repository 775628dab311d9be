@NullMarked
package io.btp.installer.wizard;

import org.jspecify.annotations.NullMarked;
