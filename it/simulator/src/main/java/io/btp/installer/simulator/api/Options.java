package io.btp.installer.simulator.api;

/** How a write is meant. */
record Options(boolean dryRun, String manager, boolean force) {}
