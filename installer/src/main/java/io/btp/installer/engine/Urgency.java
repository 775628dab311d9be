package io.btp.installer.engine;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * How urgent each component is: what it and the longest chain of those who wait for it usually take. Where not all can be worked on at
 * once, the head of the longest chain goes first (list scheduling by critical path).
 */
final class Urgency {
    private static final Duration SHORT = Duration.ofSeconds(1);

    private Urgency() {}

    /**
     * Gives it for each component.
     *
     * @param inOrder nobody stands before those for whom he waits
     * @param before gives those for whom one waits
     * @param id names one in the plan
     */
    static <T> Map<String, Duration> of(
            List<T> inOrder, Function<T, ? extends Collection<T>> before, Function<T, String> id, Drawn plan) {
        var own = new HashMap<String, Duration>();
        for (var entry : plan.components()) {
            var usual = entry.plan().steps().stream()
                    .map(step -> step.usually().orElse(SHORT))
                    .reduce(Duration.ZERO, Duration::plus);
            own.merge(entry.component(), usual, Duration::plus);
        }
        var chains = new HashMap<String, Duration>();
        for (var one : inOrder.reversed()) {
            var name = id.apply(one);
            var chain = chains.merge(name, own.getOrDefault(name, Duration.ZERO), Duration::plus);
            before.apply(one).forEach(other -> chains.merge(id.apply(other), chain, Urgency::longer));
        }
        return chains;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }
}
