package io.btp.installer.command;

import io.btp.installer.api.Installation;
import io.btp.installer.host.ClusterHost;
import io.btp.installer.host.helm.HelmHost;
import io.btp.installer.host.helm.HelmRuntime;
import io.btp.installer.host.kubernetes.Kubeconfigs;
import io.btp.installer.host.kubernetes.Processes;
import io.btp.installer.host.reach.Reach;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Sets the host up for the packaged program. */
final class Hosts {
    /** What a worker needs of the program's own libraries. */
    private static final List<String> WORKER_LIBRARIES =
            List.of("btp-", "jackson-", "jspecify-", "snakeyaml-", "slf4j-");

    private Hosts() {}

    /**
     * Opens it.
     *
     * @param environment of the programs that log in
     */
    static ClusterHost open(Installation installation, Surroundings surroundings, Map<String, String> environment) {
        var reach = Reach.of(installation.connection());
        var kubeconfigs = new Kubeconfigs(
                environment,
                surroundings.home(),
                Clock.systemUTC(),
                new Processes(),
                variables -> reach.variables(variables, surroundings.cache()));
        var helm = new HelmHost(
                runtime(surroundings.program(), surroundings.cache()),
                installation.connection(),
                surroundings.cache().resolve("charts"),
                Optional.ofNullable(surroundings.variables().get("XDG_RUNTIME_DIR")),
                surroundings.clock(),
                surroundings.random());
        return new ClusterHost(installation, kubeconfigs, helm, surroundings.clock(), surroundings.random());
    }

    private static HelmRuntime runtime(Path program, Path cache) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var own = jars(program.resolve("lib"))
                .filter(jar ->
                        WORKER_LIBRARIES.stream().anyMatch(jar.getFileName().toString()::startsWith));
        return new HelmRuntime(
                java, Stream.concat(own, jars(program.resolve("lib/helm"))).toList(), cache.resolve("helm"));
    }

    private static Stream<Path> jars(Path folder) {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
