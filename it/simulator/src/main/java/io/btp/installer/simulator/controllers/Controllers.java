package io.btp.installer.simulator.controllers;

import io.btp.installer.simulator.client.Cluster;
import io.btp.installer.simulator.client.Controller;
import java.security.SecureRandom;
import java.util.List;

/** All controllers that a bare API needs to become a cluster, but for the scheduler, which knows the nodes. */
public final class Controllers {
    private Controllers() {}

    public static List<Controller<?>> of(Cluster cluster) throws InterruptedException {
        return List.of(
                new NamespaceController(cluster),
                new DeploymentController(cluster),
                new ReplicaSetController(cluster, new SecureRandom()),
                new StatefulSetController(cluster),
                new DaemonSetController(cluster),
                new JobController(cluster),
                new ClaimController(cluster),
                new EndpointController(cluster),
                new GarbageCollector(cluster));
    }
}
