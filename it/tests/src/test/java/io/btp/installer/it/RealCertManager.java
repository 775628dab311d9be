package io.btp.installer.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The real controller of cert-manager beside the cluster, as {@code it/cert-manager/build.sh} builds it. */
final class RealCertManager implements AutoCloseable {
    private final Process process;

    private RealCertManager(Process process) {
        this.process = process;
    }

    static Path program() {
        return Servers.program(
                "cert-manager",
                "it/cert-manager/build.sh builds it",
                Path.of("../cert-manager/bin/cert-manager").toAbsolutePath().normalize());
    }

    /**
     * Starts it; it waits for its definitions to be served.
     *
     * @param nameServer whom it asks whether a challenge can be met
     * @param environment where it finds other services than those of the world
     */
    static RealCertManager start(Path folder, String kubeconfig, String nameServer, Map<String, String> environment)
            throws IOException {
        var program = program();
        var file = Files.writeString(folder.resolve("cert-manager.kubeconfig"), kubeconfig);
        return new RealCertManager(Servers.start(
                folder.resolve("cert-manager.log"),
                environment,
                List.of(
                        program.toString(),
                        "-kubeconfig",
                        file.toString(),
                        "-cluster-resource-namespace",
                        "cert-manager",
                        "-nameservers",
                        nameServer)));
    }

    @Override
    public void close() {
        Servers.stop(process);
    }
}
