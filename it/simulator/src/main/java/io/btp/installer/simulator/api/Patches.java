package io.btp.installer.simulator.api;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The three kinds of patches that say a change, as opposed to apply, which says a wish. */
final class Patches {
    private static final String DIRECTIVE = "$patch";
    private static final String ORDER = "$setElementOrder/";
    private static final String DELETE_FROM = "$deleteFromPrimitiveList/";

    private Patches() {}

    /** RFC 7396. */
    static JsonNode merge(JsonNode target, JsonNode patch) {
        if (!(patch instanceof ObjectNode changes)) {
            return patch;
        }
        var merged = target instanceof ObjectNode there ? there.deepCopy() : Nodes.object();
        changes.properties().forEach(change -> {
            if (change.getValue().isNull()) {
                merged.remove(change.getKey());
                return;
            }
            merged.set(change.getKey(), merge(merged.path(change.getKey()), change.getValue()));
        });
        return merged;
    }

    /** Merges as Kubernetes does for built-in kinds: lists that have a merge key item by item. */
    static JsonNode strategic(JsonNode target, JsonNode patch, Shape shape) {
        if (!(patch instanceof ObjectNode changes)) {
            return patch;
        }
        var isReplaced = Nodes.string(changes, DIRECTIVE).equals("replace");
        var merged = target instanceof ObjectNode there && !isReplaced ? there.deepCopy() : Nodes.object();
        if (changes.get("$retainKeys") instanceof ArrayNode) {
            var retained = Nodes.strings(changes, "$retainKeys");
            merged.properties().removeIf(field -> !retained.contains(field.getKey()));
        }
        changes.properties().forEach(change -> strategic(merged, change.getKey(), change.getValue(), changes, shape));
        return merged;
    }

    private static void strategic(ObjectNode merged, String name, JsonNode change, ObjectNode changes, Shape shape) {
        if (name.startsWith(DELETE_FROM)) {
            if (merged.get(name.substring(DELETE_FROM.length())) instanceof ArrayNode list) {
                list.removeIf(item -> contains(change, item));
            }
            return;
        }
        if (name.startsWith("$")) {
            return;
        }
        if (change.isNull() || Nodes.string(change, DIRECTIVE).equals("delete")) {
            merged.remove(name);
            return;
        }
        var place = shape.field(name);
        if (change instanceof ArrayNode items && place.list() != Shape.Merging.WHOLE) {
            var order = changes.path(ORDER + name) instanceof ArrayNode given ? given : items;
            merged.set(name, ordered(items(merged.path(name), items, place), merged.path(name), order, place));
            return;
        }
        merged.set(name, strategic(merged.path(name), change, place));
    }

    private static boolean contains(JsonNode list, JsonNode item) {
        for (var candidate : list) {
            if (candidate.equals(item)) {
                return true;
            }
        }
        return false;
    }

    private static ArrayNode items(JsonNode target, ArrayNode changes, Shape shape) {
        var merged = Nodes.array();
        target.forEach(item -> merged.add(item));
        for (var change : changes) {
            if (Nodes.string(change, DIRECTIVE).equals("replace") && change.size() == 1) {
                merged.removeAll();
                continue;
            }
            if (shape.list() == Shape.Merging.SET) {
                if (!contains(merged, change)) {
                    merged.add(change);
                }
                continue;
            }
            merge(merged, change, shape);
        }
        return merged;
    }

    /**
     * Puts items as the patch has them; each of the others comes before the first of these that it was before, or at the
     * end.
     */
    private static ArrayNode ordered(ArrayNode merged, JsonNode before, ArrayNode order, Shape shape) {
        var wanted = order.valueStream().map(item -> identity(item, shape)).toList();
        var old = before.valueStream().map(item -> identity(item, shape)).toList();
        var named = merged.valueStream()
                .filter(item -> wanted.contains(identity(item, shape)))
                .sorted(Comparator.comparingInt(item -> wanted.indexOf(identity(item, shape))))
                .toList();
        var others = new ArrayDeque<>(merged.valueStream()
                .filter(item -> !wanted.contains(identity(item, shape)))
                .toList());
        var list = Nodes.array();
        for (var item : named) {
            int place = old.indexOf(identity(item, shape));
            while (place >= 0 && !others.isEmpty() && old.indexOf(identity(others.getFirst(), shape)) < place) {
                list.add(others.removeFirst());
            }
            list.add(item);
        }
        return list.addAll(others);
    }

    private static JsonNode identity(JsonNode item, Shape shape) {
        return shape.list() == Shape.Merging.SET ? item : item.path(shape.keys().getFirst());
    }

    private static void merge(ArrayNode items, JsonNode change, Shape shape) {
        var index = indexOf(items, change, shape);
        if (Nodes.string(change, DIRECTIVE).equals("delete")) {
            index.ifPresent(items::remove);
            return;
        }
        if (index.isEmpty()) {
            items.add(strategic(Nodes.object(), change, shape.items()));
            return;
        }
        items.set(index.get(), strategic(items.get(index.get()), change, shape.items()));
    }

    // The merge key of a strategic merge is one field: the first of those that tell items apart.
    private static Optional<Integer> indexOf(ArrayNode items, JsonNode change, Shape shape) {
        var key = shape.keys().getFirst();
        for (int index = 0; index < items.size(); index++) {
            if (items.get(index).path(key).equals(change.path(key))) {
                return Optional.of(index);
            }
        }
        return Optional.empty();
    }

    /** RFC 6902. */
    static JsonNode json(JsonNode target, JsonNode patch) {
        if (!(patch instanceof ArrayNode)) {
            throw Refusal.badRequest("a JSON patch is a list of operations");
        }
        var root = Nodes.object();
        root.set("", target.deepCopy());
        for (var operation : patch) {
            operate(root, operation);
        }
        return root.path("");
    }

    private static void operate(ObjectNode root, JsonNode operation) {
        var path = pointer(Nodes.string(operation, "path"));
        switch (Nodes.string(operation, "op")) {
            case "add" -> add(root, path, operation.path("value"));
            case "remove" -> remove(root, path);
            case "replace" -> {
                remove(root, path);
                add(root, path, operation.path("value"));
            }
            case "move" -> add(root, path, remove(root, pointer(Nodes.string(operation, "from"))));
            case "copy" ->
                add(
                        root,
                        path,
                        find(root, pointer(Nodes.string(operation, "from"))).deepCopy());
            case "test" -> {
                if (!find(root, path).equals(operation.path("value"))) {
                    throw unprocessable();
                }
            }
            default -> throw Refusal.badRequest("unknown operation in a JSON patch: " + operation);
        }
    }

    private static List<String> pointer(String text) {
        var steps = new ArrayList<String>();
        for (var step : text.split("/", -1)) {
            steps.add(step.replace("~1", "/").replace("~0", "~"));
        }
        return steps;
    }

    private static JsonNode find(JsonNode root, List<String> path) {
        var here = root;
        for (var step : path) {
            here = here instanceof ArrayNode list ? list.path(index(list, step)) : here.path(step);
        }
        return here;
    }

    private static void add(ObjectNode root, List<String> path, JsonNode value) {
        var last = path.getLast();
        var parent = find(root, path.subList(0, path.size() - 1));
        if (parent instanceof ObjectNode object) {
            object.set(last, value);
        } else if (parent instanceof ArrayNode list) {
            list.insert(last.equals("-") ? list.size() : index(list, last), value);
        } else {
            throw unprocessable();
        }
    }

    private static JsonNode remove(ObjectNode root, List<String> path) {
        var found = find(root, path);
        if (found.isMissingNode()) {
            throw unprocessable();
        }
        var last = path.getLast();
        var parent = find(root, path.subList(0, path.size() - 1));
        if (parent instanceof ArrayNode list) {
            list.remove(index(list, last));
        } else if (parent instanceof ObjectNode object) {
            object.remove(last);
        }
        return found;
    }

    private static int index(ArrayNode list, String step) {
        if (!step.matches("\\d{1,6}") || Integer.parseInt(step) > list.size()) {
            throw unprocessable();
        }
        return Integer.parseInt(step);
    }

    // The API server says no more.
    private static Refusal unprocessable() {
        return Refusal.of(422, "Invalid", "the server rejected our request due to an error in our request");
    }
}
