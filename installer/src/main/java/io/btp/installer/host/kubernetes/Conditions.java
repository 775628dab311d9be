package io.btp.installer.host.kubernetes;

import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.api.ProviderException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Says why an object is not ready that tells so by conditions or by a word in its status. */
final class Conditions {
    private static final List<String> GOOD = List.of("Ready", "Available", "Established");
    private static final Set<String> GOOD_WORDS = Set.of(
            "running",
            "ready",
            "healthy",
            "succeeded",
            "completed",
            "complete",
            "active",
            "available",
            "bound",
            "cluster in healthy state",
            "deployed",
            "green",
            "ok");
    private static final List<String> WORDS = List.of("phase", "state", "health", "PostgresClusterStatus");

    private Conditions() {}

    /** Looks at a service: one with a load balancer is ready when it has an address. */
    static Optional<Problem> service(ObjectRef ref, Map<String, Object> service, Reader reader)
            throws InterruptedException {
        var balanced = Fields.text(service, "spec", "type").orElse("").equals("LoadBalancer");
        if (!balanced
                || !Fields.maps(service, "status", "loadBalancer", "ingress").isEmpty()) {
            return Optional.empty();
        }
        var unassigned = Causes.waiting(
                        ref + " has no address of a load balancer yet",
                        "See that the cluster has a load balancer controller and its cloud rights and quotas suffice")
                .evidence(Causes.warnings(reader, ref));
        return Optional.of(reader.events(ref).isEmpty() ? unassigned.causedBy(unnoticed(ref)) : unassigned);
    }

    /** Controllers of clouds, MetalLB and the like write events about the Services that they care for. */
    private static Problem unnoticed(ObjectRef ref) {
        return Problem.of(
                Reason.NOT_FOUND,
                "No load balancer controller: none has written an event about " + ref,
                "Install one (the cloud's controller, MetalLB on machines of your own), or use a Service of another type");
    }

    /** Looks at anything else; what says nothing of itself is ready when it is there. */
    static Optional<Problem> of(ObjectRef ref, Map<String, Object> object, Reader reader) throws InterruptedException {
        var refused = Causes.condition(object, "NamesAccepted").filter(condition -> !Causes.isTrue(condition));
        if (ref.kind().equals("CustomResourceDefinition") && refused.isPresent()) {
            throw new ProviderException(Problem.of(
                    Reason.CONFLICT,
                    "%s is not accepted: %s".formatted(ref, Causes.words(refused.get())),
                    "Remove the other custom resource definition of these names, or use its operator"));
        }
        for (var type : GOOD) {
            var condition = Causes.condition(object, type);
            if (condition.isPresent()) {
                return condition(ref, object, condition.get(), reader);
            }
        }
        for (var field : WORDS) {
            var word = Fields.text(object, "status", field);
            if (word.isPresent() && !isBuiltIn(ref)) {
                return GOOD_WORDS.contains(word.get().toLowerCase(Locale.ROOT))
                        ? Optional.empty()
                        : Optional.of(said(ref, word.get(), object, reader));
            }
        }
        return isExpected(ref, reader)
                ? Optional.of(Causes.waiting(
                                ref + " has not been seen by its operator yet",
                                "See whether its operator's pods are ready")
                        .evidence(Causes.warnings(reader, ref)))
                : Optional.empty();
    }

    private static Optional<Problem> condition(
            ObjectRef ref, Map<String, Object> object, Map<String, Object> condition, Reader reader)
            throws InterruptedException {
        long seen = Fields.number(condition, "observedGeneration")
                .or(() -> Fields.number(object, "status", "observedGeneration"))
                .orElse(Long.MAX_VALUE);
        var current = seen >= Fields.number(object, "metadata", "generation").orElse(0L);
        if (Causes.isTrue(condition) && current) {
            return Optional.empty();
        }
        return Optional.of(
                said(ref, current ? Causes.words(condition) : "a status of an earlier version", object, reader));
    }

    private static Problem said(ObjectRef ref, String words, Map<String, Object> object, Reader reader)
            throws InterruptedException {
        var summary = words.isBlank() ? ref + " is not ready" : "%s is not ready: %s".formatted(ref, words);
        var evidence = new java.util.ArrayList<String>();
        for (var condition : Fields.maps(object, "status", "conditions")) {
            var text = Causes.words(condition);
            if (!Causes.isTrue(condition) && !text.isBlank() && !text.equals(words)) {
                evidence.add(Fields.text(condition, "type").orElse("") + ": " + text);
            }
        }
        evidence.addAll(Causes.warnings(reader, ref));
        var problem = Causes.waiting(summary, "Mend what it names; its operator's log tells more")
                .evidence(evidence);
        var pod = isBuiltIn(ref) ? Optional.<Problem>empty() : new Pods(reader).worstOf(object);
        return Causes.with(problem, pod.filter(found -> !found.causes().isEmpty()));
    }

    // A kind whose table shows a status is one whose operator writes it; monitors and routes never have one.
    private static boolean isExpected(ObjectRef ref, Reader reader) throws InterruptedException {
        var type = isBuiltIn(ref) ? Optional.<ResourceType>empty() : reader.type(ref.apiVersion(), ref.kind());
        if (type.isEmpty()) {
            return false;
        }
        var name = type.get().plural() + "." + type.get().group().orElse("");
        var definition =
                reader.find(ObjectRef.clusterWide("apiextensions.k8s.io/v1", "CustomResourceDefinition", name));
        return definition.stream()
                .flatMap(found -> Fields.maps(found, "spec", "versions").stream())
                .filter(version -> ref.apiVersion()
                        .endsWith("/" + Fields.text(version, "name").orElse("")))
                .flatMap(version -> Fields.maps(version, "additionalPrinterColumns").stream())
                .anyMatch(column -> Fields.text(column, "jsonPath").orElse("").startsWith(".status."));
    }

    private static boolean isBuiltIn(ObjectRef ref) {
        int slash = ref.apiVersion().indexOf('/');
        var group = slash < 0 ? "" : ref.apiVersion().substring(0, slash);
        return !group.contains(".") || group.endsWith(".k8s.io") && !group.endsWith(".x-k8s.io");
    }
}
