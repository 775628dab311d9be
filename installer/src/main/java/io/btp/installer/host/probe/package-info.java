/**
 * Proves published records, whoever published them: that the platform will get through to PostgreSQL, Redis, the
 * object store, the identity provider, the secret store, metrics and logs, is let in, and may do there what it needs; that
 * its certificate serves its hosts and is in force.
 *
 * <p>{@link io.btp.installer.host.probe.Proofs} gives the checks of a record. Each runs as {@code Subject} says: bounded
 * in time, through the tunnel, with TLS verified against the real name, with secrets taken out of what it tells. {@code
 * Faults} names the causes that all of them share, the proofs those of their own protocol.
 */
@NullMarked
package io.btp.installer.host.probe;

import org.jspecify.annotations.NullMarked;
