package io.btp.installer.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs {@link HelmAlone} in a process of its own. */
final class Alone {
    private final Processes processes;
    private final String classPath;
    private final Path module;
    private final Path kubeconfig;

    Alone(Package programs, Path module, Path kubeconfig, Path folder) throws IOException {
        this.processes = new Processes(folder, Map.of("HOME", folder.toString()));
        this.classPath = classPath(programs.plain());
        this.module = module;
        this.kubeconfig = kubeconfig;
    }

    /** Gives the class path of these benchmarks with the libraries of a program. */
    static String classPath(Path home) throws IOException {
        try (Stream<Path> libraries = Files.list(home.resolve("lib"));
                Stream<Path> helm = Files.list(home.resolve("lib/helm"))) {
            return Stream.of(
                            List.of(Path.of(System.getProperty("benchmarks.classes"))),
                            libraries.toList(),
                            helm.toList())
                    .flatMap(List::stream)
                    .map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }

    Sample run(String what) throws InterruptedException {
        return processes.timed(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Dcom.marcnuri.jkube-helm.skipRemoteJar=true",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classPath,
                HelmAlone.class.getName(),
                what,
                module.resolve("charts").toString(),
                kubeconfig.toString());
    }
}
