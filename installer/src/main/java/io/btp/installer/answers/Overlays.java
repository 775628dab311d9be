package io.btp.installer.answers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Answers from the environment and from options, which replace those of the file. Immutable. */
public final class Overlays {
    private static final String PREFIX = "BTP_ANSWERS__";

    private final List<Given> given;

    private sealed interface Given {}

    private record Variable(String name, String value) implements Given {}

    private record Set(String assignment) implements Given {}

    private record Typed(String path, String yaml) implements Given {}

    private record SetFile(String assignment, Path folder) implements Given {}

    /** One value to be laid at a path. */
    record Overlay(List<String> path, Node value, Provenance where) {}

    private Overlays(List<Given> given) {
        this.given = List.copyOf(given);
    }

    /** Takes the variables that begin with {@code BTP_ANSWERS__}; the value is a YAML scalar or flow collection. */
    public static Overlays of(Map<String, String> environment) {
        var variables = new ArrayList<Given>();
        new TreeMap<>(environment).forEach((name, value) -> {
            if (name.startsWith(PREFIX)) {
                variables.add(new Variable(name, value));
            }
        });
        return new Overlays(variables);
    }

    /**
     * Adds {@code --set key=value}, over all before it. The value is a YAML scalar or flow collection; nothing takes an
     * answer back. A dot within a key is written {@code \.}.
     */
    public Overlays set(String assignment) {
        return with(new Set(assignment));
    }

    /**
     * Adds {@code --set-file key=path}, over all before it: the contents are the text; a secret reads it when needed.
     *
     * @param folder what the path is relative to
     */
    public Overlays setFile(String assignment, Path folder) {
        return with(new SetFile(assignment, folder));
    }

    /**
     * Adds what the wizard was told, over all before it.
     *
     * @param path dotted path in the answers
     * @param yaml a YAML scalar or flow collection, as {@link Written} gives it
     */
    public Overlays type(String path, String yaml) {
        return with(new Typed(path, yaml));
    }

    private Overlays with(Given next) {
        var all = new ArrayList<>(given);
        all.add(next);
        return new Overlays(all);
    }

    List<Overlay> all(Problems problems) {
        var overlays = new ArrayList<Overlay>();
        for (var next : given) {
            switch (next) {
                case Variable it -> {
                    var where = new Provenance.ByVariable(it.name());
                    var path = List.of(it.name().substring(PREFIX.length()).split("__", -1));
                    add(overlays, problems, path, where, () -> yaml(it.value(), where, problems));
                }
                case Set(var assignment) -> {
                    var where = new Provenance.ByOption("--set " + key(assignment));
                    if (isAssignment(assignment, where, problems)) {
                        add(
                                overlays,
                                problems,
                                path(assignment),
                                where,
                                () -> yaml(value(assignment), where, problems));
                    }
                }
                case Typed(var path, var yaml) -> {
                    var where = new Provenance.ByWizard();
                    add(overlays, problems, List.of(path.split("\\.", -1)), where, () -> yaml(yaml, where, problems));
                }
                case SetFile(var assignment, var folder) -> {
                    var where = new Provenance.ByOption("--set-file " + key(assignment));
                    if (isAssignment(assignment, where, problems)) {
                        var file = folder.resolve(value(assignment))
                                .toAbsolutePath()
                                .normalize();
                        add(overlays, problems, path(assignment), where, () -> new Node.Contents(file, where));
                    }
                }
            }
        }
        return overlays;
    }

    private static Node yaml(String value, Provenance where, Problems problems) {
        try {
            return YamlReader.read(value, (line, column) -> where, problems);
        } catch (InvalidAnswers invalid) {
            problems.add(invalid.problems().getLast());
            return new Node.Refused(where);
        }
    }

    private static void add(
            List<Overlay> overlays, Problems problems, List<String> path, Provenance where, Supplier<Node> value) {
        if (path.stream().anyMatch(String::isEmpty)) {
            problems.add(
                    AnswerProblem.of(where, "", "a part of the key is empty", "Name a key, for example cluster.mode"));
            return;
        }
        overlays.add(new Overlay(path, value.get(), where));
    }

    private static boolean isAssignment(String assignment, Provenance where, Problems problems) {
        if (assignment.indexOf('=') > 0) {
            return true;
        }
        problems.add(
                AnswerProblem.of(where, "", "has no key and value", "Write key=value, for example cluster.mode=byo"));
        return false;
    }

    /** Without "=" there is no telling key from value: nothing is shown. */
    private static String key(String assignment) {
        return assignment.substring(0, Math.max(0, assignment.indexOf('=')));
    }

    private static String value(String assignment) {
        return assignment.substring(assignment.indexOf('=') + 1);
    }

    private static List<String> path(String assignment) {
        var parts = key(assignment).split("(?<!\\\\)\\.", -1);
        return List.of(parts).stream().map(part -> part.replace("\\.", ".")).toList();
    }
}
