package io.btp.installer.benchmarks.charts;

import io.btp.installer.api.Need;
import io.btp.installer.api.Slot;
import java.util.Set;
import java.util.function.Function;

/**
 * A chart, the slot that it fills, and what it publishes.
 *
 * @param chart its folder and name
 * @param slot what it fills
 * @param after what has to be there before, beside cluster and namespaces
 * @param output gives the record
 * @param <O> what is published
 */
record Offer<O extends Record>(String chart, Slot<O> slot, Set<Need<?>> after, Function<Site, O> output) {
    Offer {
        after = Set.copyOf(after);
    }
}
