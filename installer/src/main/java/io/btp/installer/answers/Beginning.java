package io.btp.installer.answers;

import io.btp.installer.api.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Writes an answers file to begin with: everything that is asked, explained in comments, with blanks where an answer is required. */
public final class Beginning {
    private final Outline outline;
    private final Map<String, String> modes;
    private final boolean everything;
    private final List<String> lines = new ArrayList<>();

    /**
     * Begins with chosen modes.
     *
     * @param modes {@code mode} or {@code mode/provider} by slot path
     * @param everything whether to write slots that nobody has to fill, too
     */
    public Beginning(Outline outline, Map<String, String> modes, boolean everything) {
        this.outline = outline;
        this.modes = Map.copyOf(modes);
        this.everything = everything;
    }

    /**
     * Gives the text.
     *
     * @param schema where editors find the schema
     * @throws IllegalArgumentException if a mode is none of its slot
     */
    public String text(String schema) {
        lines.add("# yaml-language-server: $schema=" + schema);
        lines.add(
                "# Answers for btp. Fill in what is marked as required; lines that begin with # show what else can be said.");
        lines.add("# A secret is a reference: ${env:NAME}, ${file:PATH} or ${exec:COMMAND}; never the secret itself.");
        lines.add("apiVersion: " + AnswersTree.API_VERSION);
        var group = "";
        for (var place : outline.places()) {
            var way = way(place);
            if (way.isEmpty()) {
                continue;
            }
            lines.add("");
            var path = place.path().split("\\.", -1);
            if (path.length > 1 && !group.equals(path[0])) {
                lines.add(path[0] + ":");
            }
            group = path[0];
            var indent = "  ".repeat(path.length - 1);
            comment(indent, place.title());
            way.get().provider().ifPresent(provider -> {
                comment(
                        indent,
                        provider.description().title() + ": "
                                + provider.description().summary());
                provider.description().notice().ifPresent(notice -> comment(indent, "Notice: " + notice));
            });
            place(place, way.get(), path[path.length - 1], indent);
        }
        return String.join("\n", lines) + "\n";
    }

    private Optional<Outline.Way> way(Outline.Place place) {
        var wanted = modes.get(place.path());
        if (wanted == null) {
            return place.ways().stream()
                    .filter(Outline.Way::usual)
                    .findFirst()
                    .or(() -> isWanted(place) ? Optional.of(place.ways().getFirst()) : Optional.empty());
        }
        if (wanted.equals(Defaults.DISABLED)) {
            return Optional.empty();
        }
        var fitting = place.ways().stream()
                .filter(way -> way.name().equals(wanted) || way.name().startsWith(wanted + "/"))
                .toList();
        if (fitting.isEmpty()) {
            throw new IllegalArgumentException(wanted + " is none of " + place.path() + ": known are "
                    + String.join(
                            ", ", place.ways().stream().map(Outline.Way::name).toList()));
        }
        return fitting.stream().filter(Outline.Way::usual).findFirst().or(() -> Optional.of(fitting.getFirst()));
    }

    private boolean isWanted(Outline.Place place) {
        return everything || !place.leftOut();
    }

    private void place(Outline.Place place, Outline.Way way, String name, String indent) {
        var isEmpty = way.provider().isEmpty() && way.questions().stream().noneMatch(Question::isRequired);
        lines.add(indent + (isEmpty ? "# " : "") + name + ":");
        var inner = indent + "  ";
        way.provider().ifPresent(provider -> {
            lines.add(inner + "mode: " + provider.description().mode() + others(place, way));
            var alone = place.ways().stream()
                    .filter(it -> it.name().startsWith(provider.description().mode() + "/"))
                    .count();
            if (alone > 1) {
                lines.add(inner + "provider: " + provider.description().provider());
            }
        });
        questions(place.path(), way.questions(), "", inner);
    }

    private static String others(Outline.Place place, Outline.Way way) {
        var others = new ArrayList<>(place.ways().stream()
                .filter(other -> !other.equals(way))
                .map(Outline.Way::name)
                .toList());
        if (place.isDispensable()) {
            others.add(Defaults.DISABLED);
        }
        return others.isEmpty() ? "" : "  # or " + String.join(", ", others);
    }

    /** Required keys stand open, with the mapping that they are in; all others as comments. */
    private void questions(String path, List<Question<?>> questions, String prefix, String indent) {
        var open = new ArrayList<String>();
        for (var question : questions) {
            if (!question.key().startsWith(prefix)) {
                continue;
            }
            var rest = question.key().substring(prefix.length());
            var head = rest.split("\\.", 2)[0];
            var nested = rest.contains(".");
            var below = prefix + head + ".";
            if (nested
                    && questions.stream()
                            .anyMatch(it -> it.isRequired() && it.key().startsWith(below))) {
                if (!open.contains(head)) {
                    open.add(head);
                    lines.add(indent + head + ":");
                    questions(path, questions, below, indent + "  ");
                }
                continue;
            }
            question(path, question, rest, indent);
        }
    }

    private void question(String path, Question<?> question, String key, String indent) {
        comment(indent, question.title() + (question.isRequired() ? " (required)" : ""));
        Explanation.facts(question).forEach(fact -> comment(indent, "  " + fact));
        if (!question.isRequired()) {
            lines.add(indent + "# " + flow(key, example(path, question)));
            return;
        }
        lines.add((indent + key + ": " + (question.kind() == Question.Kind.SECRET ? reference(path, question) : ""))
                .stripTrailing());
    }

    private static String example(String path, Question<?> question) {
        var plain = Explanation.plain(question).filter(text -> !text.isEmpty());
        return question.kind() == Question.Kind.SECRET && question.generated().isEmpty()
                ? reference(path, question)
                : plain.orElseGet(() -> Expectations.example(question));
    }

    private static String flow(String key, String value) {
        var names = key.split("\\.", -1);
        if (names.length == 1) {
            return key + ": " + value;
        }
        return names[0] + ": {" + flow(key.substring(names[0].length() + 1), value) + "}";
    }

    private static String reference(String path, Question<?> question) {
        var name = (path + "_" + question.key())
                .replaceAll("([a-z])([A-Z])", "$1_$2")
                .replaceAll("[^A-Za-z0-9]", "_");
        return "\"${env:BTP_" + name.toUpperCase(Locale.ROOT) + "}\"";
    }

    private void comment(String indent, String text) {
        lines.add(indent + "# " + text);
    }
}
