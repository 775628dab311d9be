package io.btp.installer.simulator.api;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Who owns which fields of an object, as {@code metadata.managedFields} keeps it. */
final class Ownership {
    private static final Set<String> SYSTEM_METADATA = Set.of(
            "name",
            "namespace",
            "uid",
            "resourceVersion",
            "generation",
            "creationTimestamp",
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "managedFields",
            "selfLink",
            "generateName");

    private static final Set<String> ALWAYS_THERE = Set.of(
            "f:metadata",
            "f:spec",
            "f:status",
            "f:template",
            "f:strategy",
            "f:updateStrategy",
            "f:jobTemplate",
            "f:resources",
            "f:containers",
            "f:loadBalancer");

    private final List<Entry> entries;

    /** One manager; {@code operation} is {@code Apply} or {@code Update}. */
    record Entry(
            String manager,
            String operation,
            String subresource,
            String apiVersion,
            String time,
            Set<List<String>> fields) {
        boolean isSame(String otherManager, String otherOperation, String otherSubresource) {
            return manager.equals(otherManager)
                    && operation.equals(otherOperation)
                    && subresource.equals(otherSubresource);
        }

        Entry owning(Set<List<String>> others) {
            return new Entry(manager, operation, subresource, apiVersion, time, others);
        }
    }

    private Ownership(List<Entry> entries) {
        this.entries = entries;
    }

    static Ownership of(ObjectNode object) {
        var entries = new ArrayList<Entry>();
        for (var entry : Nodes.objects(object, "metadata", "managedFields")) {
            entries.add(new Entry(
                    Nodes.string(entry, "manager"),
                    Nodes.string(entry, "operation"),
                    Nodes.string(entry, "subresource"),
                    Nodes.string(entry, "apiVersion"),
                    Nodes.string(entry, "time"),
                    Fields.fromTree(entry.path("fieldsV1"))));
        }
        return new Ownership(entries);
    }

    List<Entry> entries() {
        return List.copyOf(entries);
    }

    void replace(Entry old, Entry replacement) {
        entries.set(entries.indexOf(old), replacement);
    }

    Set<List<String>> fields(String manager, String operation, String subresource) {
        return entries.stream()
                .filter(entry -> entry.isSame(manager, operation, subresource))
                .findFirst()
                .<Set<List<String>>>map(entry -> new LinkedHashSet<>(entry.fields()))
                .orElseGet(LinkedHashSet::new);
    }

    /** Gives a manager these fields instead of those it had. */
    void set(
            String manager,
            String operation,
            String subresource,
            String apiVersion,
            Instant now,
            Set<List<String>> fields) {
        entries.removeIf(entry -> entry.isSame(manager, operation, subresource));
        var time = now.truncatedTo(ChronoUnit.SECONDS).toString();
        entries.add(new Entry(manager, operation, subresource, apiVersion, time, fields));
    }

    void write(ObjectNode object) {
        var list = Nodes.array();
        entries.stream().filter(entry -> !entry.fields().isEmpty()).forEach(entry -> {
            var written = list.addObject().put("manager", entry.manager()).put("operation", entry.operation());
            written.put("apiVersion", entry.apiVersion())
                    .put("time", entry.time())
                    .put("fieldsType", "FieldsV1");
            written.set("fieldsV1", Fields.toTree(entry.fields()));
            if (!entry.subresource().isEmpty()) {
                written.put("subresource", entry.subresource());
            }
        });
        Nodes.child(object, "metadata").set("managedFields", list);
    }

    /** Gives what of an object can be owned through the object itself or one of its sub-resources. */
    static ObjectNode ownable(ObjectNode object, Kind kind, String subresource) {
        var rest = object.deepCopy();
        rest.remove(List.of("apiVersion", "kind"));
        Nodes.objectAt(rest, "metadata").ifPresent(metadata -> metadata.remove(SYSTEM_METADATA));
        if (rest.path("metadata").isEmpty()) {
            rest.remove("metadata");
        }
        if (subresource.equals("status")) {
            rest.properties().removeIf(field -> !field.getKey().equals("status"));
        } else if (kind.has(Kind.Trait.STATUS)) {
            rest.remove("status");
        }
        return rest;
    }

    /** Tells whether something is there even where nobody wrote it, as a part of its kind; nobody owns it then. */
    private static boolean isAlwaysThere(Kind kind, List<String> path) {
        return kind.has(Kind.Trait.CUSTOM) ? path.equals(List.of("f:metadata")) : ALWAYS_THERE.contains(path.getLast());
    }

    /** Notes in the new object that a manager changed the old one into it, other than by apply. */
    static void update(ObjectNode old, ObjectNode changed, Kind kind, String subresource, String manager, Instant now) {
        var ownership = of(changed.path("metadata").path("managedFields").isEmpty() ? old : changed);
        var shape = Shape.of(kind);
        var before = ownable(old, kind, subresource);
        var after = ownable(changed, kind, subresource);
        var present = Fields.of(after, shape);
        present.remove(List.of());
        var touched = new LinkedHashSet<List<String>>();
        for (var path : Fields.around(present)) {
            if (Fields.at(before, shape, path).isMissingNode() && !isAlwaysThere(kind, path)) {
                touched.add(path);
            }
        }
        for (var path : present) {
            var previous = Fields.at(before, shape, path);
            var isItem = !path.getLast().startsWith("f:");
            if (path.getLast().equals("f:metadata")) {
                continue; // Of a template without labels; it is always there.
            }
            if (isItem ? previous.isMissingNode() : !previous.equals(Fields.at(after, shape, path))) {
                touched.add(path);
            }
        }
        var gone = Fields.of(before, shape);
        gone.addAll(Fields.around(gone));
        gone.removeIf(path -> path.isEmpty() || !Fields.at(after, shape, path).isMissingNode());
        for (var entry : ownership.entries()) {
            var kept = new LinkedHashSet<>(entry.fields());
            kept.removeAll(gone);
            if (!entry.isSame(manager, "Update", subresource)) {
                kept.removeAll(touched);
            }
            ownership.replace(entry, entry.owning(kept));
        }
        if (!touched.isEmpty()) {
            touched.addAll(ownership.fields(manager, "Update", subresource));
            ownership.set(manager, "Update", subresource, kind.apiVersion(), now, touched);
        }
        ownership.write(changed);
    }
}
