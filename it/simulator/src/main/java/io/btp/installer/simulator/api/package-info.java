/**
 * A Kubernetes API inside the process: it stores, validates and serves; nothing in it acts on what is stored.
 *
 * <p>{@link io.btp.installer.simulator.api.EmbeddedApi} opens it. A request comes in at {@code Http}, {@code Router}
 * finds out what it is about, {@code Resources} does it on the {@code Store}, which keeps all objects in memory and each
 * write in a {@code Journal} first. {@code Kinds} knows what is served, {@code Defaults} and {@code Validation} do what
 * the real API server does to objects that come in, {@code Patches} and {@code Apply} change objects, {@code Ownership}
 * keeps {@code managedFields}.
 *
 * <p>What controllers, as ordinary clients, have to do:
 *
 * <ul>
 *   <li>A namespace that has a {@code deletionTimestamp} (phase {@code Terminating}): delete what is in it, then {@code
 *       PUT .../namespaces/NAME/finalize} with empty {@code spec.finalizers}.
 *   <li>Garbage collection: delete objects whose {@code ownerReferences} name only uids that are gone.
 *   <li>Finalizer {@code foregroundDeletion}: delete the dependents, and take the finalizer off when those that have
 *       {@code blockOwnerDeletion} are gone. Finalizer {@code orphan}: take the reference off the dependents, then the
 *       finalizer off.
 *   <li>A pod that is bound to a node and has a {@code deletionTimestamp}: delete it with {@code gracePeriodSeconds=0}.
 *   <li>Pod logs: {@code pods/log} answers the annotation {@code simulator.btp/logs} of the pod, for each of its
 *       containers, as the simulated kubelets of a real API server do.
 *   <li>Load balancer addresses, conditions and everything else in {@code status}.
 * </ul>
 *
 * <p>The API itself makes the {@code default} service account and {@code kube-root-ca.crt} of each namespace, cluster
 * addresses and node ports of services, and establishes custom resource definitions; it removes their objects with
 * them. It calls no webhook, and it accepts unknown fields in built-in kinds.
 */
@NullMarked
package io.btp.installer.simulator.api;

import org.jspecify.annotations.NullMarked;
