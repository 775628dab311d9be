package io.btp.installer.it.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.it.ClusterInventory;
import io.btp.installer.it.KillChain;
import io.btp.installer.it.KubernetesBackend;
import io.btp.installer.it.Scenario;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL before and after every step and within every wait; the next run goes on. */
final class KillIT {
    @TempDir
    Path folder;

    @Test
    void convergesToTheSameObjectsWhereverItWasKilled() throws Exception {
        try (var backend = KubernetesBackend.open();
                var cluster = new ClusterInventory(backend.kubeconfig())) {
            var before = cluster.objects();
            var undisturbed = new Scenario("kill", folder, backend.kubeconfig());
            var installed = undisturbed.run("install", "--yes");
            assertThat(installed.code()).as(installed::words).isZero();
            var wanted = cluster.objects();
            var removed = undisturbed.run("uninstall", "--yes", "--delete-data", "all");
            assertThat(removed.code()).as(removed::words).isZero();
            assertThat(cluster.changesSince(before)).isEmpty();

            var installing = new KillChain(undisturbed, "install", "--yes", "--output", "json").toEnd();
            assertThat(cluster.changesSince(wanted))
                    .as("killed at " + installing)
                    .isEmpty();
            assertThat(undisturbed.run("status").code()).isZero();

            var uninstalling = new KillChain(
                            undisturbed, "uninstall", "--yes", "--delete-data", "all", "--output", "json")
                    .toEnd();
            assertThat(cluster.changesSince(before))
                    .as("killed at " + uninstalling)
                    .isEmpty();
            Proof.figure(
                    "kill points, all converged",
                    "%d (install %d, uninstall %d) on %s",
                    installing.size() + uninstalling.size(),
                    installing.size(),
                    uninstalling.size(),
                    backend.name());
        }
    }
}
