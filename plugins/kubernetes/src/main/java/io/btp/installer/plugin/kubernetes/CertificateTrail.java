package io.btp.installer.plugin.kubernetes;

import io.btp.installer.api.Kubernetes;
import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.api.ProviderException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Says why a certificate is not issued, down to the challenge: Certificate, CertificateRequest, Order, Challenge. */
final class CertificateTrail {
    private static final String ACME = "acme.cert-manager.io/v1";
    private static final Set<String> LOST = Set.of("invalid", "errored", "expired");
    private static final Set<String> REFUSED = Set.of("Failed", "Denied");

    private final Kubernetes kubernetes;
    private final ObjectRef certificate;
    private final ObjectRef issuer;

    CertificateTrail(Kubernetes kubernetes, ObjectRef certificate, ObjectRef issuer) {
        this.kubernetes = kubernetes;
        this.certificate = certificate;
        this.issuer = issuer;
    }

    /** Looks at the issuer. Empty when it is ready. */
    Optional<Problem> issuerMissing() throws InterruptedException {
        var found = kubernetes.find(issuer);
        return found.isPresent() && isReady(found.get()) ? Optional.empty() : Optional.of(issuerProblem(found));
    }

    private Problem issuerProblem(Optional<Map<String, Object>> found) {
        return found.map(object -> condition(object, "Ready")
                        .filter(ready -> isCurrent(object, ready))
                        .map(ready -> problem(issuer, words(ready)))
                        .orElseGet(() -> unseen(issuer)))
                .orElseGet(() -> absent(issuer));
    }

    /** Tells whether the certificate is issued as its manifest says. */
    boolean isIssued() throws InterruptedException {
        return kubernetes.find(certificate).filter(CertificateTrail::isReady).isPresent();
    }

    /** Tells whether the last attempt failed, so that cert-manager waits an hour or more before the next. */
    boolean hasFailed() throws InterruptedException {
        var found = kubernetes.find(certificate);
        return found.isPresent()
                && !isReady(found.get())
                && failure(found.get()).isPresent();
    }

    /** Tells whether it is there and not issued yet. */
    boolean isUnderWay() throws InterruptedException {
        return kubernetes.find(certificate).isPresent() && !isIssued();
    }

    private static Optional<Map<String, Object>> failure(Map<String, Object> certificate) {
        return condition(certificate, "Issuing")
                .filter(issuing -> Tree.text(issuing, "status").orElse("").equals("False"))
                .filter(issuing -> isCurrent(certificate, issuing));
    }

    /**
     * Looks at the certificate. Empty when it is issued as its manifest says.
     *
     * @throws ProviderException when this attempt has failed for good
     */
    Optional<Problem> missing() throws InterruptedException {
        var found = kubernetes.find(certificate);
        if (found.isEmpty()) {
            return Optional.of(absent(certificate));
        }
        var object = found.get();
        if (isReady(object)) {
            return Optional.empty();
        }
        var failure = failure(object);
        var summary = failure.or(() -> condition(object, "Issuing"))
                .or(() -> condition(object, "Ready"))
                .map(CertificateTrail::words)
                .orElse("cert-manager has not seen it yet");
        var cause = cause(object);
        var problem = cause.map(it -> problem(certificate, summary, it)).orElseGet(() -> problem(certificate, summary));
        if (failure.isPresent()) {
            throw new ProviderException(problem);
        }
        return Optional.of(problem);
    }

    private Optional<Problem> cause(Map<String, Object> object) throws InterruptedException {
        var issuerProblem = issuerMissing();
        if (issuerProblem.isPresent()) {
            return issuerProblem;
        }
        var request = last(owned(CertManager.GROUP_VERSION, "CertificateRequest", object));
        return request.isEmpty() ? Optional.empty() : Optional.of(request(request.get()));
    }

    private Problem request(Map<String, Object> request) throws InterruptedException {
        var ref = ObjectRef.to(request);
        var summary = condition(request, "InvalidRequest")
                .or(() -> condition(request, "Denied"))
                .or(() -> condition(request, "Ready"))
                .map(CertificateTrail::words)
                .orElse("nobody has answered it yet");
        var order = last(owned(ACME, "Order", request));
        return order.isEmpty() ? problem(ref, summary) : problem(ref, summary, order(order.get()));
    }

    private Problem order(Map<String, Object> order) throws InterruptedException {
        var ref = ObjectRef.to(order);
        var state = Tree.text(order, "status", "state").orElse("not placed yet");
        var reason = Tree.text(order, "status", "reason");
        var summary = reason.map(words -> state + ", " + words).orElse(state);
        var challenges = owned(ACME, "Challenge", order);
        var open = challenges.stream()
                .filter(CertificateTrail::isLost)
                .findFirst()
                .or(() -> challenges.stream()
                        .filter(challenge -> !Tree.text(challenge, "status", "state")
                                .orElse("")
                                .equals("valid"))
                        .max(Comparator.comparing(challenge ->
                                Tree.text(challenge, "status", "reason").orElse(""))));
        return open.isEmpty() ? problem(ref, summary) : problem(ref, summary, challenge(open.get()));
    }

    private static boolean isLost(Map<String, Object> challenge) {
        return LOST.contains(Tree.text(challenge, "status", "state").orElse(""));
    }

    private static Problem challenge(Map<String, Object> challenge) {
        var host = Tree.text(challenge, "spec", "dnsName").orElse("");
        var type = Tree.text(challenge, "spec", "type").orElse("");
        var state = Tree.text(challenge, "status", "state").orElse("not begun");
        var reason = Tree.text(challenge, "status", "reason");
        var summary = "%s of %s is %s".formatted(type, host, state)
                + reason.map(words -> ": " + words).orElse("");
        return problem(ObjectRef.to(challenge), summary);
    }

    private List<Map<String, Object>> owned(String apiVersion, String kind, Map<String, Object> owner)
            throws InterruptedException {
        var uid = Tree.text(owner, "metadata", "uid");
        return kubernetes.list(apiVersion, kind, certificate.namespace(), Map.of()).stream()
                .filter(object -> Tree.maps(object, "metadata", "ownerReferences").stream()
                        .anyMatch(reference -> Tree.text(reference, "uid").equals(uid)))
                .toList();
    }

    /** The newest counts: the time has seconds only, the revision that cert-manager counts by tells within one. */
    private static Optional<Map<String, Object>> last(List<Map<String, Object>> objects) {
        return objects.stream()
                .max(Comparator.comparing(
                                (Map<String, Object> object) -> Tree.text(object, "metadata", "creationTimestamp")
                                        .orElse(""))
                        .thenComparing(CertificateTrail::revision));
    }

    private static int revision(Map<String, Object> object) {
        var text = Tree.annotations(object).getOrDefault("cert-manager.io/certificate-revision", "0");
        return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
    }

    private static boolean isReady(Map<String, Object> object) {
        return condition(object, "Ready")
                .filter(ready -> Tree.text(ready, "status").orElse("").equals("True"))
                .filter(ready -> isCurrent(object, ready))
                .isPresent();
    }

    private static boolean isCurrent(Map<String, Object> object, Map<String, Object> condition) {
        var seen = Tree.text(condition, "observedGeneration");
        return seen.isEmpty() || seen.equals(Tree.text(object, "metadata", "generation"));
    }

    private static Optional<Map<String, Object>> condition(Map<String, Object> object, String type) {
        return Tree.maps(object, "status", "conditions").stream()
                .filter(condition -> Tree.text(condition, "type").orElse("").equals(type))
                .findFirst();
    }

    private static String words(Map<String, Object> condition) {
        var reason = Tree.text(condition, "reason").orElse("");
        var message = Tree.text(condition, "message").orElse("");
        return message.isBlank() ? reason : REFUSED.contains(reason) ? reason + ", " + message : message;
    }

    private static Problem problem(ObjectRef ref, String words, Problem... causes) {
        return Problem.of(
                        IssuanceWords.reason(words),
                        "%s is not ready: %s".formatted(ref, words),
                        IssuanceWords.remedy(words))
                .causedBy(causes);
    }

    private static Problem absent(ObjectRef ref) {
        return Problem.of(Reason.NOT_FOUND, ref + " is not there", "Run the same command again; it is made then");
    }

    private static Problem unseen(ObjectRef ref) {
        return Problem.of(
                Reason.NOT_READY,
                ref + " has not been seen by cert-manager yet",
                "See whether the pods of cert-manager are ready");
    }
}
