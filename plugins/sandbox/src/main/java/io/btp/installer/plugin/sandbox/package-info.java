/**
 * The sandbox: everything can be tried with no cluster and no network.
 *
 * <p>{@link io.btp.installer.plugin.sandbox.SandboxPlugin} lists the providers. One of them makes the cluster: the
 * embedded Kubernetes API in a folder, with simulated nodes that call every pod ready. The others fill the slots with
 * stand-ins, each a small chart in {@code src/main/charts}: objects and record are as those of the real thing, and
 * nothing runs behind them. What one stand-in has that another has not is its {@code Recipe}; what they share, from
 * credentials to removal, is {@code StandIn} and {@code StandInComponent}. The platform has a stand-in too: a chart
 * that takes the values of the real one.
 */
@NullMarked
package io.btp.installer.plugin.sandbox;

import org.jspecify.annotations.NullMarked;
