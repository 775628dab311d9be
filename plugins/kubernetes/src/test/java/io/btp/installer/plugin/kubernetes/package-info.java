/** Plans of the in-cluster providers against a small world of objects in memory, {@code World}, which acts as operators do. */
@NullMarked
package io.btp.installer.plugin.kubernetes;

import org.jspecify.annotations.NullMarked;
