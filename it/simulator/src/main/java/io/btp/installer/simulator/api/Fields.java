package io.btp.installer.simulator.api;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Paths of fields as {@code fieldsV1} writes them: {@code f:name} is a field, {@code k:{...}} an item by its key,
 * {@code v:...} an item by its value.
 */
final class Fields {
    private Fields() {}

    /** Gives the paths of all leaves of an object, and of the items of its keyed lists. */
    static Set<List<String>> of(JsonNode object, Shape shape) {
        var found = new LinkedHashSet<List<String>>();
        collect(object, shape, List.of(), found);
        return found;
    }

    private static void collect(JsonNode node, Shape shape, List<String> path, Set<List<String>> found) {
        if (node instanceof ObjectNode object && !object.isEmpty() && (!shape.whole() || path.isEmpty())) {
            object.properties()
                    .forEach(field -> collect(
                            field.getValue(), shape.field(field.getKey()), with(path, "f:" + field.getKey()), found));
            return;
        }
        if (node instanceof ArrayNode list && !list.isEmpty() && shape.list() != Shape.Merging.WHOLE) {
            for (var item : list) {
                var here = with(path, element(item, shape));
                found.add(here);
                if (item instanceof ObjectNode) {
                    item.properties()
                            .forEach(field -> collect(
                                    field.getValue(),
                                    shape.items().field(field.getKey()),
                                    with(here, "f:" + field.getKey()),
                                    found));
                }
            }
            return;
        }
        found.add(path);
    }

    /** Gives the paths of the objects and lists around these fields, the outermost left out. */
    static Set<List<String>> around(Set<List<String>> paths) {
        var found = new LinkedHashSet<List<String>>();
        for (var path : paths) {
            for (int length = 1; length < path.size(); length++) {
                found.add(path.subList(0, length));
            }
        }
        found.removeAll(paths);
        return found;
    }

    static String element(JsonNode item, Shape list) {
        return list.list() == Shape.Merging.SET
                ? "v:" + Nodes.write(item)
                : "k:" + Nodes.write(Shape.key(item, list).orElseGet(Nodes::object));
    }

    /** Gives what is at a path; a missing node where nothing is. */
    static JsonNode at(JsonNode object, Shape shape, List<String> path) {
        var here = object;
        var place = shape;
        for (var step : path) {
            if (step.startsWith("f:")) {
                here = here.path(step.substring(2));
                place = place.field(step.substring(2));
                continue;
            }
            here = item(here, place, step);
            place = place.items();
        }
        return here;
    }

    private static JsonNode item(JsonNode list, Shape shape, String element) {
        for (var item : list) {
            if (element(item, shape).equals(element)) {
                return item;
            }
        }
        return Nodes.missing();
    }

    /** Takes off what is at a path, and what is left empty around it. */
    static void remove(ObjectNode object, Shape shape, List<String> path) {
        if (path.isEmpty() || at(object, shape, path).isMissingNode()) {
            return;
        }
        var parent = path.subList(0, path.size() - 1);
        var around = at(object, shape, parent);
        var step = path.getLast();
        if (around instanceof ObjectNode fields) {
            fields.remove(step.substring(2));
        }
        if (around instanceof ArrayNode list) {
            var listShape = shapeAt(shape, parent);
            list.removeIf(item -> element(item, listShape).equals(step));
        }
        if (around.isEmpty() && !parent.isEmpty()) {
            remove(object, shape, parent);
        }
    }

    private static Shape shapeAt(Shape shape, List<String> path) {
        var place = shape;
        for (var step : path) {
            place = step.startsWith("f:") ? place.field(step.substring(2)) : place.items();
        }
        return place;
    }

    static ObjectNode toTree(Set<List<String>> paths) {
        var tree = new Tree();
        paths.forEach(tree::add);
        return tree.json();
    }

    static Set<List<String>> fromTree(JsonNode tree) {
        var found = new LinkedHashSet<List<String>>();
        walk(tree, List.of(), found);
        return found;
    }

    private static void walk(JsonNode tree, List<String> path, Set<List<String>> found) {
        if (tree.isEmpty() && !path.isEmpty()) {
            found.add(path);
        }
        tree.properties().forEach(field -> {
            if (field.getKey().equals(".")) {
                found.add(path);
                return;
            }
            walk(field.getValue(), with(path, field.getKey()), found);
        });
    }

    /** Writes a path as messages do: {@code .spec.template.spec.containers[name="app"].image}. */
    static String text(List<String> path) {
        var text = new StringBuilder();
        for (var step : path) {
            if (step.startsWith("f:")) {
                text.append('.').append(step.substring(2));
            } else if (step.startsWith("v:")) {
                text.append('[').append("=").append(step.substring(2)).append(']');
            } else {
                var pairs = new ArrayList<String>();
                Nodes.read(step.substring(2))
                        .properties()
                        .forEach(key -> pairs.add(key.getKey() + "=" + key.getValue()));
                text.append('[').append(String.join(",", pairs)).append(']');
            }
        }
        return text.toString();
    }

    private static List<String> with(List<String> path, String step) {
        var longer = new ArrayList<>(path);
        longer.add(step);
        return List.copyOf(longer);
    }

    private static final class Tree {
        private final TreeMap<String, Tree> children = new TreeMap<>();
        private boolean owned;

        void add(List<String> path) {
            var here = this;
            for (var step : path) {
                here = here.children.computeIfAbsent(step, none -> new Tree());
            }
            here.owned = true;
        }

        ObjectNode json() {
            var json = Nodes.object();
            if (owned && !children.isEmpty()) {
                json.putObject(".");
            }
            children.forEach((step, child) -> json.set(step, child.json()));
            return json;
        }
    }
}
