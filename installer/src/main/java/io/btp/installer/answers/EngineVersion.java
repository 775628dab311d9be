package io.btp.installer.answers;

import java.util.function.Function;

/**
 * The version of what a provider runs, as its own form asks it by {@code version}.
 *
 * @param version the one in force
 * @param said whether the answers name it; otherwise it is the provider's default
 * @param at gives the configuration with another version in its place
 * @param <C> the configuration
 */
public record EngineVersion<C>(String version, boolean said, Function<String, C> at) {
    /** Key of the question. */
    static final String KEY = "version";
}
