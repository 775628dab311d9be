package io.btp.installer.host.helm.worker;

import java.util.Map;
import java.util.Optional;

/**
 * What a worker is told to do.
 *
 * @param operation which
 * @param namespace where the release lives
 * @param name the release
 * @param chart path of the chart's archive; empty where none is needed
 * @param values values in force, revealed; travel over standard input only
 * @param kubeconfig text with credentials; empty for {@link Operation#TEMPLATE}
 * @param kubeVersion version of the cluster that a template is rendered for
 * @param description kept with the revision
 * @param timeoutSeconds how long Helm waits for hooks
 */
public record Order(
        Operation operation,
        String namespace,
        String name,
        String chart,
        Map<String, Object> values,
        Optional<String> kubeconfig,
        Optional<String> kubeVersion,
        String description,
        int timeoutSeconds) {
    /** What can be done. */
    public enum Operation {
        /** Tells the version of Helm; loads the library. */
        VERSION,
        /** Renders a chart without a cluster. */
        TEMPLATE,
        /** Makes a release. */
        INSTALL,
        /** Makes the next revision of a release. */
        UPGRADE,
        /** Removes a release with its history. */
        UNINSTALL
    }

    /** Asks for the version of Helm. */
    public static Order version() {
        return new Order(Operation.VERSION, "", "", "", Map.of(), Optional.empty(), Optional.empty(), "", 0);
    }
}
