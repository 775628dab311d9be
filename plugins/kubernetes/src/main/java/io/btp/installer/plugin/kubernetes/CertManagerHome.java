package io.btp.installer.plugin.kubernetes;

import io.btp.installer.api.Kubernetes;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where cert-manager runs, whoever installed it.
 *
 * @param secrets namespace in which it looks for the Secrets of cluster-wide issuers
 * @param namespace namespace that it runs in
 * @param serviceAccount its service account
 */
record CertManagerHome(String secrets, String namespace, String serviceAccount) {
    private static final Map<String, String> CONTROLLER =
            Map.of("app.kubernetes.io/name", "cert-manager", "app.kubernetes.io/component", "controller");
    private static final String FLAG = "--cluster-resource-namespace=";

    /** Looks for it; while it is not there, says where it will be. */
    static CertManagerHome look(Kubernetes kubernetes) throws InterruptedException {
        var found = kubernetes.list("apps/v1", "Deployment", Optional.empty(), CONTROLLER);
        return found.isEmpty()
                ? new CertManagerHome(
                        CertManagerOperator.NAMESPACE,
                        CertManagerOperator.NAMESPACE,
                        CertManagerOperator.SERVICE_ACCOUNT)
                : of(found.getFirst());
    }

    private static CertManagerHome of(Map<String, Object> deployment) {
        var namespace = Tree.namespace(deployment);
        var flag = Tree.maps(deployment, "spec", "template", "spec", "containers").stream()
                .flatMap(container -> arguments(container).stream())
                .filter(argument -> argument.startsWith(FLAG))
                .map(argument -> argument.substring(FLAG.length()))
                .findFirst();
        // The flag's own default; its chart sets it to the pod's namespace.
        var secrets = flag.orElse("kube-system");
        return new CertManagerHome(
                secrets.equals("$(POD_NAMESPACE)") ? namespace : secrets,
                namespace,
                Tree.text(deployment, "spec", "template", "spec", "serviceAccountName")
                        .orElse("default"));
    }

    private static List<String> arguments(Map<String, Object> container) {
        return container.get("args") instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }
}
