package io.btp.installer.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * Kills the program (SIGKILL) at edges of its steps, one after the other: before a step, within its wait, after it. Each
 * run is killed at the first chosen edge that no run before it was killed at, and goes on from what the runs before it
 * left. The events that the program prints say where it is.
 */
public final class KillChain {
    private static final int MOST_RUNS = 500;

    private final Runs runs;
    private final Predicate<String> chosen;
    private final String[] arguments;
    private final Set<String> edges = new LinkedHashSet<>();

    /** Runs the program, with what hears its events. */
    @FunctionalInterface
    public interface Runs {
        Program.Result watch(Program.Watcher watcher, String... arguments);
    }

    /**
     * Prepares a chain.
     *
     * @param chosen the edges to be killed at
     * @param arguments a command with {@code --output json}
     */
    public KillChain(Runs runs, Predicate<String> chosen, String... arguments) {
        this.runs = runs;
        this.chosen = chosen;
        this.arguments = arguments;
    }

    /** Runs until a run ends by itself, which must be well. Gives the edges that runs were killed at. */
    public Set<String> toEnd() {
        for (int run = 0; run < MOST_RUNS; run++) {
            var killed = new AtomicReference<>("");
            var result = runs.watch(process -> killer(process, killed), arguments);
            if (killed.get().isEmpty()) {
                assertThat(result.code())
                        .as(() -> "after " + edges + "\n" + result.words())
                        .isZero();
                return edges;
            }
            edges.add(killed.get());
        }
        throw new AssertionError("no end after " + MOST_RUNS + " runs: " + edges);
    }

    private Consumer<JsonNode> killer(Process process, AtomicReference<String> killed) {
        return event -> {
            var edge = edge(event);
            if (!edge.isEmpty() && !edges.contains(edge) && chosen.test(edge) && killed.compareAndSet("", edge)) {
                // The handle's way leaves the streams open: what was printed before the kill is still read.
                process.toHandle().destroyForcibly();
            }
        };
    }

    /** Gives the edges of a run that nobody disturbed, in their order. */
    public static List<String> edges(Program.Result undisturbed) {
        return undisturbed.events().stream()
                .map(KillChain::edge)
                .filter(edge -> !edge.isEmpty())
                .distinct()
                .toList();
    }

    /** Gives the edge that an event stands for; empty where it stands for none. */
    private static String edge(JsonNode event) {
        var step = event.path("component").asString("") + ": "
                + event.path("kind").asString("") + " " + event.path("target").asString("");
        return switch (event.path("type").asString("")) {
            case "step-started" -> "before " + step;
            case "step-progressed" -> "within " + step;
            case "step-finished" -> "after " + step;
            default -> "";
        };
    }
}
