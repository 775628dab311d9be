package io.btp.installer.plugin.byo;

import io.btp.installer.api.Component;
import io.btp.installer.api.Context;
import io.btp.installer.api.Need;
import io.btp.installer.api.Observation;
import io.btp.installer.api.Plan;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.Records;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What is there already: nothing is to be done, and the record stands in the answers.
 *
 * @param title what it is, as people know it
 * @param context tells which uses are asked
 * @param record makes the record; throws {@link ProviderException} where a file that the answers name cannot be used
 */
record Endpoint<O extends Record>(String title, Context context, Supplier<O> record) implements Component<O> {
    @Override
    public Observation<O> observe(Records records) {
        try {
            return Observation.of(Optional.of(record.get()), plan());
        } catch (ProviderException unusable) {
            return Observation.of(Optional.empty(), Plan.blocked(unusable.problem()));
        }
    }

    @Override
    public Observation<O> absent(Records records) {
        return Observation.of(Optional.empty(), plan());
    }

    private Plan plan() {
        var unanswered = context.uses().stream()
                .filter(use -> !use.equals(Need.PLATFORM_USE))
                .sorted()
                .toList();
        return unanswered.isEmpty() ? Plan.nothing() : Plan.blocked(refusal(unanswered));
    }

    private Problem refusal(List<String> uses) {
        return Problem.of(
                Reason.UNSUPPORTED,
                "The answers name one %s, for the platform; %s needs one of its own"
                        .formatted(title, String.join(", ", uses)),
                "Choose another provider for %s, or one for this slot that makes what each use needs"
                        .formatted(String.join(", ", uses)));
    }
}
