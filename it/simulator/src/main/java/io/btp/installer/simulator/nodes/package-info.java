/**
 * Simulated nodes: what kubelets, a scheduler, a load balancer and an ingress controller do, as far as a client of the API
 * and a caller from outside can tell. Start with {@code Simulation}.
 *
 * <p>What becomes of a pod is its mode. The first of these that gives one counts: the pod's annotation {@code
 * simulator.btp/mode}; the rules in ConfigMap {@code kube-system/simulator-rules}, key {@code rules}, lines of {@code
 * NAMESPACE/POD-GLOB IMAGE-GLOB MODE}; else it runs, or completes where its restart policy is not Always. The modes are
 * {@code run}, {@code complete}, {@code fail[=CODE]}, {@code never-ready}, {@code slow=DURATION}, {@code
 * image-pull-backoff}, {@code pull-secret-missing}, {@code crash-loop} and {@code pending}. A change counts at once, for pods that are
 * there too. For a Service or an Ingress the mode {@code pending} (a rule with image {@code *} for it, or its annotation) keeps its address away.
 */
@NullMarked
package io.btp.installer.simulator.nodes;

import org.jspecify.annotations.NullMarked;
