package io.btp.installer.simulator.nodes;

import io.btp.installer.simulator.client.Happening;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A moment in the life of a pod.
 *
 * @param at how long after its beginning
 * @param phase the pod's phase from then on
 * @param state the state of all its containers
 * @param last how a container ended before, where it was restarted
 * @param restarts how often it was
 * @param isScheduled whether a node was found for it
 */
record Stage(
        Duration at,
        String phase,
        ObjectNode state,
        boolean isReady,
        Optional<ObjectNode> last,
        int restarts,
        boolean isScheduled,
        List<Happening> happenings) {

    Stage {
        happenings = List.copyOf(happenings);
    }

    static Stage of(Duration at, String phase, ObjectNode state, boolean isReady, Happening... happenings) {
        return new Stage(at, phase, state, isReady, Optional.empty(), 0, true, List.of(happenings));
    }

    Stage restarted(int times, ObjectNode before) {
        return new Stage(at, phase, state, isReady, Optional.of(before), times, isScheduled, happenings);
    }

    Stage unscheduled() {
        return new Stage(at, phase, state, isReady, last, restarts, false, happenings);
    }
}
