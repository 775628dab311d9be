/**
 * The worker: a small program that holds the native Helm library, so that the installer itself does not.
 *
 * <p>It reads one {@link io.btp.installer.host.helm.worker.Order} a line from standard input and answers each with one
 * {@link io.btp.installer.host.helm.worker.Reply} a line on standard output. It ends when its standard input ends. To
 * cancel an order, kill it: the library cannot be interrupted.
 */
@NullMarked
package io.btp.installer.host.helm.worker;

import org.jspecify.annotations.NullMarked;
