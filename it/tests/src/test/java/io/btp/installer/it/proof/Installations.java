package io.btp.installer.it.proof;

import io.btp.installer.it.ClusterInventory;
import io.btp.installer.it.Program;
import io.btp.installer.it.Scenario;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Installations of few components, which take their lock soon, and machines to run them from. */
final class Installations {
    private static final Path CHARTS = Path.of("src/test/charts").toAbsolutePath();

    private Installations() {}

    /** Gives an installation whose parts are the sandbox's stand-ins, and Redis by a chart of ours. */
    static Scenario small(String name, Path folder, String kubeconfig) {
        var scenario = new Scenario(name, folder, kubeconfig);
        try {
            Files.writeString(folder.resolve("btp.yaml"), """
                    apiVersion: installer.btp/v1
                    installation: {name: %1$s, domain: %1$s.btp.example}
                    cluster: {mode: byo}
                    namespaces: {platform: %1$s-platform, deployments: %1$s-deployments, dependencies: %1$s-deps}
                    dataPlane:
                      postgres: {mode: sandbox}
                      redis: {mode: kubernetes, provider: valkey, storage: 1Gi, chart: {file: %2$s/valkey}}
                    objectStore: {mode: sandbox}
                    identity: {mode: disabled}
                    secrets: {mode: kubernetes}
                    edge: {ingress: {mode: sandbox}, certificates: {mode: sandbox}, records: {mode: sandbox}}
                    observability: {metrics: {mode: disabled}, logs: {mode: disabled}}
                    platform:
                      chart: {file: %3$s/plugins/sandbox/charts/platform}
                      license: {username: acme, password: "${env:IT_LICENSE}", expirationDate: "2099-12-31"}
                    """.formatted(name, CHARTS, Program.home()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return scenario;
    }

    /** Gives what stands before a command that is to run on a machine of this name. */
    static List<String> machine(String name) {
        return List.of("unshare", "--uts", "sh", "-c", "hostname " + name + " && exec \"$@\"", "sh");
    }

    /** Removes what was made of some, by their namespaces: all of it is in them. */
    static void remove(ClusterInventory cluster, String... names) {
        var namespaces = Stream.of(names)
                .flatMap(name -> Stream.of("platform", "deployments", "deps").map(part -> name + "-" + part))
                .map(name -> cluster.client().namespaces().withName(name))
                .toList();
        namespaces.forEach(Resource::delete);
        namespaces.forEach(namespace -> namespace.waitUntilCondition(Objects::isNull, 1, TimeUnit.MINUTES));
    }
}
