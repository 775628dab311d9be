package io.btp.installer.benchmarks;

import com.marcnuri.helm.Helm;
import java.nio.file.Path;
import java.util.List;

/** Helm's library in a process of its own, as the measure of what a machine can do: install or remove all charts. */
public final class HelmAlone {
    private static final String NAMESPACE = "helm-alone";
    private static final int PATIENCE_SECONDS = 300;
    private static final List<String> CHARTS = List.of(
            "ingress-nginx",
            "cert-manager",
            "postgres-operator",
            "redis",
            "minio",
            "keycloak",
            "vault",
            "kube-prometheus-stack",
            "loki",
            "settlemint");

    private HelmAlone() {}

    /** Takes {@code install} or {@code uninstall}, the folder of the charts, and a kubeconfig. */
    public static void main(String[] arguments) {
        var charts = Path.of(arguments[1]);
        var kubeconfig = Path.of(arguments[2]);
        if (arguments[0].equals("install")) {
            CHARTS.forEach(chart -> install(charts, chart, kubeconfig));
        } else {
            CHARTS.reversed().forEach(chart -> uninstall(chart, kubeconfig));
        }
    }

    private static void install(Path charts, String chart, Path kubeconfig) {
        new Helm(charts.resolve(chart))
                .install()
                .withName("alone-" + chart)
                .withNamespace(NAMESPACE)
                .createNamespace()
                .waitReady()
                .withTimeout(PATIENCE_SECONDS)
                .withKubeConfig(kubeconfig)
                .call();
    }

    private static void uninstall(String chart, Path kubeconfig) {
        Helm.uninstall("alone-" + chart)
                .withNamespace(NAMESPACE)
                .withKubeConfig(kubeconfig)
                .call();
    }
}
