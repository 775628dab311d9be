package io.btp.installer.benchmarks;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one run of a process took.
 *
 * @param wall seconds
 * @param cpu seconds of processor time of the process and all that it started
 * @param memory most memory at one time, of the process and all that it started, in MiB; 0 where it was not looked at
 */
record Sample(double wall, double cpu, long memory) {
    /** Gives the median of each. */
    static Sample median(List<Sample> samples) {
        return new Sample(
                middle(samples, Sample::wall), middle(samples, Sample::cpu), (long) middle(samples, Sample::memory));
    }

    private static double middle(List<Sample> samples, ToDoubleFunction<Sample> value) {
        return samples.stream()
                .map(value::applyAsDouble)
                .sorted(Comparator.naturalOrder())
                .toList()
                .get((samples.size() - 1) / 2);
    }
}
