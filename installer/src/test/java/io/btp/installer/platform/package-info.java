@NullMarked
package io.btp.installer.platform;

import org.jspecify.annotations.NullMarked;
