package io.btp.installer.command;

import io.btp.installer.answers.AnswersFile;
import io.btp.installer.answers.AnswersTree;
import io.btp.installer.answers.Overlays;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Finds the answers that the user gave: by file, environment and options, in rising order. */
final class GivenAnswers {
    /** Begins the keys that say which cluster it is. */
    private static final String CLUSTER = "cluster";

    private static final String UNKNOWN_DOMAIN = "unknown.invalid";

    private final Surroundings surroundings;

    GivenAnswers(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** Gives the answers file that is meant, where there is one. */
    Optional<Path> file(CommonOptions options) {
        var usual = surroundings.folder().resolve("btp.yaml");
        return Optional.ofNullable(options.answers)
                .or(() -> Optional.of(Path.of("btp.yaml"))
                        .filter(any -> options.installation == null && Files.exists(usual)));
    }

    /** Reads the answers, with what options and environment lay over them. */
    AnswersTree tree(CommonOptions options) {
        return base(options).with(overlays(options, isByName(options) ? CLUSTER : ""));
    }

    /** Tells whether the installation's own record has to tell its answers. */
    boolean isByName(CommonOptions options) {
        return file(options).isEmpty() && !options.sandbox;
    }

    /** Gives what lies over the answers, as far as its keys begin so. */
    Overlays overlays(CommonOptions options, String beginning) {
        var variables = new HashMap<>(surroundings.variables());
        variables.keySet().removeIf(name -> !name.startsWith("BTP_ANSWERS__" + beginning));
        var overlays = Overlays.of(variables);
        if (options.kubeconfig != null) {
            overlays = overlays.set("cluster.kubeconfig=" + quoted(options.kubeconfig));
        }
        if (options.context != null) {
            overlays = overlays.set("cluster.context=" + quoted(options.context));
        }
        if (options.installation != null) {
            overlays = overlays.set("installation.name=" + options.installation);
        }
        for (var assignment : options.set) {
            overlays = assignment.startsWith(beginning) ? overlays.set(assignment) : overlays;
        }
        for (var assignment : options.setFile) {
            overlays =
                    assignment.startsWith(beginning) ? overlays.setFile(assignment, surroundings.folder()) : overlays;
        }
        return overlays;
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private AnswersTree base(CommonOptions options) {
        var file = file(options);
        if (file.isPresent()) {
            return AnswersFile.read(file.get());
        }
        var nothing = AnswersTree.empty(surroundings.folder());
        if (options.sandbox) {
            return nothing.with(
                    Overlays.of(Map.of()).set("installation.name=demo").set("installation.domain=btp.localhost"));
        }
        if (options.installation == null) {
            return AnswersFile.read(Path.of("btp.yaml"));
        }
        // The installation's own record tells the rest; its domain among it.
        return nothing.with(Overlays.of(Map.of()).set("installation.domain=" + UNKNOWN_DOMAIN));
    }
}
