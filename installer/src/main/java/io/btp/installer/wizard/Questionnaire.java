package io.btp.installer.wizard;

import io.btp.installer.answers.AnswerProblem;
import io.btp.installer.answers.AnswersTree;
import io.btp.installer.answers.Binder;
import io.btp.installer.answers.BoundAnswers;
import io.btp.installer.answers.Defaults;
import io.btp.installer.answers.InvalidAnswers;
import io.btp.installer.answers.Outline;
import io.btp.installer.answers.Overlays;
import io.btp.installer.answers.Written;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Provider;
import io.btp.installer.api.Question;
import io.btp.installer.api.Slot;
import io.btp.installer.api.SupportProvider;
import io.btp.installer.screen.SafeText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The pages that a draft leads to, and what is wrong with it. A pure function of the providers' forms, the answers file and
 * the draft; whatever it says of answers, {@link Binder} says, as it does of a file.
 */
public final class Questionnaire {
    private static final String MODE = ".mode";
    private static final String PROVIDER = ".provider";
    private static final int MOST_OFFERED = 50;

    private final Outline outline;
    private final Binder binder;
    private final AnswersTree base;
    private final List<Problem> refused;

    /**
     * Asks about these answers.
     *
     * @param base what stands in the answers file; empty where there is none
     * @param refused plugins whose providers nobody can choose, each with the reason
     */
    public Questionnaire(Outline outline, Binder binder, AnswersTree base, List<Problem> refused) {
        this.outline = outline;
        this.binder = binder;
        this.base = base;
        this.refused = List.copyOf(refused);
    }

    /** Gives the answers of file and draft together, without those that a chosen provider does not ask for. */
    public AnswersTree answers(Draft draft) {
        var answers = said(draft);
        for (var path : unused(draft)) {
            answers = answers.without(path);
        }
        return answers;
    }

    private AnswersTree said(Draft draft) {
        var overlays = Overlays.of(Map.of());
        for (var entry : draft.typed().entrySet()) {
            overlays = overlays.type(entry.getKey(), entry.getValue());
        }
        return base.with(overlays);
    }

    /** Names the answers that mean nothing any more, because somebody else was chosen for their slot. */
    public List<String> unused(Draft draft) {
        var said = said(draft);
        var choices = binder.choices(said);
        var unused = new ArrayList<String>();
        for (var place : outline.places()) {
            if (place.slot().isEmpty() || draft.at(place.path() + MODE).isEmpty()) {
                continue;
            }
            var way = way(place, choices);
            said.keysBelow(place.path()).stream()
                    .filter(key -> !isAsked(place, way, key))
                    .forEach(unused::add);
        }
        return unused;
    }

    private static boolean isAsked(Outline.Place place, Optional<Outline.Way> way, String key) {
        if (key.equals(place.path() + MODE) || (way.isPresent() && key.equals(place.path() + PROVIDER))) {
            return true;
        }
        return way.stream()
                .flatMap(it -> it.questions().stream())
                .map(question -> place.path() + "." + question.key())
                .anyMatch(asked -> key.equals(asked) || key.startsWith(asked + "."));
    }

    private static Optional<Outline.Way> way(Outline.Place place, Map<Slot<?>, Provider<?, ?>> choices) {
        if (place.slot().isEmpty()) {
            return Optional.of(place.ways().getFirst());
        }
        return Optional.<Provider<?, ?>>ofNullable(choices.get(place.slot().get()))
                .flatMap(chosen -> place.ways().stream()
                        .filter(way -> way.provider().filter(chosen::equals).isPresent())
                        .findFirst());
    }

    /**
     * Gives the pages: the installation, who runs what, then one for each place that asks anything. Every question that
     * the answers may hold is on exactly one of them.
     */
    public List<Page> pages(Draft draft) {
        var answers = answers(draft);
        var choices = binder.choices(answers);
        var pages = new ArrayList<Page>();
        for (var place : outline.places()) {
            if (pages.size() == 1) {
                pages.add(parts(choices));
            }
            way(place, choices).filter(way -> !way.questions().isEmpty()).ifPresent(way -> {
                pages.add(page(place, way, answers));
            });
        }
        return List.copyOf(pages);
    }

    private static Page page(Outline.Place place, Outline.Way way, AnswersTree answers) {
        var words = way.provider().stream()
                .map(Provider::description)
                .flatMap(it -> Stream.concat(
                        Stream.of(it.title() + ": " + it.summary()),
                        it.notice().stream().map(text -> "Notice: " + text)))
                .toList();
        var fields = way.questions().stream()
                .map(question -> new Page.Field(
                        place.path() + "." + question.key(), question, answers.at(place.path() + "." + question.key())))
                .toList();
        return new Page(place.path(), place.title(), words, List.copyOf(fields));
    }

    private Page parts(Map<Slot<?>, Provider<?, ?>> choices) {
        var parts = new ArrayList<Page.Item>();
        for (var place : outline.places()) {
            var slot = place.slot();
            if (slot.isEmpty() || isSupport(place) || (place.ways().size() == 1 && !place.isDispensable())) {
                continue;
            }
            var usual = place.ways().stream().filter(Outline.Way::usual);
            var others = place.ways().stream().filter(way -> !way.usual());
            var options = Stream.concat(usual, others)
                    .flatMap(way -> way.provider().stream())
                    .<Provider<?, ?>>map(provider -> provider)
                    .toList();
            parts.add(new Page.Part(
                    place.path(),
                    place.title(),
                    options,
                    Optional.ofNullable(choices.get(slot.get())),
                    place.isDispensable()));
        }
        var words = refused.stream()
                .map(problem -> "Left out: " + problem.summary() + ". " + problem.remedy())
                .toList();
        return new Page(Page.PARTS, "who runs what", words, parts);
    }

    private static boolean isSupport(Outline.Place place) {
        return place.ways().stream()
                .allMatch(way ->
                        way.provider().filter(SupportProvider.class::isInstance).isPresent());
    }

    /** Chooses who fills a slot; nobody where the provider is empty. */
    public static Draft choose(Draft draft, Page.Part part, Optional<Provider<?, ?>> provider) {
        if (provider.isEmpty()) {
            return draft.without(part.path() + PROVIDER).with(part.path() + MODE, Defaults.DISABLED);
        }
        var description = provider.get().description();
        return draft.with(part.path() + MODE, description.mode()).with(part.path() + PROVIDER, description.provider());
    }

    /**
     * Gives what a proof of a place depends on: its answers, and how the world is reached. Empty where there is nothing to be proved,
     * or not yet.
     *
     * @param problems what is wrong with the draft
     */
    public Optional<String> subject(Draft draft, String place, List<AnswerProblem> problems) {
        boolean isSlot = outline.places().stream()
                .anyMatch(it -> it.path().equals(place) && it.slot().isPresent());
        var answers = answers(draft);
        var depends = Stream.of(place, "installation", "cluster", "connection", "namespaces")
                .distinct()
                .toList();
        boolean isWrong = problems.stream()
                .anyMatch(problem -> depends.stream()
                        .anyMatch(path ->
                                problem.path().equals(path) || problem.path().startsWith(path + ".")));
        return isSlot && !isWrong
                ? Optional.of(depends.stream()
                        .map(path -> answers.at(path).orElse(""))
                        .collect(Collectors.joining("\n")))
                : Optional.empty();
    }

    /** Gives what depends on where the world is looked at: how it is reached, and who fills what. */
    public String reach(Draft draft) {
        var answers = answers(draft);
        var reach = Stream.of("installation", "connection", "cluster")
                .map(path -> answers.at(path).orElse(""));
        var filled = binder.choices(answers).entrySet().stream()
                .map(choice -> choice.getKey().path() + "="
                        + choice.getValue().description().id());
        return Stream.concat(reach, filled).collect(Collectors.joining("\n"));
    }

    /**
     * Gives what can be offered as answers to a question, as a person would type it; what is no valid answer is left out, and what
     * a terminal would not show as it is: nobody takes what they cannot read. Nothing where the question is for a secret, or not asked.
     *
     * @param found YAML on one line, the best one first
     */
    public List<String> offered(Draft draft, String path, List<String> found) {
        boolean isAsked = pages(draft).stream()
                .flatMap(page -> page.fields().stream())
                .anyMatch(field -> field.path().equals(path) && field.question().kind() != Question.Kind.SECRET);
        return isAsked
                ? found.stream()
                        .limit(MOST_OFFERED)
                        .filter(yaml -> problems(draft.with(path, yaml)).stream()
                                .noneMatch(problem -> problem.path().equals(path)
                                        || problem.path().startsWith(path + ".")))
                        .map(Written::typed)
                        .filter(text -> SafeText.of(text).equals(text))
                        .distinct()
                        .toList()
                : List.of();
    }

    /** Tells everything that is wrong with file and draft together. */
    public List<AnswerProblem> problems(Draft draft) {
        return binder.problems(answers(draft));
    }

    /**
     * Binds.
     *
     * @throws InvalidAnswers if anything is wrong
     */
    public BoundAnswers bound(Draft draft) {
        return binder.bind(answers(draft));
    }
}
