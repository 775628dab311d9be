/**
 * Integration tests: they run the packaged program as a process, against a real API server where there is one, and the
 * embedded one otherwise.
 */
@NullMarked
package io.btp.installer.it;

import org.jspecify.annotations.NullMarked;
