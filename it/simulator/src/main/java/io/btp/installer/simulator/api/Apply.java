package io.btp.installer.simulator.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Server-side apply: merges what a manager wants into what is there, unless others own it differently. */
final class Apply {
    private final Kind kind;
    private final Shape shape;
    private final String subresource;
    private final String manager;
    private final boolean force;

    Apply(Kind kind, String subresource, String manager, boolean force) {
        this.kind = kind;
        this.shape = Shape.of(kind);
        this.subresource = subresource;
        this.manager = manager;
        this.force = force;
    }

    /**
     * Gives the object after the apply, with its owners.
     *
     * @throws Refusal if others own what is to be changed, and force is not asked for
     */
    ObjectNode onto(ObjectNode live, ObjectNode wanted, Instant now) {
        var configuration = Ownership.ownable(wanted, kind, subresource);
        var fields = Fields.of(configuration, shape);
        fields.remove(List.of());
        var ownership = Ownership.of(live);
        settle(ownership, live, configuration, fields);
        var merged = (ObjectNode) merge(live, configuration, shape);
        prune(merged, ownership, fields);
        ownership.set(manager, "Apply", subresource, kind.apiVersion(), now, fields);
        ownership.write(merged);
        return merged;
    }

    private void settle(Ownership ownership, ObjectNode live, ObjectNode configuration, Set<List<String>> fields) {
        var conflicts = new ArrayList<Refusal.Cause>();
        for (var entry : ownership.entries()) {
            if (entry.isSame(manager, "Apply", subresource)) {
                continue;
            }
            var kept = new LinkedHashSet<>(entry.fields());
            for (var path : entry.fields()) {
                if (fields.contains(path) && differs(live, configuration, path)) {
                    kept.remove(path);
                    conflicts.add(conflict(entry, path));
                }
            }
            ownership.replace(entry, entry.owning(kept));
        }
        if (!conflicts.isEmpty() && !force) {
            throw conflict(conflicts);
        }
    }

    private boolean differs(ObjectNode live, ObjectNode configuration, List<String> path) {
        var wanted = Fields.at(configuration, shape, path);
        var isItem = !path.getLast().startsWith("f:");
        if (wanted.isMissingNode() || isItem || wanted.isObject() && wanted.isEmpty()) {
            return false;
        }
        // An owner of an empty map or list does not own what is put into it.
        var there = Fields.at(live, shape, path);
        return !there.equals(wanted) && !(there.isContainer() && there.isEmpty());
    }

    private static Refusal.Cause conflict(Ownership.Entry owner, List<String> path) {
        var details = owner.subresource().isEmpty() ? "" : " with subresource \"" + owner.subresource() + "\"";
        var how = owner.operation().equals("Apply") ? "" : " using " + owner.apiVersion();
        return new Refusal.Cause(
                "FieldManagerConflict",
                "conflict with \"%s\"%s%s".formatted(owner.manager(), details, how),
                Fields.text(path));
    }

    private static Refusal conflict(List<Refusal.Cause> conflicts) {
        if (conflicts.size() == 1) {
            var only = conflicts.getFirst();
            return Refusal.of(
                            409,
                            "Conflict",
                            "Apply failed with 1 conflict: %s: %s".formatted(only.message(), only.field()))
                    .with(conflicts);
        }
        var owners = new TreeMap<String, List<String>>();
        conflicts.forEach(conflict -> owners.computeIfAbsent(
                        conflict.message().replaceFirst("conflict with", "conflicts with") + ":",
                        none -> new ArrayList<>())
                .add("- " + conflict.field()));
        var lines = new ArrayList<String>();
        owners.forEach((owner, fields) -> {
            lines.add(owner);
            lines.addAll(fields);
        });
        return Refusal.of(
                        409,
                        "Conflict",
                        "Apply failed with %d conflicts: %s".formatted(conflicts.size(), String.join("\n", lines)))
                .with(conflicts);
    }

    private static JsonNode merge(JsonNode live, JsonNode wanted, Shape shape) {
        if (live instanceof ObjectNode there && wanted instanceof ObjectNode fields && !shape.whole()) {
            var merged = there.deepCopy();
            fields.properties()
                    .forEach(field -> merged.set(
                            field.getKey(),
                            merge(there.path(field.getKey()), field.getValue(), shape.field(field.getKey()))));
            return merged;
        }
        if (live instanceof ArrayNode there
                && wanted instanceof ArrayNode items
                && shape.list() != Shape.Merging.WHOLE) {
            return mergeItems(there, items, shape);
        }
        return wanted.deepCopy();
    }

    private static ArrayNode mergeItems(ArrayNode live, ArrayNode wanted, Shape shape) {
        var merged = Nodes.array();
        var left = new ArrayList<JsonNode>();
        wanted.forEach(left::add);
        for (var item : live) {
            var same = left.stream()
                    .filter(candidate -> Fields.element(candidate, shape).equals(Fields.element(item, shape)))
                    .findFirst();
            same.ifPresent(left::remove);
            merged.add(
                    same.map(candidate -> merge(item, candidate, shape.items())).orElse(item));
        }
        left.forEach(item -> merged.add(item.deepCopy()));
        return merged;
    }

    /** Takes off what the manager applied before and does not apply now, where nobody else owns it. */
    private void prune(ObjectNode merged, Ownership ownership, Set<List<String>> fields) {
        var others = ownership.entries().stream()
                .filter(entry -> !entry.isSame(manager, "Apply", subresource))
                .flatMap(entry -> entry.fields().stream())
                .toList();
        for (var path : ownership.fields(manager, "Apply", subresource)) {
            var isKept = fields.stream().anyMatch(field -> startsWith(field, path))
                    || others.stream().anyMatch(field -> startsWith(field, path));
            if (!isKept) {
                Fields.remove(merged, shape, path);
            }
        }
    }

    private static boolean startsWith(List<String> path, List<String> start) {
        return path.size() >= start.size() && path.subList(0, start.size()).equals(start);
    }
}
