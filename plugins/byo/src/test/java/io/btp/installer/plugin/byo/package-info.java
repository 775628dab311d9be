/** The forms of what is brought along, and what is made of their answers. */
@NullMarked
package io.btp.installer.plugin.byo;

import org.jspecify.annotations.NullMarked;
