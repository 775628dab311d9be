package io.btp.installer.simulator.operators;

import io.btp.installer.simulator.client.Kind;
import java.io.IOException;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Makes the custom resources of one kind come true. */
interface Operator {
    /** The kind it cares for; until that is served, the operator rests. */
    Kind kind();

    /** The label {@code app.kubernetes.io/name} of the pods of the program that it stands for. */
    String program();

    /** The kinds of the objects it makes: a change of one calls for its owner again. */
    List<Kind> made();

    /** Does what is missing for a resource; called again after every change and after a restart. */
    void reconcile(ObjectNode resource) throws IOException, InterruptedException;
}
