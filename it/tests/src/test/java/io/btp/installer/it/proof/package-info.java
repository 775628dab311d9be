/**
 * The proofs of reliability: kills, interrupts, faults, two at once, secrets, on the packaged program and a real
 * Kubernetes API. Each notes its figure; {@code docs/reliability.md} tells what they promise.
 */
@NullMarked
package io.btp.installer.it.proof;

import org.jspecify.annotations.NullMarked;
