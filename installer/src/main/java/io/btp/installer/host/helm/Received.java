package io.btp.installer.host.helm;

import io.btp.installer.api.Login;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.api.ProviderException;
import io.btp.installer.host.kubernetes.Fields;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What servers of charts answer: what was asked for, or why not. */
final class Received {
    private static final int LONGEST_WORDS = 300;
    private static final String WHERE_LOGINS_STAND =
            "username and password of the chart's place: chart of the provider, platform.registry, or"
                    + " connection.registryMirror";

    private Received() {}

    /**
     * Gives what was asked for.
     *
     * @param login who asked
     * @throws ProviderException if it was not given
     */
    static byte[] required(URI address, Download.Fetched fetched, Optional<Login> login) {
        if (fetched.status() == 200) {
            return fetched.body();
        }
        throw new ProviderException(refusal(address, fetched, login).evidence(evidence(address, fetched, login)));
    }

    private static Problem refusal(URI address, Download.Fetched fetched, Optional<Login> login) {
        return switch (fetched.status()) {
            case 401 ->
                login.map(it -> Problem.of(
                                Reason.UNAUTHENTICATED,
                                "%s refuses the login of %s".formatted(address.getAuthority(), it.username()),
                                "Correct " + WHERE_LOGINS_STAND))
                        .orElseGet(() -> Problem.of(
                                Reason.UNAUTHENTICATED,
                                "%s does not give charts to anybody: it asks for a login"
                                        .formatted(address.getAuthority()),
                                "Give " + WHERE_LOGINS_STAND));
            case 403 ->
                Problem.of(
                        Reason.FORBIDDEN,
                        "%s does not give %s to %s"
                                .formatted(
                                        address.getAuthority(),
                                        address.getPath(),
                                        login.map(Login::username).orElse("anybody")),
                        "Ask the keeper of the registry for the right to read it, or give another "
                                + WHERE_LOGINS_STAND);
            case 404 ->
                Problem.of(
                        Reason.NOT_FOUND,
                        "%s cannot be used: there is no such thing".formatted(address),
                        "Check name, version and address of the chart; a mirror has to be filled first");
            case 429, 500, 502, 503, 504 ->
                Problem.of(
                        Reason.TRANSIENT,
                        "%s cannot be used: it answers %d again and again".formatted(address, fetched.status()),
                        fetched.header("Retry-After")
                                .map(when -> "Run the same command again later; it asks to wait: " + when)
                                .orElse("Run the same command again later"));
            default ->
                Problem.of(
                        Reason.FAILED,
                        "%s cannot be used: it answers %d".formatted(address, fetched.status()),
                        "Check the address of the chart");
        };
    }

    private static List<String> evidence(URI address, Download.Fetched fetched, Optional<Login> login) {
        var words = ReleaseCodec.object(fetched.body())
                .map(answer -> Fields.maps(answer, "errors").stream()
                        .flatMap(error -> Fields.text(error, "message").stream())
                        .findFirst()
                        .or(() -> Fields.text(answer, "details"))
                        .orElse(""))
                .orElseGet(() -> new String(fetched.body(), StandardCharsets.UTF_8).strip());
        var hidden =
                Confidential.of(login.stream().map(it -> it.password().reveal()).toList());
        var clean = hidden.hidden(words);
        var bounded = clean.length() > LONGEST_WORDS ? clean.substring(0, LONGEST_WORDS) + "…" : clean;
        var asked = "The installer wanted to read " + address;
        return bounded.isBlank()
                ? List.of(asked, "It answered " + fetched.status())
                : List.of(asked, "It answered %d: %s".formatted(fetched.status(), bounded));
    }

    /**
     * Compares what came with what was announced.
     *
     * @throws ProviderException if it is another
     */
    static void requireDigest(URI address, byte[] archive, String digest) {
        var wanted = digest.startsWith("sha256:") ? digest : "sha256:" + digest;
        if (!Charts.digest(archive).equals(wanted)) {
            throw Download.failed(
                    Reason.TRANSIENT,
                    address,
                    "it is damaged: its digest is another than was announced",
                    "Look for a proxy on the way, then run the same command again");
        }
    }
}
