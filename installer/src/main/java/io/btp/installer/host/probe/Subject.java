package io.btp.installer.host.probe;

import io.btp.installer.api.Check;
import io.btp.installer.api.Problem;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.contract.Secret;
import io.btp.installer.host.tunnel.Bounded;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The server that checks are about.
 *
 * @param name as people know it: {@code PostgreSQL at db.acme.example:5432}
 * @param line how it is reached
 * @param hidden what no text may tell
 * @param simulated true where it is in a simulated cluster, or behind its ingress, so that nothing may stand there
 */
record Subject(String name, Line line, List<Secret> hidden, boolean simulated) {
    private static final Duration LIMIT = Duration.ofSeconds(25);
    private static final int SHORTEST_HIDDEN = 4;

    /** Makes a check of it. */
    Check check(String id, String title, Bounded.Work<Check.Result> work) {
        return Check.of(id, title, () -> run(work));
    }

    private Check.Result run(Bounded.Work<Check.Result> work) throws InterruptedException {
        try {
            return without(Bounded.call(LIMIT, work));
        } catch (ProviderException refused) {
            return isNothingSimulated(refused) ? nothing() : without(new Check.Result.Failed(refused.problem()));
        } catch (IOException broken) {
            return isNothingSimulated(broken)
                    ? nothing()
                    : without(new Check.Result.Failed(Faults.of(broken, name, line.host())));
        }
    }

    private boolean isNothingSimulated(Throwable refused) {
        return simulated
                && (isCausedBy(refused, ConnectException.class) || isCausedBy(refused, UnknownHostException.class));
    }

    private static boolean isCausedBy(Throwable thrown, Class<? extends Throwable> type) {
        var cause = thrown.getCause();
        return type.isInstance(thrown) || cause != null && isCausedBy(cause, type);
    }

    private Check.Result nothing() {
        return new Check.Result.Simulated("%s is not there to be asked: the cluster is simulated".formatted(name));
    }

    private Check.Result without(Check.Result result) {
        return switch (result) {
            case Check.Result.Passed passed -> passed;
            case Check.Result.Simulated notProved -> notProved;
            case Check.Result.Warned(Problem problem) -> new Check.Result.Warned(without(problem, texts()));
            case Check.Result.Failed(Problem problem) -> new Check.Result.Failed(without(problem, texts()));
        };
    }

    private List<String> texts() {
        var texts = new ArrayList<String>();
        for (var secret : hidden) {
            var text = revealed(secret);
            if (text.length() >= SHORTEST_HIDDEN) {
                texts.add(text);
                texts.add(URLEncoder.encode(text, StandardCharsets.UTF_8));
                texts.add(Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
            }
        }
        return texts;
    }

    // What cannot be resolved was never sent, so nobody can have quoted it.
    private static String revealed(Secret secret) {
        try {
            return secret.reveal();
        } catch (ProviderException unresolved) {
            return "";
        }
    }

    private static Problem without(Problem problem, List<String> texts) {
        return new Problem(
                problem.reason(),
                without(problem.summary(), texts),
                problem.evidence().stream().map(line -> without(line, texts)).toList(),
                without(problem.remedy(), texts),
                problem.causes().stream().map(cause -> without(cause, texts)).toList());
    }

    private static String without(String text, List<String> hidden) {
        var clean = text;
        for (var confidential : hidden) {
            clean = clean.replace(confidential, "(hidden)");
        }
        return clean;
    }
}
