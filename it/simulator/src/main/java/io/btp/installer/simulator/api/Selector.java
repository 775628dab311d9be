package io.btp.installer.simulator.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** Chooses objects by labels and by fields, as the query parameters {@code labelSelector} and {@code fieldSelector} say. */
record Selector(List<Predicate<ObjectNode>> terms) {
    private static final Pattern SET = Pattern.compile("(\\S+)\\s+(in|notin)\\s*\\(([^)]*)\\)");
    private static final Pattern COMMA_OUTSIDE_SET = Pattern.compile(",(?![^(]*\\))");

    private static final Set<String> METADATA = Set.of("metadata.name", "metadata.namespace");
    private static final Map<String, Set<String>> FIELDS = Map.of(
            "Pod",
                    Set.of(
                            "spec.nodeName",
                            "spec.restartPolicy",
                            "spec.schedulerName",
                            "spec.serviceAccountName",
                            "spec.hostNetwork",
                            "status.phase",
                            "status.podIP",
                            "status.nominatedNodeName"),
            "Event",
                    Set.of(
                            "involvedObject.kind",
                            "involvedObject.namespace",
                            "involvedObject.name",
                            "involvedObject.uid",
                            "involvedObject.apiVersion",
                            "involvedObject.resourceVersion",
                            "involvedObject.fieldPath",
                            "reason",
                            "reportingComponent",
                            "source",
                            "type"),
            "Secret", Set.of("type"),
            "Namespace", Set.of("status.phase"),
            "Node", Set.of("spec.unschedulable"),
            "Job", Set.of("status.successful"),
            "ReplicaSet", Set.of("status.replicas"),
            "ReplicationController", Set.of("status.replicas"),
            "CertificateSigningRequest", Set.of("spec.signerName"));

    Selector {
        terms = List.copyOf(terms);
    }

    static Selector of(String labels, String fields, Kind kind) {
        var terms = new ArrayList<Predicate<ObjectNode>>();
        split(labels).forEach(term -> terms.add(label(term)));
        split(fields).forEach(term -> terms.add(field(term, kind)));
        return new Selector(terms);
    }

    boolean matches(ObjectNode object) {
        return terms.stream().allMatch(term -> term.test(object));
    }

    private static List<String> split(String text) {
        return Arrays.stream(COMMA_OUTSIDE_SET.split(text))
                .map(String::strip)
                .filter(term -> !term.isEmpty())
                .toList();
    }

    private static Predicate<ObjectNode> label(String term) {
        var set = SET.matcher(term);
        if (set.matches()) {
            var key = set.group(1);
            var values =
                    Arrays.stream(set.group(3).split(",")).map(String::strip).toList();
            return set.group(2).equals("in")
                    ? object -> hasLabel(object, key) && values.contains(labelOf(object, key))
                    : object -> !hasLabel(object, key) || !values.contains(labelOf(object, key));
        }
        int equals = term.indexOf('=');
        if (equals > 0) {
            var negative = term.charAt(equals - 1) == '!';
            var key = term.substring(0, negative ? equals - 1 : equals).strip();
            var value = value(term, equals);
            return negative
                    ? object -> !hasLabel(object, key) || !labelOf(object, key).equals(value)
                    : object -> hasLabel(object, key) && labelOf(object, key).equals(value);
        }
        var words = term.startsWith("!") ? new String[] {term} : term.split("\\s+", 3);
        if (words.length > 1 || term.contains("(")) {
            throw Refusal.badRequest("unable to parse requirement: found '%s', expected: in, notin, =, ==, !=, gt, lt"
                    .formatted(words.length > 1 ? words[1] : "("));
        }
        return term.startsWith("!")
                ? object -> !hasLabel(object, term.substring(1).strip())
                : object -> hasLabel(object, term);
    }

    private static boolean hasLabel(ObjectNode object, String key) {
        return Nodes.at(object, "metadata", "labels").has(key);
    }

    private static String labelOf(ObjectNode object, String key) {
        return Nodes.string(object, "metadata", "labels", key);
    }

    private static String value(String term, int equals) {
        return term.substring(term.startsWith("==", equals) ? equals + 2 : equals + 1)
                .strip();
    }

    private static Predicate<ObjectNode> field(String term, Kind kind) {
        int equals = term.indexOf('=');
        if (equals < 1) {
            throw Refusal.badRequest("invalid field selector: " + term);
        }
        var negative = term.charAt(equals - 1) == '!';
        var name = term.substring(0, negative ? equals - 1 : equals);
        var others = kind.has(Kind.Trait.CUSTOM) ? Set.<String>of() : FIELDS.getOrDefault(kind.kind(), Set.of());
        if (!METADATA.contains(name) && !others.contains(name)) {
            throw Refusal.badRequest(
                    others.isEmpty()
                            ? "\"%s\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\""
                                    .formatted(name)
                            : "field label not supported: " + name);
        }
        var path = name.split("\\.");
        var value = value(term, equals);
        return object -> Nodes.at(object, path).asStringOpt().orElse("").equals(value) != negative;
    }
}
