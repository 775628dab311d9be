/**
 * Bring your own: servers that are there already, named by the answers. {@link io.btp.installer.plugin.byo.ByoPlugin} lists the
 * providers; each is little more than its form, as the host proves what they publish.
 */
@NullMarked
package io.btp.installer.plugin.byo;

import org.jspecify.annotations.NullMarked;
