package io.btp.installer.answers;

import io.btp.installer.api.Installation;
import io.btp.installer.api.contract.Secret;
import java.util.List;
import java.util.Map;

/**
 * Valid answers, bound to providers.
 *
 * @param installation name, domain, and how it reaches the world
 * @param chosen who fills which slot; slots that are disabled are not in it
 * @param secrets the secrets that the answers refer to, by path; none of them resolved
 * @param trust digests of trusted plugins by name
 * @param canonical the answers in force as YAML, secrets as references, paths absolute; reads back to equal answers
 * @param origins where each value in force came from, in the order of the canonical text
 */
public record BoundAnswers(
        Installation installation,
        List<Chosen<?, ?>> chosen,
        Map<String, Secret> secrets,
        Map<String, String> trust,
        String canonical,
        List<Origin> origins) {
    /** Copies the collections. */
    public BoundAnswers {
        chosen = List.copyOf(chosen);
        secrets = Map.copyOf(secrets);
        trust = Map.copyOf(trust);
        origins = List.copyOf(origins);
    }
}
