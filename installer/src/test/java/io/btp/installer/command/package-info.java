/** Tests of what commands print and how they are parsed. */
@NullMarked
package io.btp.installer.command;

import org.jspecify.annotations.NullMarked;
