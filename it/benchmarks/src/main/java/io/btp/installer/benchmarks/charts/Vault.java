package io.btp.installer.benchmarks.charts;

import java.net.URI;

/**
 * A secret store that nobody uses: the slot of secrets is filled by one that gives back what it was given.
 *
 * @param address where it would answer
 */
public record Vault(URI address) {}
