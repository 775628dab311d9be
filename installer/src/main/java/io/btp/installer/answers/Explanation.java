package io.btp.installer.answers;

import io.btp.installer.api.Description;
import io.btp.installer.api.Question;
import io.btp.installer.event.Durations;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Explains keys of the answers in words. */
public final class Explanation {
    private final Outline outline;

    /** Explains what an outline holds. */
    public Explanation(Outline outline) {
        this.outline = outline;
    }

    /** Gives the lines on a key, a slot or a group; empty where there is none of that name. */
    public List<String> of(String key) {
        var lines = new ArrayList<String>();
        for (var place : outline.places()) {
            if (place.path().equals(key) || place.path().startsWith(key + ".")) {
                lines.addAll(whole(place));
            } else if (key.startsWith(place.path() + ".")) {
                lines.addAll(part(place, key.substring(place.path().length() + 1)));
            }
        }
        return List.copyOf(lines);
    }

    /** Gives the known key that was most likely meant. */
    public Optional<String> nearest(String key) {
        return Nearest.to(key, outline.paths());
    }

    private static List<String> whole(Outline.Place place) {
        var lines = new ArrayList<String>();
        lines.add(place.path() + ": " + place.title());
        for (var way : place.ways()) {
            way.provider().ifPresent(provider -> {
                var description = provider.description();
                lines.add("  " + way.name() + ": " + description.title() + (way.usual() ? " (default)" : ""));
                lines.add("    " + description.summary());
                cost(description).ifPresent(cost -> lines.add("    " + cost));
                description.notice().ifPresent(notice -> lines.add("    notice: " + notice));
            });
            way.questions()
                    .forEach(question ->
                            lines.add("      " + question.key() + ": " + question.title() + ", " + need(question)));
        }
        if (place.isDispensable()) {
            lines.add("  " + Defaults.DISABLED + ": nobody fills it");
        }
        return lines;
    }

    /** Says what choosing it costs in parts and minutes, for example {@code Adds: 1 pod with a volume; usually 4 min}. */
    public static Optional<String> cost(Description description) {
        var words = Stream.concat(
                        description.adds().stream().map(parts -> "Adds: " + parts),
                        description.usually().stream().map(time -> "usually " + Durations.words(time)))
                .collect(Collectors.joining("; "));
        return words.isEmpty()
                ? Optional.empty()
                : Optional.of(Character.toUpperCase(words.charAt(0)) + words.substring(1));
    }

    private static List<String> part(Outline.Place place, String rest) {
        var lines = new ArrayList<String>();
        if (place.slot().isPresent() && (rest.equals(Section.MODE) || rest.equals(Section.PROVIDER))) {
            lines.add(place.path() + "." + rest + ": who fills " + place.title());
            place.ways().forEach(way -> lines.add("  " + way.name() + (way.usual() ? " (default)" : "")));
            return lines;
        }
        for (var way : place.ways()) {
            for (var question : way.questions()) {
                if (question.key().equals(rest) || question.key().startsWith(rest + ".")) {
                    lines.addAll(question(place, way, question));
                }
            }
        }
        return lines;
    }

    private static List<String> question(Outline.Place place, Outline.Way way, Question<?> question) {
        var lines = new ArrayList<String>();
        lines.add(place.path() + "." + question.key() + ": " + question.title()
                + (way.name().isEmpty() ? "" : " (" + way.name() + ")"));
        lines.addAll(facts(question).stream().map(fact -> "  " + fact).toList());
        way.provider()
                .flatMap(provider -> provider.description().notice())
                .ifPresent(notice -> lines.add("  notice: " + notice));
        return lines;
    }

    /** Gives what is known of a question beside its title. */
    public static List<String> facts(Question<?> question) {
        var facts = new ArrayList<String>();
        facts.add("expects " + Expectations.expected(question) + bounds(question) + "; " + need(question));
        question.because().ifPresent(facts::add);
        question.help().ifPresent(facts::add);
        facts.add("example: " + question.key().replaceFirst(".*\\.", "") + ": " + Expectations.example(question));
        return facts;
    }

    private static String bounds(Question<?> question) {
        var bounds = Expectations.bounds(question);
        return switch (question.kind()) {
            case TEXT, LABEL, HOST, EMAIL, PATH -> bounds.isEmpty() ? "" : ", " + bounds + " characters";
            case PORT, INTEGER, CIDR, QUANTITY, DURATION, URL, CHOICE, FLAG, SECRET, TEXTS, TREE, FORMS -> "";
        };
    }

    static String need(Question<?> question) {
        if (question.isRequired()) {
            return "required";
        }
        return question.generated().isPresent()
                ? "generated unless given"
                : plain(question).map(answer -> "default " + answer).orElse("optional");
    }

    /** Gives the default as it would stand in the answers. */
    public static Optional<String> plain(Question<?> question) {
        return question.fallback().map(Explanation::plain);
    }

    static String plain(Object answer) {
        return switch (answer) {
            case List<?> list -> list.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
            case java.time.Duration duration -> Texts.written(duration).orElse(duration.toString());
            default -> String.valueOf(answer);
        };
    }
}
