/** Guards the borders of the API over time. */
@NullMarked
package io.btp.installer.api;

import org.jspecify.annotations.NullMarked;
