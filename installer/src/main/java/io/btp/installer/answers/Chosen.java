package io.btp.installer.answers;

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
 * @param pinned whether the answers name the chart's version, so that no other may be used
 * @param values what the user said of the chart's values; keys keep their order
 * @param engine the version of what runs, where its form asks one
 * @param <C> the configuration
 * @param <O> what is published
 */
public record Chosen<C, O extends Record>(
        Provider<C, O> provider,
        C configuration,
        Optional<Chart> chart,
        boolean pinned,
        Map<String, Object> values,
        Optional<EngineVersion<C>> engine) {}
