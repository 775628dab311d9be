package io.btp.installer.host.backend;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The one place where a test gets its back end, and where it may find that there is none: that is said on standard error,
 * and with {@code CI=true} it is a failure. Each back end is noted once on standard output, and in the file that {@code
 * BTP_IT_BACKENDS} names.
 */
public final class Backend {
    private static final Set<String> NOTED = ConcurrentHashMap.newKeySet();

    private Backend() {}

    /** Gives the program of a server that a test starts itself. */
    public static Path program(String name, String... places) {
        var program = List.of(places).stream()
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        return program.map(found -> noted(name, found.toString(), found))
                .orElseGet(() -> missing(name, "not installed: none of " + String.join(", ", places)));
    }

    /** Gives the folder that something a test needs was put into. */
    public static Path folder(String name, Path place, String remedy) {
        return Files.isDirectory(place)
                ? noted(name, place.toString(), place)
                : missing(name, "no folder " + place + "; " + remedy);
    }

    /**
     * Gives the kubeconfig of the cluster that tests may use: the one that {@code BTP_IT_KUBECONFIG} names, otherwise that
     * of the embedded API with the simulation. With {@code CI=true} only the first will do.
     */
    public static Path kubeconfig() {
        var given = Optional.ofNullable(System.getenv("BTP_IT_KUBECONFIG")).map(Path::of);
        if (given.isPresent()) {
            return Files.isReadable(given.get())
                    ? noted("Kubernetes", "the cluster of BTP_IT_KUBECONFIG", given.get())
                    : fail("BTP_IT_KUBECONFIG names no readable file: " + given.get());
        }
        return isCi()
                ? missing("Kubernetes", "BTP_IT_KUBECONFIG is not set")
                : noted("Kubernetes", "the embedded API with the simulation", EmbeddedCluster.kubeconfig());
    }

    private static Path missing(String name, String evidence) {
        if (isCi()) {
            return fail("With CI=true every back end has to be there; missing is " + name + ": " + evidence);
        }
        System.err.println("BACK END MISSING, tests not run: " + name + ": " + evidence);
        return abort(noted(name, "MISSING, tests not run", name + " is missing: " + evidence));
    }

    private static boolean isCi() {
        return "true".equals(System.getenv("CI"));
    }

    private static <T> T noted(String name, String what, T result) {
        if (NOTED.add(name + what)) {
            var line = "%-15s %s%n".formatted(name, what);
            System.out.print("back end: " + line);
            var table = Optional.ofNullable(System.getenv("BTP_IT_BACKENDS"));
            table.ifPresent(file -> append(Path.of(file), line));
        }
        return result;
    }

    private static void append(Path file, String line) {
        try {
            Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
