package io.btp.installer.host.kubernetes;

import io.btp.installer.api.Problem;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.api.ProviderException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Turns what an API server refused, or that it kept silent, into problems with its own words as evidence. */
final class Refusals {
    private static final String SEE_PROXY =
            "Check the server's address in the kubeconfig, the network, a VPN, and the proxy in the answers";

    private Refusals() {}

    /** Tells whether the same request may succeed a moment later, and may be sent again. */
    static boolean mayPass(Answer answer, Call call) {
        return switch (answer.status()) {
            case 429 -> true;
            case 502, 503, 504 -> call.repeatable();
            // An aggregated or overloaded server; a webhook that fails also answers 500, and does not heal in seconds.
            case 500 -> call.repeatable() && !words(answer).contains("webhook");
            case 200, 201, 202 ->
                call.repeatable()
                        && call.method().equals("GET")
                        && answer.object().isEmpty()
                        && call.headers().getOrDefault("Accept", "").contains("json");
            default -> false;
        };
    }

    /** Tells whether silence may end a moment later. */
    static boolean mayPass(Throwable silence) {
        return find(silence, UnknownHostException.class).isEmpty()
                && find(silence, UnresolvedAddressException.class).isEmpty()
                && find(silence, SSLException.class)
                        .filter(Refusals::isVerification)
                        .isEmpty()
                && find(silence, HttpTimeoutException.class).isEmpty()
                && find(silence, TimeoutException.class).isEmpty()
                && find(silence, IOException.class).isPresent();
    }

    /**
     * Gives how long the server asks to wait, where it knows. Who is the first to list a kind is asked to wait for a second, always, while the
     * server fills its cache, which a moment is enough for (Kubernetes, {@code apiserver/pkg/storage/cacher}).
     */
    static Optional<Duration> retryAfter(Answer answer) {
        return answer.header("Retry-After")
                .filter(value -> !words(answer).contains("storage is (re)initializing"))
                .filter(value -> value.matches("\\d{1,4}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)));
    }

    /** Says why no answer came. */
    static ProviderException silence(Throwable why, Call call, URI server, Limits limits) {
        var problem = silenceProblem(why, server, limits)
                .evidence(Stream.concat(Stream.of("The installer wanted to " + call.purpose()), words(why))
                        .toList());
        return new ProviderException(problem, why);
    }

    private static Problem silenceProblem(Throwable why, URI server, Limits limits) {
        if (find(why, UnknownHostException.class).isPresent()
                || find(why, UnresolvedAddressException.class).isPresent()) {
            return Problem.of(
                    Reason.UNREACHABLE,
                    "The name of the API server, %s, is not known to the name server".formatted(server.getHost()),
                    SEE_PROXY);
        }
        var tls = find(why, SSLException.class);
        if (tls.isPresent()) {
            return Problem.of(
                    Reason.UNREACHABLE,
                    "No trusted connection to the API server %s: %s".formatted(server, tlsWords(tls.get())),
                    "Name the right certificate authority: certificate-authority-data in the kubeconfig, or"
                            + " connection.caFile in the answers where a proxy looks into the traffic");
        }
        if (find(why, TimeoutException.class).isPresent() || isAnswerTimeout(why)) {
            return Problem.of(
                    Reason.TRANSIENT,
                    "The API server %s did not answer within %d seconds"
                            .formatted(server, limits.answer().toSeconds()),
                    "Look whether the cluster's control plane is well, then run the same command again");
        }
        if (find(why, ConnectException.class).isPresent()
                || find(why, HttpTimeoutException.class).isPresent()) {
            return Problem.of(Reason.UNREACHABLE, "The API server %s cannot be reached".formatted(server), SEE_PROXY);
        }
        return Problem.of(
                Reason.TRANSIENT,
                "The connection to the API server %s broke".formatted(server),
                "Run the same command again; it goes on where it was");
    }

    /** Says why an answer is none that was hoped for. */
    static ProviderException refusal(
            Answer answer, Call call, Optional<ResourceType> type, Optional<String> namespace) {
        var status = answer.object().orElseGet(Map::of);
        var message = Fields.text(status, "message").orElse("HTTP status " + answer.status());
        var evidence = new ArrayList<String>();
        evidence.add("The API server said: " + message);
        for (var cause : Fields.maps(status, "details", "causes")) {
            var field = Fields.text(cause, "field").map(name -> name + ": ").orElse("");
            Fields.text(cause, "message")
                    .filter(text -> !message.contains(text))
                    .ifPresent(text -> evidence.add(field + text));
        }
        type.ifPresent(named -> evidence.add("HTTP %s %s%s"
                .formatted(
                        call.method(),
                        named.qualified(),
                        namespace.map(name -> " in namespace " + name).orElse(""))));
        return new ProviderException(
                refusalProblem(answer, call, status, message).evidence(evidence));
    }

    private static Problem refusalProblem(Answer answer, Call call, Map<String, Object> status, String message) {
        var reason = Fields.text(status, "reason").orElse("");
        var refused = Refused.by(message).filter(ignored -> answer.status() / 100 == 4 || answer.status() == 500);
        if (refused.isPresent()) {
            var by = refused.get();
            return Problem.of(
                    by.reason(), "The installer cannot %s: %s".formatted(call.purpose(), by.what()), by.remedy());
        }
        return switch (answer.status()) {
            case 401 ->
                Problem.of(
                        Reason.UNAUTHENTICATED,
                        "The API server does not know who asks to " + call.purpose(),
                        "Log in again and renew the kubeconfig's credential; kubectl get namespaces shows whether it works");
            case 403 -> forbidden(call, status);
            case 404 ->
                Problem.of(
                        Reason.NOT_FOUND,
                        "The installer cannot %s: something that it belongs to is not there".formatted(call.purpose()),
                        "See what the API server names; create it first");
            case 409 ->
                Problem.of(
                        Reason.CONFLICT,
                        reason.equals("AlreadyExists")
                                ? "The installer cannot %s: it is there already".formatted(call.purpose())
                                : "Somebody changed it while the installer wanted to " + call.purpose(),
                        "Run the same command again");
            case 400, 405, 406, 413, 415, 422 ->
                Problem.of(
                        Reason.INVALID,
                        "The API server does not accept it: %s".formatted(call.purpose()),
                        "Correct the field that the API server names");
            case 408, 429, 500, 502, 503, 504 ->
                Problem.of(
                        Reason.TRANSIENT,
                        "The API server could not %s now".formatted(call.purpose()),
                        "Look whether the control plane is well, then run the same command again");
            default ->
                Problem.of(
                        Reason.FAILED,
                        "The API server answered %d when the installer wanted to %s"
                                .formatted(answer.status(), call.purpose()),
                        "See whether the address is that of a Kubernetes API server");
        };
    }

    private static Problem forbidden(Call call, Map<String, Object> status) {
        var causes = Fields.maps(status, "details", "causes");
        if (causes.stream()
                .anyMatch(cause -> Fields.text(cause, "reason").orElse("").equals("NamespaceTerminating"))) {
            return Problem.of(
                    Reason.TRANSIENT,
                    "The namespace is just being deleted: the installer cannot " + call.purpose(),
                    "Wait until the namespace is gone, then run the same command again");
        }
        return Problem.of(
                Reason.FORBIDDEN,
                "The installer is not allowed to " + call.purpose(),
                "Ask for a role that allows what the API server names, or name another kubeconfig");
    }

    private static String words(Answer answer) {
        return answer.object().flatMap(status -> Fields.text(status, "message")).orElse("");
    }

    private static Stream<String> words(Throwable why) {
        var text = Optional.ofNullable(why.getMessage()).orElse(why.getClass().getSimpleName());
        var cause = why.getCause();
        return cause == null ? Stream.of(why.getClass().getSimpleName() + ": " + text) : words(cause);
    }

    private static String tlsWords(SSLException tls) {
        var words = words(tls).findFirst().orElse("");
        if (words.contains("unable to find valid certification path")) {
            return "its certificate is signed by an authority that is not trusted here";
        }
        if (words.contains("No subject alternative") || words.contains("No name matching")) {
            return "its certificate is for another name";
        }
        if (words.contains("NotAfter") || words.contains("CertificateExpired")) {
            return "its certificate has run out";
        }
        return words;
    }

    private static boolean isVerification(SSLException tls) {
        return tls instanceof javax.net.ssl.SSLHandshakeException
                || tls instanceof javax.net.ssl.SSLPeerUnverifiedException;
    }

    private static boolean isAnswerTimeout(Throwable why) {
        return find(why, HttpTimeoutException.class)
                .filter(late -> !(late instanceof java.net.http.HttpConnectTimeoutException))
                .isPresent();
    }

    private static <T extends Throwable> Optional<T> find(Throwable thrown, Class<T> type) {
        if (type.isInstance(thrown)) {
            return Optional.of(type.cast(thrown));
        }
        var cause = thrown.getCause();
        return cause == null || cause == thrown ? Optional.empty() : find(cause, type);
    }
}
