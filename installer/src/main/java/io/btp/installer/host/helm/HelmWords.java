package io.btp.installer.host.helm;

import io.btp.installer.api.Problem;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.host.kubernetes.Refused;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What Helm's words mean when it could not do something: it passes on what others said, and knows no reasons. */
final class HelmWords {
    private static final Pattern HEADING = Pattern.compile("\\d+ errors? occurred:|.*:");
    private static final int LONGEST = 300;

    private record Meaning(Pattern words, Reason reason, String remedy) {}

    private static final List<Meaning> MEANINGS = List.of(
            meaning(
                    "(?i)connection refused|connection reset|i/o timeout|TLS handshake timeout|unexpected EOF"
                            + "|etcdserver|too many requests|the server is currently unable"
                            + "|an error on the server|http2: |server closed|: EOF",
                    Reason.TRANSIENT,
                    "Look whether the control plane is well, then run the same command again"),
            meaning(
                    "CustomResourceDefinition .*invalid ownership metadata",
                    Reason.CONFLICT,
                    "The cluster has this definition of another operator, and not in the version that is needed: update"
                            + " that operator, which is used then, or remove it with its definitions"),
            meaning(
                    "invalid ownership metadata",
                    Reason.CONFLICT,
                    "Remove or rename the object that Helm names, or choose another installation name or namespace"),
            meaning(
                    "values don't meet the specifications of the schema",
                    Reason.INVALID,
                    "Correct the value that Helm names: in the component's values in the answers, or in the values file"),
            meaning(
                    "no matches for kind|ensure CRDs are installed first",
                    Reason.UNSUPPORTED,
                    "Install the operator or the custom resource definition that serves the kind that Helm names"),
            meaning(
                    "(?i)Unauthorized|asked for the client to provide credentials",
                    Reason.UNAUTHENTICATED,
                    "Log in again and renew the kubeconfig's credential, then run the same command again"),
            meaning(
                    "forbidden: User .* cannot ",
                    Reason.FORBIDDEN,
                    "Ask for a role that allows what Helm names; btp plan --rbac prints one"));

    private HelmWords() {}

    private static Meaning meaning(String words, Reason reason, String remedy) {
        return new Meaning(Pattern.compile(words), reason, remedy);
    }

    /** Gives a problem its reason and remedy, as far as Helm's words tell them. */
    static Problem explained(Problem problem) {
        var words = problem.summary() + "\n" + String.join("\n", problem.evidence());
        var refused = Refused.by(words);
        if (refused.isPresent()) {
            return refused(problem, refused.get());
        }
        return meaning(words)
                .map(meaning -> Problem.of(meaning.reason(), problem.summary(), meaning.remedy())
                        .evidence(problem.evidence()))
                .orElse(problem);
    }

    /** A webhook that does not answer may be that of an operator that is just starting. */
    private static Problem refused(Problem problem, Refused refused) {
        var reason = refused.reason() == Reason.NOT_READY ? Reason.TRANSIENT : refused.reason();
        return new Problem(reason, problem.summary(), problem.evidence(), refused.remedy(), problem.causes());
    }

    private static Optional<Meaning> meaning(String words) {
        return MEANINGS.stream()
                .filter(meaning -> meaning.words().matcher(words).find())
                .findFirst();
    }

    /** Gives the first line that says something: lists of errors begin with how many there are, or whose they are. */
    static String gist(String words) {
        var lines =
                words.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        var line = lines.stream()
                .filter(each -> !HEADING.matcher(each).matches())
                .findFirst()
                .or(() -> lines.stream().findFirst())
                .orElse("")
                .replaceFirst("^[*-] +", "");
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }
}
