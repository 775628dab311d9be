package io.btp.installer.answers;

import io.btp.installer.answers.Node.Entry;
import io.btp.installer.answers.Node.Mapping;
import io.btp.installer.api.Slot;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Divides the answers into sections, one for each slot, and reports what belongs nowhere. */
final class Sections {
    static final String VERSION = "apiVersion";
    static final String INSTALLATION = "installation";
    static final String CONNECTION = "connection";
    static final String PLUGINS = "plugins";

    private final Mapping root;
    private final List<Slot<?>> slots;
    private final Problems problems;

    Sections(Mapping root, Collection<Slot<?>> slots, Problems problems) {
        this.root = root;
        this.slots = List.copyOf(slots);
        this.problems = problems;
    }

    List<Section> all() {
        refuseUnknown(root, "", topKeys());
        var several = new LinkedHashSet<String>();
        slots.stream().filter(slot -> !slot.path().equals(slot.group())).forEach(slot -> several.add(slot.group()));
        several.forEach(group -> refuseUnknown(mapping(root, group, ""), group, groupKeys(group)));
        return slots.stream().map(this::section).toList();
    }

    private Set<String> topKeys() {
        var keys = new TreeSet<>(List.of(VERSION, INSTALLATION, CONNECTION, PLUGINS));
        slots.forEach(slot -> keys.add(slot.group()));
        return keys;
    }

    private Set<String> groupKeys(String group) {
        var keys = new TreeSet<>(List.of(Section.MODE, Section.PROVIDER));
        slots.stream().filter(slot -> slot.group().equals(group)).forEach(slot -> keys.add(inGroup(slot)));
        return keys;
    }

    private static String inGroup(Slot<?> slot) {
        return slot.path().substring(slot.group().length() + 1);
    }

    private void refuseUnknown(Mapping mapping, String path, Set<String> known) {
        mapping.entries().forEach((key, entry) -> {
            if (!known.contains(key)) {
                unknown(problems, entry, path, key, known);
            }
        });
    }

    static void unknown(Problems problems, Entry entry, String path, String key, Collection<String> known) {
        if (problems.isFull()) {
            problems.addMore(1);
            return;
        }
        var full = path.isEmpty() ? Shown.cut(key) : path + "." + Shown.cut(key);
        var filler = Defaults.STANDARD.stream()
                .anyMatch(slot -> slot.path().equals(full) || slot.group().equals(full));
        var problem = filler
                ? AnswerProblem.of(
                        entry.key(),
                        full,
                        "is filled by no loaded plugin",
                        "Load a plugin that fills it, or remove the key")
                : AnswerProblem.of(entry.key(), full, "is not a known key", "Known here: " + String.join(", ", known));
        problems.add(filler ? problem : problem.nearest(Nearest.to(key, known)));
    }

    private Section section(Slot<?> slot) {
        if (slot.path().equals(slot.group())) {
            var own = mapping(root, slot.path(), "");
            checkWords(own, slot.path());
            return new Section(
                    slot, own, Optional.empty(), root.find(slot.path()).isPresent());
        }
        var group = silent(root, slot.group());
        var own = mapping(group, inGroup(slot), slot.group());
        checkWords(own, slot.path());
        checkWordsOnce(group, slot);
        return new Section(
                slot, own, Optional.of(group), group.find(inGroup(slot)).isPresent());
    }

    private void checkWordsOnce(Mapping group, Slot<?> slot) {
        var first = slots.stream().filter(it -> it.group().equals(slot.group())).findFirst();
        if (first.filter(slot::equals).isPresent()) {
            checkWords(group, slot.group());
        }
    }

    private void checkWords(Mapping mapping, String path) {
        for (var key : List.of(Section.MODE, Section.PROVIDER)) {
            mapping.find(key)
                    .map(Entry::value)
                    .filter(it -> !(it instanceof Node.Scalar) && !(it instanceof Node.Refused))
                    .ifPresent(it -> problems.add(AnswerProblem.of(
                            it.where(),
                            path + "." + key,
                            "is " + it.found() + ", expected a word",
                            "Name one " + key)));
        }
    }

    /** Gives a mapping below another; one without entries where there is none, or something else, which is reported. */
    Mapping mapping(Mapping parent, String key, String path) {
        var full = path.isEmpty() ? key : path + "." + key;
        parent.find(key)
                .map(Entry::value)
                .filter(it -> !(it instanceof Mapping) && !(it instanceof Node.Refused))
                .ifPresent(it -> problems.add(
                        AnswerProblem.of(it.where(), full, "is no mapping", "Write keys and values below it")));
        return silent(parent, key);
    }

    private static Mapping silent(Mapping parent, String key) {
        var entry = parent.find(key);
        var where = entry.map(Entry::key).orElse(parent.where());
        return entry.map(Entry::value)
                .filter(Mapping.class::isInstance)
                .map(it -> new Mapping(((Mapping) it).entries(), where))
                .orElseGet(() -> Mapping.empty(where));
    }
}
