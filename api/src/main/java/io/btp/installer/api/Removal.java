package io.btp.installer.api;

import java.util.Optional;

/**
 * What a provider gets to know when what it made is to be removed.
 *
 * @param places the places; nothing else is published
 * @param configuration the configuration that it was made with, empty when the record is lost
 * @param keepsData true where data, and what must stay beneath them, are to be kept
 * @param <C> the provider's configuration
 */
public record Removal<C>(Records places, Optional<C> configuration, boolean keepsData) {}
