package io.btp.installer.engine;

import io.btp.installer.api.Chart;
import io.btp.installer.api.Context;
import io.btp.installer.api.Need;
import io.btp.installer.api.Plan;
import io.btp.installer.api.Provider;
import io.btp.installer.api.Records;
import io.btp.installer.api.Removal;
import io.btp.installer.api.SupportProvider;
import io.btp.installer.host.Host;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one provider made and is to be removed: it may have a configuration, or the record is lost.
 *
 * @param provider who made it
 * @param configuration what it was made with, empty when the record is lost
 * @param chart the chart that was in force
 * @param keepsData whether data are kept
 * @param <C> the configuration
 */
public record Leaver<C>(Provider<C, ?> provider, Optional<C> configuration, Optional<Chart> chart, boolean keepsData) {
    /** What a member made. */
    public static <C, O extends Record> Leaver<C> of(Member<C, O> member, boolean keepsData) {
        return new Leaver<>(member.provider(), Optional.of(member.configuration()), member.chart(), keepsData);
    }

    /** What a provider made with a configuration that nobody knows any more. */
    public static <C> Leaver<C> unknown(Provider<C, ?> provider, boolean keepsData) {
        return new Leaver<>(provider, Optional.empty(), provider.description().chart(), keepsData);
    }

    /** Names it in plans, events and the record. */
    String id() {
        return Node.id(provider) + " (" + provider.description().id() + ")";
    }

    Plan plan(Host host, Records places) throws InterruptedException {
        Set<String> uses =
                provider instanceof SupportProvider<?> support ? support.groupVersions() : Set.of(Need.PLATFORM_USE);
        Context context = host.lend(new Host.Loan(provider, uses, chart, Map.of(), records -> Optional.empty()));
        return Faults.interruptiblyOf(
                provider, () -> provider.removal(new Removal<>(places, configuration, keepsData), context));
    }
}
