package io.btp.installer.answers;

import io.btp.installer.api.Answers;
import io.btp.installer.api.Provider;

/**
 * Who fills a place, and what is answered to its questions by now.
 *
 * @param path of the place
 * @param provider who fills it
 * @param answers those that are valid by themselves, whatever else is missing or wrong
 */
public record Asked(String path, Provider<?, ?> provider, Answers answers) {}
