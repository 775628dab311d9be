/** What several threads do at the same time: whose turn it is, and many looks at once. */
@NullMarked
package io.btp.installer.host.concurrent;

import org.jspecify.annotations.NullMarked;
