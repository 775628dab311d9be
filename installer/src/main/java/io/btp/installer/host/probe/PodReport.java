package io.btp.installer.host.probe;

import io.btp.installer.api.Check;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Problem.Reason;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Understands what curl wrote in a pod. */
final class PodReport {
    private static final Pattern END =
            Pattern.compile("btp-check (?<exit>\\d+) (?<status>\\d+) (?<secured>[0-9.]+) ?(?<address>\\S*)");
    private static final int SHOWN = 5;

    private final Vantage vantage;

    PodReport(Vantage vantage) {
        this.vantage = vantage;
    }

    /** Says what was found. */
    Check.Result of(List<String> log) {
        var end = log.stream().map(END::matcher).filter(Matcher::matches).reduce((first, second) -> second);
        var words = log.stream()
                .filter(line -> !line.isBlank() && !line.startsWith("btp-check "))
                .limit(SHOWN)
                .toList();
        return end.isEmpty() ? silent(words) : found(end.get(), words);
    }

    private static Check.Result silent(List<String> words) {
        return new Check.Result.Warned(Problem.of(
                        Reason.UNSUPPORTED,
                        "The pod that looks from within the cluster did not report",
                        "Name an image with curl in connection.probeImage")
                .evidence(words));
    }

    private Check.Result found(Matcher end, List<String> words) {
        var seen = switch (vantage.depth()) {
            case CONNECTION -> !end.group("address").isEmpty() ? "takes connections of pods" : "";
            case TLS -> Double.parseDouble(end.group("secured")) > 0 ? "shows pods a trusted certificate" : "";
            case ANSWER -> !end.group("status").equals("000") ? "answers pods with HTTP " + end.group("status") : "";
        };
        if (!seen.isEmpty()) {
            return new Check.Result.Passed(seen);
        }
        return new Check.Result.Failed(problem(
                        Integer.parseInt(end.group("exit")),
                        !end.group("address").isEmpty())
                .evidence(words));
    }

    // Exit codes: https://curl.se/docs/manpage.html, section EXIT CODES.
    private Problem problem(int exit, boolean isReached) {
        var subject = vantage.subject();
        return switch (exit) {
            case 5 -> unreachable("Pods do not find the proxy's name", "Let the cluster's DNS know the proxy's name");
            case 6 ->
                unreachable(
                        "Pods do not find the name %s"
                                .formatted(vantage.address().getHost()),
                        "Let the cluster's DNS (CoreDNS) forward the name to the servers that know it");
            case 7 ->
                unreachable(
                        "%s takes no connection of pods".formatted(subject),
                        "Open firewall, security group and network policies for the cluster's pods");
            case 28 -> isReached ? slow() : lost();
            case 35 ->
                unreachable(
                        "No TLS connection of a pod to %s came about".formatted(subject),
                        "See whether it speaks TLS at this port, and whether something on the way answers in its place");
            case 51, 60, 77, 83 ->
                unreachable(
                        "Pods do not trust the certificate of %s".formatted(subject),
                        "Name the authority's certificate: caFile of this slot, or connection.caFile for all");
            case 56 ->
                unreachable(
                        "The connection of a pod to %s was closed".formatted(subject),
                        "Where a proxy stands between them, look whether it lets the cluster's pods through");
            default ->
                unreachable(
                        "A pod could not reach %s (curl exit code %d)".formatted(subject, exit),
                        "Look at what curl says");
        };
    }

    private Problem slow() {
        return unreachable(
                "%s took a pod's connection and did not answer".formatted(vantage.subject()),
                "See whether it is well, and whether it speaks TLS at this port");
    }

    private Problem lost() {
        return unreachable(
                "%s does not answer pods: packets get lost on the way".formatted(vantage.subject()),
                "Look at routes, firewall, security group and network policies between the cluster's pods and it");
    }

    private static Problem unreachable(String summary, String remedy) {
        return Problem.of(Reason.UNREACHABLE, summary, remedy);
    }
}
