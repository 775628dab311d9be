package io.btp.installer.command;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that every command on an installation takes. Filled by picocli. */
final class CommonOptions extends OutputOptions {
    @Option(
            names = {"-f", "--answers"},
            paramLabel = "FILE",
            description = "answers file (default: ./btp.yaml)")
    @Nullable
    Path answers;

    @Option(
            names = "--installation",
            paramLabel = "NAME",
            description = "name of an installation, where there is no answers file")
    @Nullable
    String installation;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "an answer, before environment and file; can be repeated")
    List<String> set = List.of();

    @Option(
            names = "--set-file",
            paramLabel = "KEY=PATH",
            description = "an answer that stands in a file; can be repeated")
    List<String> setFile = List.of();

    @Option(names = "--kubeconfig", paramLabel = "FILE", description = "same as --set cluster.kubeconfig=FILE")
    @Nullable
    String kubeconfig;

    @Option(names = "--context", paramLabel = "NAME", description = "same as --set cluster.context=NAME")
    @Nullable
    String context;

    @Option(
            names = "--plugins-dir",
            paramLabel = "DIR",
            description = "folder with directories of further plugins; can be repeated")
    List<Path> pluginsDirs = List.of();

    @Option(names = "--no-input", description = "never ask")
    boolean noInput;

    @Option(names = "--log-file", paramLabel = "FILE", description = "debug log (default: in the state folder)")
    @Nullable
    Path logFile;

    @Option(names = "--parallelism", paramLabel = "N", description = "how many changes at once (default: 4)")
    int parallelism = 4;

    @Option(
            names = "--deadline",
            paramLabel = "SLOT=DURATION",
            description = "patience with a component's waits while nothing moves, for example dataPlane.postgres=20m")
    Map<String, String> deadlines = new LinkedHashMap<>();

    @Option(
            names = "--skip-check",
            paramLabel = "ID=REASON",
            description = "skip a check that is not strict; the reason is kept")
    Map<String, String> skippedChecks = new LinkedHashMap<>();

    @Option(names = "--sandbox", description = "put every slot on the embedded sandbox, which is kept in .btp/sandbox")
    boolean sandbox;

    /** Tells whether a person may be asked, where there is one. */
    boolean canAsk() {
        return !noInput && ui != Ui.plain && !isJson();
    }

    /** Whether every field that changes is shown; with {@code --verbose}, or where a command was asked to. */
    boolean diff;
}
