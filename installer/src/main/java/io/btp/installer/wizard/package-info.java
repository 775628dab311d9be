/**
 * The guided install: pages from the providers' forms, what a person has said so far, and the file that it becomes. Knows
 * no terminal but through {@link io.btp.installer.wizard.Desk}.
 */
@NullMarked
package io.btp.installer.wizard;

import org.jspecify.annotations.NullMarked;
