package io.btp.installer.plugin.byo;

import io.btp.installer.api.Form;
import io.btp.installer.api.Question;
import io.btp.installer.api.contract.Tls;
import java.net.URI;
import java.util.Optional;

/** What is demanded of an address over HTTP, and of the file of authorities beside it. */
final class Addresses {
    /** How far an address may go. */
    enum Part {
        /** Up to host and port. */
        HOST,
        /** A path may follow. */
        PATH
    }

    private Addresses() {}

    /** Adds the rule that an address is one over HTTP, and that authorities are named only where something is verified. */
    static <C> Form<C> ruled(Form<C> form, Question<URI> question, Part last) {
        return only(form, question, last)
                .rule(
                        "caFile only with https",
                        answers -> answers.find(TlsQuestions.CA_FILE).isPresent() && !isEncrypted(answers.get(question))
                                ? Optional.of(
                                        "The %s is plain text, so caFile has no effect; answer an https address, or leave caFile out"
                                                .formatted(question.title()))
                                : Optional.empty(),
                        question,
                        TlsQuestions.CA_FILE);
    }

    /** Adds the rule that an address is one over HTTP, where there is an answer. */
    static <C> Form<C> only(Form<C> form, Question<URI> question, Part last) {
        var shape = last == Part.HOST ? "http or https, without path" : "http or https";
        return form.rule(
                question.key() + " is " + shape,
                answers -> answers.find(question)
                        .filter(address -> !fits(address, last))
                        .map(address -> "%s is no such address, expected for example %s"
                                .formatted(address, question.example().orElse("https://acme.example"))),
                question);
    }

    private static boolean fits(URI address, Part last) {
        var scheme = Optional.ofNullable(address.getScheme()).orElse("");
        var path = Optional.ofNullable(address.getPath()).orElse("");
        return (scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https"))
                && address.getHost() != null
                && address.getUserInfo() == null
                && address.getQuery() == null
                && address.getFragment() == null
                && (last == Part.PATH || path.isEmpty() || path.equals("/"));
    }

    /**
     * Gives how to connect: verified where the address is an https one, by the authorities in a file where one is named.
     *
     * @throws io.btp.installer.api.ProviderException if the file is missing, cannot be read or holds no certificates
     */
    static Tls tls(URI address, Optional<String> caFile) {
        return TlsQuestions.tls(isEncrypted(address) ? Tls.Mode.VERIFY_FULL : Tls.Mode.DISABLE, caFile);
    }

    private static boolean isEncrypted(URI address) {
        return "https".equalsIgnoreCase(address.getScheme());
    }
}
