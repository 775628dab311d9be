package io.btp.installer.engine;

import io.btp.installer.api.Slots;
import io.btp.installer.host.Home;
import io.btp.installer.host.Host;
import java.util.Optional;

/**
 * What a cluster knows of an installation whose answers are not at hand.
 *
 * @param home namespace that is its home; empty where nothing of it is found
 * @param answers canonical text of its last answers; empty where the record is lost
 */
public record Recalled(Optional<String> home, Optional<String> answers) {
    /**
     * Looks into the cluster.
     *
     * @param project with the cluster's member and the installation's name
     */
    public static Recalled of(Project project, Host host) throws InterruptedException {
        var cluster = Places.of(project, host).find(Slots.CLUSTER);
        if (cluster.isEmpty()) {
            return new Recalled(Optional.empty(), Optional.empty());
        }
        var namespace = host.homeOf(cluster.get());
        if (namespace.isEmpty()) {
            return new Recalled(namespace, Optional.empty());
        }
        Optional<Home.Document> record =
                host.home(cluster.get(), namespace.get()).record();
        var answers = record.map(found -> RecordCodec.record(found.data(), "the cluster"))
                .map(InstallationRecord::answers)
                .filter(text -> !text.isEmpty());
        return new Recalled(namespace, answers);
    }
}
