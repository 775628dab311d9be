package io.btp.installer.simulator.operators;

import io.btp.installer.simulator.client.Key;
import io.btp.installer.simulator.client.Kind;
import io.btp.installer.simulator.client.Meta;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes the custom resources of one kind come true. */
interface Operator {
    /** The kind it cares for; until that is served, the operator rests. */
    Kind kind();

    /** The label {@code app.kubernetes.io/name} of the pods of the program that it stands for. */
    String program();

    /** The kinds of the objects it makes or looks at: a change of one calls for resources again. */
    List<Kind> made();

    /**
     * Gives the resources that a change of such an object calls for: its owner, unless said otherwise.
     *
     * @param known the resources of its kind
     */
    default Stream<Key> concerned(JsonNode changed, Stream<ObjectNode> known) {
        return Meta.controllerKey(changed, kind());
    }

    /** Does what is missing for a resource; called again after every change and after a restart. */
    void reconcile(ObjectNode resource) throws IOException, InterruptedException;
}
