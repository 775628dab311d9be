package io.btp.installer.answers;

import io.btp.installer.answers.Node.Entry;
import io.btp.installer.answers.Node.Mapping;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Answers as they were given, before providers are known. Immutable. */
public final class AnswersTree {
    /** The version of the answers file that this program reads. */
    public static final String API_VERSION = "installer.btp/v1";

    static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    private final Mapping root;
    private final Path folder;
    private final List<AnswerProblem> problems;
    private final int more;

    AnswersTree(Mapping root, Path folder, Problems problems) {
        this.root = root;
        this.folder = folder;
        this.problems = problems.all();
        this.more = problems.more();
    }

    /**
     * Gives a tree without any answer, to lay overlays over.
     *
     * @param folder what relative paths are relative to; absolute
     */
    public static AnswersTree empty(Path folder) {
        var where = new Provenance.ByDefault();
        var version = new Entry(where, new Node.Scalar(API_VERSION, Node.Type.TEXT, where));
        return new AnswersTree(Mapping.empty(where).with("apiVersion", version), folder, new Problems());
    }

    /** Gives the digests of trusted plugins, by name. Those that are no digest are left to {@link Binder}. */
    public Map<String, String> trust() {
        var trust = new LinkedHashMap<String, String>();
        mapping(root, "plugins")
                .flatMap(it -> mapping(it, "trust"))
                .ifPresent(pins -> pins.entries().forEach((name, entry) -> {
                    if (entry.value() instanceof Node.Scalar digest
                            && DIGEST.matcher(digest.text()).matches()) {
                        trust.put(name, digest.text());
                    }
                }));
        return trust;
    }

    /** Gives the version that the answers say they are of, if they say one. */
    public Optional<String> apiVersion() {
        return root.find(Sections.VERSION)
                .map(Node.Entry::value)
                .filter(Node.Scalar.class::isInstance)
                .map(value -> ((Node.Scalar) value).text());
    }

    /** Gives the installation's name as it stands there, before it is checked; for example to look up its record. */
    public Optional<String> installationName() {
        return mapping(root, "installation")
                .flatMap(it -> it.find("name"))
                .map(Entry::value)
                .filter(Node.Scalar.class::isInstance)
                .map(it -> ((Node.Scalar) it).text());
    }

    /**
     * Gives what is answered at a dotted path, as YAML on one line; empty where nothing is.
     *
     * @param path of a key, or of a mapping
     */
    public Optional<String> at(String path) {
        var parts = path.split("\\.", -1);
        Optional<Mapping> parent = Optional.of(root);
        for (int index = 0; index < parts.length - 1; index++) {
            var part = parts[index];
            parent = parent.flatMap(it -> mapping(it, part));
        }
        return parent.flatMap(it -> it.find(parts[parts.length - 1])).map(entry -> Canonical.flow(entry.value()));
    }

    /** Gives the same answers without that of one key; the same where there is none. */
    public AnswersTree without(String path) {
        var found = new Problems();
        found.addAll(problems);
        found.addMore(more);
        return new AnswersTree(without(root, List.of(path.split("\\.", -1))), folder, found);
    }

    private static Mapping without(Mapping from, List<String> path) {
        var key = path.getFirst();
        var entry = from.find(key);
        if (path.size() == 1) {
            var rest = new LinkedHashMap<>(from.entries());
            rest.remove(key);
            return new Mapping(rest, from.where());
        }
        return entry.filter(it -> it.value() instanceof Mapping)
                .map(it -> from.with(
                        key, new Entry(it.key(), without((Mapping) it.value(), path.subList(1, path.size())))))
                .orElse(from);
    }

    /** Gives the keys that are answered below a path, each with its own path; a mapping is followed to its ends. */
    public List<String> keysBelow(String path) {
        var keys = new ArrayList<String>();
        Optional<Mapping> found = Optional.of(root);
        for (var part : path.split("\\.", -1)) {
            found = found.flatMap(it -> mapping(it, part));
        }
        found.ifPresent(mapping -> collect(mapping, path, keys));
        return keys;
    }

    private static void collect(Mapping mapping, String path, List<String> keys) {
        mapping.entries().forEach((key, entry) -> {
            if (entry.value() instanceof Mapping inner && !inner.entries().isEmpty()) {
                collect(inner, path + "." + key, keys);
            } else {
                keys.add(path + "." + key);
            }
        });
    }

    private static Optional<Mapping> mapping(Mapping parent, String key) {
        return parent.find(key)
                .map(Entry::value)
                .filter(Mapping.class::isInstance)
                .map(Mapping.class::cast);
    }

    /** Lays overlays over it, in their order: what they name is replaced as a whole. */
    public AnswersTree with(Overlays overlays) {
        var found = new Problems();
        found.addAll(problems);
        found.addMore(more);
        var changed = root;
        for (var overlay : overlays.all(found)) {
            changed = laid(changed, overlay.path(), 0, overlay, found);
        }
        return new AnswersTree(changed, folder, found);
    }

    private static Mapping laid(
            Mapping onto, List<String> path, int level, Overlays.Overlay overlay, Problems problems) {
        var key = path.get(level);
        var where = overlay.where();
        if (level == path.size() - 1) {
            return onto.with(key, new Entry(where, overlay.value()));
        }
        var inner = onto.find(key);
        if (inner.isPresent() && !(inner.get().value() instanceof Mapping)) {
            problems.add(AnswerProblem.of(
                    where,
                    String.join(".", path),
                    "cannot be set: " + String.join(".", path.subList(0, level + 1)) + " is no mapping ("
                            + inner.get().value().where() + ")",
                    "Make it a mapping, or set it as a whole"));
            return onto;
        }
        var mapping = mapping(onto, key).orElseGet(() -> Mapping.empty(where));
        var keyPlace = inner.map(Entry::key).orElse(where);
        return onto.with(key, new Entry(keyPlace, laid(mapping, path, level + 1, overlay, problems)));
    }

    Mapping root() {
        return root;
    }

    Path folder() {
        return folder;
    }

    /** Starts a collection with what was wrong already. */
    Problems problems() {
        var copy = new Problems();
        copy.addAll(problems);
        copy.addMore(more);
        return copy;
    }
}
