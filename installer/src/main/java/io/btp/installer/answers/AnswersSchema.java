package io.btp.installer.answers;

import io.btp.installer.api.Form;
import io.btp.installer.api.Question;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes the JSON Schema (draft 2020-12) of the answers that the loaded providers take, as a tree of maps and lists. */
public final class AnswersSchema {
    private static final String REFERENCE = "\\$\\{(env|file|exec):[^}]*\\}|\\$\\{prompt\\}";

    private final Outline outline;

    /** Describes what an outline holds. */
    public AnswersSchema(Outline outline) {
        this.outline = outline;
    }

    /** Gives the schema. */
    public Map<String, Object> tree() {
        var properties = new LinkedHashMap<String, Object>();
        properties.put(Sections.VERSION, Map.of("const", AnswersTree.API_VERSION));
        for (var place : outline.places()) {
            var path = place.path().split("\\.", 2);
            if (path.length == 1) {
                properties.put(path[0], place(place));
            } else {
                below(group(properties, path[0])).put(path[1], place(place));
            }
        }
        properties.put(
                Sections.PLUGINS,
                closed(Map.of("trust", Map.of("type", "object", "additionalProperties", Map.of("type", "string")))));
        var root = closed(properties);
        root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        root.put("title", "Answers of the BTP installer");
        root.put("required", List.of(Sections.VERSION, Sections.INSTALLATION));
        return root;
    }

    private Map<String, Object> group(Map<String, Object> properties, String name) {
        return asMap(properties.computeIfAbsent(name, any -> {
            var ofGroup = outline.places().stream()
                    .filter(place -> place.path().startsWith(name + "."))
                    .toList();
            var words = new LinkedHashMap<String, Object>();
            words.put(Section.MODE, words(ofGroup, way -> way.name().split("/", 2)[0], true));
            words.put(Section.PROVIDER, words(ofGroup, way -> way.name().split("/", 2)[1], false));
            return closed(words);
        }));
    }

    private static Map<String, Object> words(
            List<Outline.Place> places, Function<Outline.Way, String> word, boolean mode) {
        var known = new LinkedHashSet<String>();
        places.forEach(place -> place.ways().forEach(way -> known.add(word.apply(way))));
        if (mode && places.stream().anyMatch(Outline.Place::isDispensable)) {
            known.add(Defaults.DISABLED);
        }
        return Map.of("enum", List.copyOf(known), "description", mode ? "who runs it" : "who exactly provides it");
    }

    private static Map<String, Object> place(Outline.Place place) {
        if (place.slot().isEmpty()) {
            var own = keys(place.ways().getFirst().questions());
            own.put("description", place.title());
            return own;
        }
        var union = new LinkedHashMap<String, List<Object>>();
        for (var way : place.ways()) {
            below(keys(way.questions())).forEach((key, schema) -> {
                var schemas = union.computeIfAbsent(key, any -> new ArrayList<>());
                if (!schemas.contains(schema)) {
                    schemas.add(schema);
                }
            });
        }
        var properties = new LinkedHashMap<String, Object>();
        properties.put(Section.MODE, words(List.of(place), way -> way.name().split("/", 2)[0], true));
        properties.put(Section.PROVIDER, words(List.of(place), way -> way.name().split("/", 2)[1], false));
        union.forEach((key, schemas) ->
                properties.put(key, schemas.size() == 1 ? schemas.getFirst() : Map.of("anyOf", List.copyOf(schemas))));
        var schema = closed(properties);
        schema.put("description", place.title());
        schema.put("allOf", conditions(place));
        return schema;
    }

    /** Where mode and provider are said, only the keys of that provider stand, and those that it requires must. */
    private static List<Object> conditions(Outline.Place place) {
        var conditions = new ArrayList<Object>();
        for (var way : place.ways()) {
            var description = way.provider().orElseThrow().description();
            var ofMode = place.ways().stream()
                    .filter(it -> it.name().startsWith(description.mode() + "/"))
                    .count();
            var said = new LinkedHashMap<String, Object>();
            said.put(Section.MODE, Map.of("const", description.mode()));
            if (ofMode > 1) {
                said.put(Section.PROVIDER, Map.of("const", description.provider()));
            }
            var own = keys(way.questions());
            var names = new LinkedHashSet<>(List.of(Section.MODE, Section.PROVIDER));
            names.addAll(below(own).keySet());
            var then = new LinkedHashMap<String, Object>();
            then.put("description", description.title() + ": " + description.summary());
            then.put("properties", below(own));
            then.put("propertyNames", Map.of("enum", List.copyOf(names)));
            then.put("required", own.getOrDefault("required", List.of()));
            conditions.add(
                    Map.of("if", Map.of("properties", said, "required", List.copyOf(said.keySet())), "then", then));
        }
        return conditions;
    }

    private static Map<String, Object> keys(List<Question<?>> questions) {
        return keys(questions, "");
    }

    /** Describes the keys that begin so. */
    private static Map<String, Object> keys(List<Question<?>> all, String prefix) {
        var questions = all.stream().filter(it -> it.key().startsWith(prefix)).toList();
        var properties = new LinkedHashMap<String, Object>();
        var heads = questions.stream()
                .map(question -> question.key().substring(prefix.length()).split("\\.", 2)[0])
                .collect(Collectors.toCollection(LinkedHashSet::new));
        var required = new LinkedHashSet<String>();
        for (var head : heads) {
            var key = prefix + head;
            var leaf = questions.stream().filter(it -> it.key().equals(key)).findFirst();
            var nested = questions.stream()
                    .filter(it -> it.key().startsWith(key + "."))
                    .toList();
            properties.put(
                    head,
                    nested.isEmpty()
                            ? leaf.map(AnswersSchema::question).orElseThrow()
                            : leaf.<Map<String, Object>>map(it ->
                                            Map.of("anyOf", List.of(question(it), keys(nested, key + "."))))
                                    .orElseGet(() -> keys(nested, key + ".")));
            if (leaf.filter(Question::isRequired).isPresent() || nested.stream().anyMatch(Question::isRequired)) {
                required.add(head);
            }
        }
        var schema = closed(properties);
        if (!required.isEmpty()) {
            schema.put("required", List.copyOf(required));
        }
        return schema;
    }

    private static Map<String, Object> question(Question<?> question) {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("description", question.title() + "\n" + String.join("\n", Explanation.facts(question)));
        schema.putAll(kind(question));
        question.pattern().ifPresent(pattern -> schema.put("pattern", "^(?:" + pattern.pattern() + ")$"));
        return schema;
    }

    private static Map<String, Object> kind(Question<?> question) {
        return switch (question.kind()) {
            case TEXT, LABEL, HOST, EMAIL, CIDR, DURATION, URL, PATH -> length(question);
            case QUANTITY -> Map.of("type", List.of("string", "number"));
            case PORT, INTEGER -> bounded(question);
            case CHOICE -> Map.of("enum", question.choices());
            case FLAG -> Map.of("type", "boolean");
            case TEXTS -> Map.of("type", "array", "items", Map.of("type", "string"));
            case TREE -> Map.of("type", "object");
            case SECRET ->
                Map.of(
                        "type",
                        "string",
                        "pattern",
                        "^(?:" + REFERENCE + (question.generated().isPresent() ? "|generate" : "") + ")$");
            case FORMS ->
                Map.of(
                        "type",
                        "object",
                        "additionalProperties",
                        keys(question.each().map(Form::questions).orElse(List.of())));
        };
    }

    private static Map<String, Object> length(Question<?> question) {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("type", List.of("string", "number"));
        if (question.least() > Integer.MIN_VALUE) {
            schema.put("minLength", question.least());
        }
        if (question.most() < Integer.MAX_VALUE) {
            schema.put("maxLength", question.most());
        }
        return schema;
    }

    private static Map<String, Object> bounded(Question<?> question) {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("type", "integer");
        if (question.least() > Integer.MIN_VALUE) {
            schema.put("minimum", question.least());
        }
        if (question.most() < Integer.MAX_VALUE) {
            schema.put("maximum", question.most());
        }
        return schema;
    }

    private static Map<String, Object> closed(Map<String, Object> properties) {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("type", List.of("object", "null"));
        schema.put("properties", new LinkedHashMap<>(properties));
        schema.put("additionalProperties", false);
        return schema;
    }

    private static Map<String, Object> below(Map<String, Object> schema) {
        return asMap(schema.getOrDefault("properties", Map.of()));
    }

    @SuppressWarnings("unchecked") // this class made it
    private static Map<String, Object> asMap(Object schema) {
        return (Map<String, Object>) schema;
    }
}
