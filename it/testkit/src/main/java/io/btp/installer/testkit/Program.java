package io.btp.installer.testkit;

import io.btp.installer.api.Connection;
import io.btp.installer.host.ClusterHost;
import io.btp.installer.host.helm.HelmHost;
import io.btp.installer.host.helm.HelmRuntime;
import io.btp.installer.host.kubernetes.Kubeconfigs;
import io.btp.installer.host.kubernetes.Processes;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Sets up what the program lends to plugins, from the class path of the test. */
final class Program {
    private Program() {}

    static ClusterHost host() {
        var clock = Clock.systemUTC();
        var random = new SecureRandom();
        try {
            var cache = Files.createTempDirectory("btp-contract-charts");
            cache.toFile().deleteOnExit();
            var helm = new HelmHost(runtime(), Connection.direct(), cache, Optional.empty(), clock, random);
            var kubeconfigs =
                    new Kubeconfigs(Map.of(), Path.of("/nowhere"), clock, new Processes(), UnaryOperator.identity());
            return new ClusterHost(Rig.INSTALLATION, kubeconfigs, helm, clock, random);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HelmRuntime runtime() {
        var paths = new LinkedHashSet<Path>();
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.isEmpty())
                .forEach(entry -> paths.add(Path.of(entry).toAbsolutePath()));
        @Nullable ClassLoader loader = Program.class.getClassLoader();
        while (loader != null) {
            if (loader instanceof URLClassLoader urls) {
                Stream.of(urls.getURLs())
                        .map(URL::toString)
                        .map(URI::create)
                        .map(Path::of)
                        .forEach(paths::add);
            }
            loader = loader.getParent();
        }
        return new HelmRuntime(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                List.copyOf(paths),
                Path.of(System.getProperty("java.io.tmpdir"), "btp-contract-helm"));
    }
}
