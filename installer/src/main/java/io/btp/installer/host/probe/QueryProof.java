package io.btp.installer.host.probe;

import io.btp.installer.api.Check;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Problem.Reason;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * Proves what answers queries in the way of Prometheus, which Loki took over, by asking once.
 *
 * @param id of the check
 * @param product what is expected there
 * @param query the address of a query that every one of them answers
 * @param key in the answers, which names the address
 */
record QueryProof(String id, String product, URI query, String key, Subject subject, Web web) {
    private static final int LONGEST_WORDS = 200;

    Check check() {
        return subject.check(id, subject.name() + " answers queries", this::ask);
    }

    private Check.Result ask() throws IOException {
        var answer = web.get(query, Map.of());
        if (answer.status() == 200
                && answer.text("status").filter("success"::equals).isPresent()) {
            return new Check.Result.Passed("answered as %s does".formatted(product));
        }
        var words = answer.text().replaceAll("\\s+", " ").strip();
        var said = words.length() <= LONGEST_WORDS ? words : words.substring(0, LONGEST_WORDS) + " …";
        return new Check.Result.Failed(problem(answer.status())
                .evidence(List.of(
                        "%s: %d %s".formatted(query, answer.status(), said).strip())));
    }

    private Problem problem(int status) {
        return switch (status) {
            case 401, 403, 407 ->
                Problem.of(
                        Reason.UNAUTHENTICATED,
                        "%s asks for a login, and the platform has none for it".formatted(subject.name()),
                        "Let the platform's network in without a login, or answer an address in front that logs in");
            case 429, 500, 502, 503, 504 ->
                Problem.of(
                        Reason.TRANSIENT,
                        "%s cannot answer now".formatted(subject.name()),
                        "Look whether it is well, then run the same command again");
            default ->
                Problem.of(
                        Reason.INVALID,
                        "%s does not answer as %s does".formatted(subject.name(), product),
                        "Answer %s with its base address, without the path of the API".formatted(key));
        };
    }
}
