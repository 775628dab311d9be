package io.btp.installer.plugin.kubernetes;

import io.btp.installer.api.Problem.Reason;
import java.util.List;
import java.util.Locale;

/** What people can do about the words in which cert-manager and the authorities say what is wrong. */
final class IssuanceWords {
    /**
     * What some words mean.
     *
     * @param parts which words; one of them is enough
     * @param reason class of the problem
     * @param remedy what to do
     */
    private record Meaning(List<String> parts, Reason reason, String remedy) {}

    private static final List<Meaning> MEANINGS = List.of(
            new Meaning(
                    List.of("ratelimited", "too many certificates", "too many failed", "too many new"),
                    Reason.QUOTA,
                    "Wait until the time that the authority names; try with its staging directory in"
                            + " edge.certificates.acme.directory meanwhile"),
            new Meaning(
                    List.of("externalaccountrequired", "external account binding"),
                    Reason.UNAUTHENTICATED,
                    "Answer edge.certificates.acme.eab.keyId and acme.eab.hmacKey as the authority gave them to you"),
            new Meaning(
                    List.of("invalidcontact", "unsupportedcontact", "invalid contact"),
                    Reason.INVALID,
                    "Give an e-mail address in edge.certificates.email that the authority takes"),
            new Meaning(
                    List.of("rejectedidentifier", "forbids issuance"),
                    Reason.FORBIDDEN,
                    "The authority does not sign for this domain; use your own in installation.domain"),
            new Meaning(
                    List.of("caa record", "error:caa"),
                    Reason.FORBIDDEN,
                    "Let the domain's CAA record name this authority"),
            new Meaning(
                    List.of("accessdenied", "is not authorized to perform", "invalidclienttokenid"),
                    Reason.FORBIDDEN,
                    "Allow what edge.zone writes with: route53:GetChange, ChangeResourceRecordSets and"
                            + " ListResourceRecordSets on the zone"),
            new Meaning(
                    List.of("x509:", "certificate signed by unknown authority"),
                    Reason.UNREACHABLE,
                    "Name the authority of the ACME directory in edge.certificates.acme.caFile"),
            new Meaning(
                    List.of("no such host", "nxdomain", "servfail"),
                    Reason.NOT_FOUND,
                    "Make DNS records that lead each host to the ingress, see edge.records; a name server may remember"
                            + " for minutes that there was none"),
            new Meaning(
                    List.of("not yet propagated", "txt record"),
                    Reason.NOT_READY,
                    "See that the domain's name servers are those of the zone: dig NS, then dig TXT _acme-challenge"),
            new Meaning(
                    List.of("self check", "wrong status code", "did not get expected response", "authorization error"),
                    Reason.UNREACHABLE,
                    "See that the host leads to this ingress, and that port 80 is open to the world and to the cluster"),
            new Meaning(
                    List.of("connection refused", "i/o timeout", "deadline exceeded", "error:connection"),
                    Reason.UNREACHABLE,
                    "See that the cluster reaches the address that it names, by the proxy where there is one"));

    private static final Meaning OTHER = new Meaning(
            List.of(), Reason.NOT_READY, "Mend what it names; the log of cert-manager in its namespace tells more");

    private IssuanceWords() {}

    static Reason reason(String words) {
        return meaning(words).reason();
    }

    static String remedy(String words) {
        return meaning(words).remedy();
    }

    private static Meaning meaning(String words) {
        var text = words.toLowerCase(Locale.ROOT);
        return MEANINGS.stream()
                .filter(meaning -> meaning.parts().stream().anyMatch(text::contains))
                .findFirst()
                .orElse(OTHER);
    }
}
