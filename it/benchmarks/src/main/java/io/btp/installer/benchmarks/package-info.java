/**
 * Benchmarks of the program as it is shipped, and of its engine. {@code it/benchmarks/run} runs them all and writes the
 * tables of {@code docs/performance.md}; {@link io.btp.installer.benchmarks.Benchmarks} is where to start reading.
 */
@NullMarked
package io.btp.installer.benchmarks;

import org.jspecify.annotations.NullMarked;
