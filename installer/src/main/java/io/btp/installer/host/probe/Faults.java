package io.btp.installer.host.probe;

import io.btp.installer.api.Problem;
import io.btp.installer.api.Problem.Reason;
import java.io.EOFException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Names why a connection did not come about or broke. */
final class Faults {
    static final String SILENT_HANDSHAKE = "no answer to the first message of TLS";

    private static final int LONGEST_WORDS = 400;

    private Faults() {}

    /**
     * Names the cause.
     *
     * @param server which server, as people know it
     * @param host the name that TLS was verified against
     */
    static Problem of(Throwable why, String server, String host) {
        return problem(why, server, host).evidence(List.of(words(innermost(why))));
    }

    private static Problem problem(Throwable why, String server, String host) {
        if (find(why, SSLException.class).isPresent()
                || find(why, CertificateException.class).isPresent()) {
            return tls(why, server, host);
        }
        if (find(why, SocketTimeoutException.class).isPresent()) {
            return Problem.of(
                    Reason.TRANSIENT,
                    "%s took the connection and did not answer in time".formatted(server),
                    "Look whether the server is well and whether it expects TLS, then run the same command again");
        }
        if (find(why, ProtocolException.class).isPresent()) {
            return Problem.of(
                    Reason.UNREACHABLE,
                    "The answer of %s was not understood".formatted(server),
                    "Check host and port, and the proxy in the answers");
        }
        if (find(why, EOFException.class).isPresent()
                || find(why, SocketException.class).isPresent()) {
            return Problem.of(
                    Reason.UNREACHABLE,
                    "%s closed the connection".formatted(server),
                    "See the server's log; a server that expects TLS closes plain connections, and a load balancer"
                            + " closes those that it has no server for");
        }
        return Problem.of(
                Reason.UNREACHABLE, "The connection to %s broke".formatted(server), "Run the same command again");
    }

    private static Problem tls(Throwable why, String server, String host) {
        if (find(why, CertificateExpiredException.class).isPresent()) {
            return untrusted("The certificate of %s has expired".formatted(server), "Renew the server's certificate");
        }
        if (find(why, CertificateNotYetValidException.class).isPresent()) {
            return untrusted(
                    "The certificate of %s is not valid yet".formatted(server),
                    "Compare the clocks of this machine and of the server");
        }
        var words = find(why, CertificateException.class).map(Faults::words).orElse("");
        if (words.contains("No subject alternative") || words.contains("No name matching")) {
            return untrusted(
                    "The certificate of %s is for another name, expected %s".formatted(server, host),
                    "Answer the name that the certificate is for, or add %s to the certificate".formatted(host));
        }
        if (find(why, CertPathBuilderException.class).isPresent()
                || find(why, CertPathValidatorException.class).isPresent()) {
            return untrusted(
                    "The certificate of %s is signed by an authority that is not trusted".formatted(server),
                    "Name the authority's certificate: caFile of this slot, or connection.caFile for all");
        }
        var message = find(why, SSLException.class).map(Faults::words).orElse("");
        if (message.contains("Unsupported or unrecognized SSL message") || message.contains(SILENT_HANDSHAKE)) {
            return Problem.of(
                    Reason.UNSUPPORTED,
                    "%s does not speak TLS at this port, and TLS is asked for".formatted(server),
                    "Answer the server's TLS port, or turn TLS on in the server");
        }
        return Problem.of(
                Reason.UNREACHABLE,
                "No TLS connection to %s came about".formatted(server),
                "See which protocol versions the server allows and whether it asks for client certificates");
    }

    private static Problem untrusted(String summary, String remedy) {
        return Problem.of(Reason.UNREACHABLE, summary, remedy);
    }

    /** Gives what an exception says, bounded. */
    static String words(Throwable thrown) {
        var words = Optional.ofNullable(thrown.getMessage()).orElse("").strip();
        var text = words.isEmpty() ? thrown.getClass().getSimpleName() : words;
        return text.length() <= LONGEST_WORDS ? text : text.substring(0, LONGEST_WORDS) + " …";
    }

    static <T extends Throwable> Optional<T> find(Throwable thrown, Class<T> type) {
        if (type.isInstance(thrown)) {
            return Optional.of(type.cast(thrown));
        }
        var cause = thrown.getCause();
        return cause == null || cause == thrown ? Optional.empty() : find(cause, type);
    }

    private static Throwable innermost(Throwable thrown) {
        var cause = thrown.getCause();
        return cause == null || cause == thrown ? thrown : innermost(cause);
    }
}
