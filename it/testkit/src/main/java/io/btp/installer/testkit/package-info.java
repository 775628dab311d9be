/**
 * What authors of plugins test their providers with.
 *
 * <p>Extend {@link io.btp.installer.testkit.ProviderContract} in a test of your own, name your provider, and JUnit runs
 * the laws that every provider keeps: against the embedded Kubernetes API with simulated nodes and operators, with the
 * same Helm, the same Kubernetes client and the same answers codec as the program, and with your stand-in for whatever
 * else your provider changes ({@link io.btp.installer.testkit.Outside}).
 */
@NullMarked
package io.btp.installer.testkit;

import org.jspecify.annotations.NullMarked;
