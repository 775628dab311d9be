/**
 * In-cluster providers: a cluster that is there, namespaces, secrets as Kubernetes Secrets, PostgreSQL by CloudNativePG,
 * Redis by Valkey.
 *
 * <p>Start at {@link io.btp.installer.plugin.kubernetes.KubernetesPlugin}. Each provider is one class, its component
 * stands in it or beside it. All of them look by the ports that the host lends; those answer "nothing" while the cluster
 * is missing, so one method serves observing and planning ahead.
 *
 * <p>Two rules hold for all. A generated password goes into the secret store first and is then delivered as an
 * owner-labelled Secret ({@link io.btp.installer.plugin.kubernetes.DeliveredPassword}). Removal finds things by owner
 * labels and by names that derive from the installation, never by a namespace that only the answers know.
 */
@NullMarked
package io.btp.installer.plugin.kubernetes;

import org.jspecify.annotations.NullMarked;
