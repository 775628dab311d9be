package io.btp.installer.plugin.byo;

import io.btp.installer.api.Check;
import io.btp.installer.api.Component;
import io.btp.installer.api.Context;
import io.btp.installer.api.Need;
import io.btp.installer.api.Observation;
import io.btp.installer.api.Plan;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.Records;
import io.btp.installer.api.Slot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What is there already: nothing is to be done, and the records stand in the answers, one for the platform and one for
 * each other use.
 */
final class Endpoint<O extends Record> implements Component<O> {
    private final Slot<O> slot;
    private final Context context;
    private final Supplier<O> platform;
    private final Map<String, Supplier<O>> others;
    private final List<String> keys;

    private Endpoint(
            Slot<O> slot, Context context, Supplier<O> platform, Map<String, Supplier<O>> others, List<String> keys) {
        this.slot = slot;
        this.context = context;
        this.platform = platform;
        this.others = others;
        this.keys = keys;
    }

    /**
     * Describes one that only the platform uses.
     *
     * @param context tells which uses are asked
     * @param platform makes the record; throws {@link ProviderException} where a file that the answers name cannot be used
     */
    static <O extends Record> Endpoint<O> of(Slot<O> slot, Context context, Supplier<O> platform) {
        return new Endpoint<>(slot, context, platform, Map.of(), List.of());
    }

    /**
     * Adds what the answers name for other uses.
     *
     * @param keys what must be answered for a use
     */
    <U> Endpoint<O> uses(Map<String, U> answered, Function<U, O> record, List<String> keys) {
        var all = new LinkedHashMap<String, Supplier<O>>();
        answered.forEach((use, answers) -> all.put(use, () -> record.apply(answers)));
        return new Endpoint<>(slot, context, platform, all, keys);
    }

    @Override
    public List<Check> checks(Records records) {
        var idle = others.keySet().stream()
                .filter(use -> !context.uses().contains(use))
                .sorted()
                .toList();
        var title = "Everything that is answered for %s is used".formatted(slot.title());
        return idle.isEmpty()
                ? List.of()
                : List.of(Check.of(
                        slot.name() + ".uses", title, () -> new Check.Result.Warned(unused(String.join(", ", idle)))));
    }

    private Problem unused(String names) {
        return Problem.of(
                Reason.NOT_FOUND,
                "Nothing of this installation uses %s.uses.%s".formatted(slot.path(), names),
                "Leave it out, or correct the name; known here: %s"
                        .formatted(asked().isEmpty() ? "none" : String.join(", ", asked())));
    }

    @Override
    public Observation<O> observe(Records records) {
        try {
            var observation = Observation.of(Optional.of(platform.get()), plan());
            for (var use : new TreeMap<>(others).entrySet()) {
                if (context.uses().contains(use.getKey())) {
                    observation = observation.use(use.getKey(), use.getValue().get());
                }
            }
            return observation;
        } catch (ProviderException unusable) {
            return Observation.of(Optional.empty(), Plan.blocked(unusable.problem()));
        }
    }

    @Override
    public Observation<O> absent(Records records) {
        return Observation.of(Optional.empty(), plan());
    }

    private Plan plan() {
        var unanswered =
                asked().stream().filter(use -> !others.containsKey(use)).toList();
        return unanswered.isEmpty() ? Plan.nothing() : Plan.blocked(refusal(unanswered));
    }

    private List<String> asked() {
        return context.uses().stream()
                .filter(use -> !use.equals(Need.PLATFORM_USE))
                .sorted()
                .toList();
    }

    private Problem refusal(List<String> uses) {
        var names = String.join(", ", uses);
        if (keys.isEmpty()) {
            return Problem.of(
                    Reason.UNSUPPORTED,
                    "The answers name one %s, for the platform; %s needs one of its own".formatted(slot.title(), names),
                    "Choose another provider for %s, or for %s".formatted(names, slot.path()));
        }
        var missing = uses.stream()
                .map(use -> "%s.uses.%s".formatted(slot.path(), use))
                .collect(Collectors.joining(" and "));
        return Problem.of(
                Reason.INVALID,
                "%s needs a part of %s of its own, and the answers name none".formatted(names, slot.title()),
                "Answer %s with %s".formatted(missing, String.join(", ", keys)));
    }
}
