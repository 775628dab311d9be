package io.btp.installer.host.backend;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The one place where a test may find that its back end is missing: it is said on standard error, and with {@code
 * CI=true} it is a failure.
 */
public final class Backend {
    private Backend() {}

    /** Gives the program of a server that a test starts itself. */
    public static Path program(String name, String... places) {
        return List.of(places).stream()
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseGet(() -> missing(name + " is not installed: none of " + String.join(", ", places)));
    }

    /** Gives the folder that something a test needs was put into. */
    public static Path folder(String name, Path place) {
        return Files.isDirectory(place) ? place : missing(name + " is not there: no folder " + place);
    }

    /** Gives the kubeconfig of the API server that tests may use. */
    public static Path kubeconfig() {
        return Optional.ofNullable(System.getenv("BTP_IT_KUBECONFIG"))
                .map(Path::of)
                .filter(Files::isReadable)
                .orElseGet(() -> missing("no Kubernetes API server: BTP_IT_KUBECONFIG names no readable file"));
    }

    private static Path missing(String what) {
        System.err.println("BACK END MISSING, tests not run: " + what);
        if ("true".equals(System.getenv("CI"))) {
            fail("With CI=true every back end has to be there: " + what);
        }
        return abort(what);
    }
}
