/** Tests of the sandbox: its charts, the plans of its stand-ins, and its cluster. */
@NullMarked
package io.btp.installer.plugin.sandbox;

import org.jspecify.annotations.NullMarked;
