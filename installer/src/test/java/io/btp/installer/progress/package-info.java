@NullMarked
package io.btp.installer.progress;

import org.jspecify.annotations.NullMarked;
