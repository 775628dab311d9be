package io.btp.installer.host.helm.worker;

import java.util.Optional;

/**
 * How an order ended: exactly one of both is there.
 *
 * @param output what Helm gave
 * @param error what Helm said is wrong; may hold values
 */
public record Reply(Optional<String> output, Optional<String> error) {}
