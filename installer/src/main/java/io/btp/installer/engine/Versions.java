package io.btp.installer.engine;

import io.btp.installer.api.Move;
import io.btp.installer.api.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The versions of one component.
 *
 * @param chart of its chart; empty where it is made of none, or nobody knows it
 * @param engine of what runs, where the provider asks one; otherwise empty
 */
public record Versions(String chart, String engine) {
    /** Gives these with what is not known of them taken from others. */
    Versions or(Versions others) {
        return new Versions(chart.isEmpty() ? others.chart : chart, engine.isEmpty() ? others.engine : engine);
    }

    /** Gives the moves that lead from these to others; none for what is not known of either. */
    List<Move> movesTo(Versions others) {
        var moves = new ArrayList<Move>();
        move(Move.Part.CHART, chart, others.chart).ifPresent(moves::add);
        move(Move.Part.ENGINE, engine, others.engine).ifPresent(moves::add);
        return List.copyOf(moves);
    }

    private static Optional<Move> move(Move.Part part, String from, String to) {
        var old = Version.of(from);
        var now = Version.of(to);
        return from.isEmpty() || to.isEmpty() || old.isSameAs(now)
                ? Optional.empty()
                : Optional.of(new Move(part, old, now));
    }
}
