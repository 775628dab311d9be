package io.btp.installer.answers;

import io.btp.installer.answers.Section.Word;
import io.btp.installer.api.Provider;
import io.btp.installer.api.Slot;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Chooses who fills a slot. */
final class Choosing {
    private final Defaults defaults;
    private final Problems problems;

    Choosing(Defaults defaults, Problems problems) {
        this.defaults = defaults;
        this.problems = problems;
    }

    /** What became of a slot. */
    sealed interface Outcome {
        /** Somebody fills it. */
        record Chosen(Provider<?, ?> provider) implements Outcome {}

        /** Nobody fills it, by choice or by default. */
        record Disabled() implements Outcome {}

        /** It is a plugin's own, and not named. */
        record Absent() implements Outcome {}

        /** The choice is wrong, which is reported. */
        record Wrong() implements Outcome {}
    }

    Outcome choose(Section section, List<Provider<?, ?>> candidates) {
        var mode = section.mode();
        if (mode.filter(word -> word.text().equals(Defaults.DISABLED)).isPresent()) {
            return disabled(section, mode.get());
        }
        var ofMode = candidates;
        if (mode.isPresent()) {
            var word = mode.get().text();
            ofMode = candidates.stream()
                    .filter(it -> it.description().mode().equals(word))
                    .toList();
            if (ofMode.isEmpty()) {
                return unknown(section.slot(), mode.get(), modes(section.slot(), candidates), "mode");
            }
        }
        var provider = section.provider();
        if (provider.isPresent()) {
            var word = provider.get().text();
            var named = ofMode.stream()
                    .filter(it -> it.description().provider().equals(word))
                    .toList();
            if (named.isEmpty()) {
                return unknown(section.slot(), provider.get(), providers(ofMode), "provider");
            }
            return one(section, named, Section.MODE);
        }
        return mode.isPresent() ? one(section, ofMode, Section.PROVIDER) : unsaid(section, ofMode);
    }

    private Outcome disabled(Section section, Word mode) {
        if (!section.slot().isDispensable()) {
            problems.add(AnswerProblem.of(
                    mode.where(),
                    mode.path(),
                    "is disabled, but the platform cannot live without "
                            + section.slot().title() + " (" + section.slot() + ")",
                    "Choose another mode"));
            return new Outcome.Wrong();
        }
        if (section.detail().isPresent()) {
            problems.add(AnswerProblem.of(
                    section.detail().get().key(),
                    section.slot().path(),
                    "is disabled, so its other keys mean nothing",
                    "Remove them, or choose another mode"));
            return new Outcome.Wrong();
        }
        return new Outcome.Disabled();
    }

    private Outcome unsaid(Section section, List<Provider<?, ?>> candidates) {
        var slot = section.slot();
        boolean preferring = defaults.preferred()
                .filter(mode -> candidates.stream()
                        .anyMatch(it -> it.description().mode().equals(mode)))
                .isPresent();
        if (defaults.leavesOut(slot) && !preferring) {
            if (section.detail().isPresent()) {
                return candidates.size() == 1
                        ? new Outcome.Chosen(candidates.getFirst())
                        : missing(section, candidates, Section.MODE);
            }
            return slot.isDispensable() ? new Outcome.Disabled() : named(section, candidates);
        }
        return one(section, candidates, Section.MODE);
    }

    private Outcome named(Section section, List<Provider<?, ?>> candidates) {
        return section.said() ? one(section, candidates, Section.MODE) : new Outcome.Absent();
    }

    /** Gives the one among several that the defaults choose. */
    private Outcome one(Section section, List<Provider<?, ?>> candidates, String distinction) {
        var found = defaults.among(section.slot(), candidates);
        return found.size() == 1 ? new Outcome.Chosen(found.getFirst()) : missing(section, found, distinction);
    }

    private Outcome missing(Section section, List<Provider<?, ?>> candidates, String key) {
        var choices = key.equals(Section.MODE) && section.provider().isEmpty()
                ? modes(section.slot(), candidates)
                : key.equals(Section.MODE) ? modesOf(candidates) : providers(candidates);
        var distinction = choices.size() == 1 && key.equals(Section.MODE) ? Section.PROVIDER : key;
        var shown = distinction.equals(key) ? choices : providers(candidates);
        problems.add(AnswerProblem.of(
                section.own().where(),
                section.slot().path() + "." + distinction,
                "is missing: " + (distinction.equals(Section.MODE) ? "who runs " : "what provides ")
                        + section.slot().title() + ", one of " + String.join(", ", shown),
                "Write for example " + distinction + ": " + shown.getFirst()));
        return new Outcome.Wrong();
    }

    private Outcome unknown(Slot<?> slot, Word word, List<String> known, String what) {
        problems.add(AnswerProblem.of(
                        word.where(),
                        word.path(),
                        "is " + Shown.quoted(word.text()) + AnswerProblem.NO_SUCH + what + " of " + slot,
                        "Choose one of " + String.join(", ", known))
                .nearest(Nearest.to(word.text(), known)));
        return new Outcome.Wrong();
    }

    private static List<String> modes(Slot<?> slot, List<Provider<?, ?>> candidates) {
        var disabled = slot.isDispensable() ? Stream.of(Defaults.DISABLED) : Stream.<String>empty();
        return Stream.concat(modesOf(candidates).stream(), disabled).toList();
    }

    private static List<String> modesOf(List<Provider<?, ?>> candidates) {
        return candidates.stream()
                .map(it -> it.description().mode())
                .distinct()
                .sorted()
                .toList();
    }

    private static List<String> providers(List<Provider<?, ?>> candidates) {
        return candidates.stream()
                .map(it -> it.description().provider())
                .distinct()
                .sorted()
                .collect(Collectors.toUnmodifiableList());
    }

    /** Says where an explicit choice stands against the preferred mode, for a slot that has a provider of that mode. */
    Optional<AnswerProblem> conflict(Section section, List<Provider<?, ?>> candidates) {
        var preferred = defaults.preferred();
        if (preferred.isEmpty()) {
            return Optional.empty();
        }
        var ofPreferred = candidates.stream()
                .filter(it -> it.description().mode().equals(preferred.get()))
                .toList();
        if (ofPreferred.isEmpty()) {
            return Optional.empty();
        }
        var mode = section.mode()
                .filter(word ->
                        !word.text().equals(preferred.get()) && !word.text().equals(Defaults.DISABLED));
        var provider = section.provider().filter(word -> !providers(ofPreferred).contains(word.text()));
        return mode.or(() -> provider)
                .map(word -> AnswerProblem.of(
                        word.where(),
                        word.path(),
                        "asks for " + Shown.quoted(word.text()) + ", but everything is to be of mode "
                                + preferred.get(),
                        "Remove the line, or leave --" + preferred.get() + " away"));
    }
}
