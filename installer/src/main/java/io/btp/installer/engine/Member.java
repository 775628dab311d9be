package io.btp.installer.engine;

import io.btp.installer.answers.EngineVersion;
import io.btp.installer.api.Chart;
import io.btp.installer.api.Provider;
import java.util.Map;
import java.util.Optional;

/**
 * A provider that was chosen for its slot, with its configuration.
 *
 * @param provider who fills the slot
 * @param configuration how
 * @param chart the chart in force, where it is made of one
 * @param values what the user said of the chart's values
 * @param engine the version of what runs, where the provider's form asks one
 * @param <C> the configuration
 * @param <O> what is published
 */
public record Member<C, O extends Record>(
        Provider<C, O> provider,
        C configuration,
        Optional<Chart> chart,
        Map<String, Object> values,
        Optional<EngineVersion<C>> engine) {
    /** Chooses a provider as it comes. */
    public static <C, O extends Record> Member<C, O> of(Provider<C, O> provider, C configuration) {
        return new Member<>(provider, configuration, provider.description().chart(), Map.of(), Optional.empty());
    }

    /** Chooses a provider with the answers of those who say nothing. */
    public static <C, O extends Record> Member<C, O> byDefault(Provider<C, O> provider) {
        return of(provider, provider.form().configuration(new DefaultAnswers()));
    }
}
