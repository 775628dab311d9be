/**
 * Kubernetes, as the host lends it to plugins and uses it itself.
 *
 * <p>{@link io.btp.installer.host.kubernetes.Kubeconfigs} reads what kubectl reads and gives one self-contained
 * kubeconfig. {@link io.btp.installer.host.kubernetes.ClusterClient} talks to that cluster: it finds, applies, compares
 * and deletes objects, which are ordered maps as YAML reads them. {@link io.btp.installer.host.kubernetes.Readiness}
 * says why something is not ready, down to the pod, the event and the missing storage class. {@link
 * io.btp.installer.host.kubernetes.KubernetesPort} turns all that into the steps that plugins put into their plans.
 *
 * <p>Below them, {@code Transport} sends requests (with deadlines and bounded retries), {@code Refusals} turns what
 * went wrong into problems, {@code Discovery} knows which kinds are served, and {@code Comparison} says what an apply
 * would change.
 *
 * <p>Everything that writes names the field manager {@link
 * io.btp.installer.host.kubernetes.ClusterClient#FIELD_MANAGER}. Secrets stay {@link
 * io.btp.installer.api.contract.Secret}s until the request body is written, and no problem quotes them.
 */
@NullMarked
package io.btp.installer.host.kubernetes;

import org.jspecify.annotations.NullMarked;
