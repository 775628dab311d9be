package io.btp.installer.engine;

import io.btp.installer.api.Records;
import io.btp.installer.api.contract.Cluster;
import io.btp.installer.host.Home;
import java.util.Optional;

/**
 * What a run found when it looked.
 *
 * @param project what it works on
 * @param blueprint the components, open
 * @param ledger with the record that was read
 * @param home the installation's home, where there is a cluster
 * @param cluster the cluster, if it is there
 * @param plan all steps
 * @param records what is published already
 * @param pins which versions are in force
 * @param leaving what the answers do not choose any more
 */
record Scene(
        Project project,
        Blueprint blueprint,
        Ledger ledger,
        Optional<Home> home,
        Optional<Cluster> cluster,
        Drawn plan,
        Records records,
        Pins pins,
        Order leaving)
        implements AutoCloseable {
    /** Tells whether the record says what is there: a run that was killed at its very end leaves it behind. */
    boolean isRecorded() {
        return leaving.leavers().isEmpty()
                && ledger.latest()
                        .filter(InstallationRecord::isAtRest)
                        .filter(record -> record.answers().equals(project.answers()))
                        .filter(record -> blueprint.nodes().stream()
                                .allMatch(node -> record.entry(node.provider())
                                        .filter(InstallationRecord.Entry::converged)
                                        .filter(entry -> entry.moving().isEmpty()
                                                && entry.pinned().equals(pins.inForce(node.provider())))
                                        .isPresent()))
                        .isPresent();
    }

    @Override
    public void close() {
        blueprint.close();
    }
}
