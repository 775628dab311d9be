package io.btp.installer.wizard.screen;

import io.btp.installer.answers.AnswerProblem;
import io.btp.installer.answers.Origin;
import io.btp.installer.wizard.Draft;
import io.btp.installer.wizard.Page;
import io.btp.installer.wizard.Questionnaire;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a state leads to.
 *
 * @param pages in order; the last one is the review
 * @param page the one that is shown
 * @param stops what keys can go to on it, from the top
 * @param problems everything that is wrong with what was said, what is being typed included
 * @param origins every answer in force and where it came from; of the review only, and where nothing is wrong
 */
record Scene(List<Page> pages, Page page, List<String> stops, List<AnswerProblem> problems, List<Origin> origins) {
    /** Id of the page that shows everything and asks what to do with it. */
    static final String REVIEW = "review";

    /** The stop that shows optional questions, or hides them again. */
    static final String MORE = "more";

    /**
     * Looks at a state.
     *
     * @param only slots or groups to ask about; empty for all
     */
    static Scene of(Questionnaire questionnaire, Set<String> only, State state) {
        var draft = state.entry().map(entry -> entry.in(state.draft())).orElse(state.draft());
        var pages = new ArrayList<>(questionnaire.pages(draft).stream()
                .map(page -> meant(page, only))
                .filter(page -> !page.items().isEmpty())
                .toList());
        pages.add(new Page(REVIEW, "review", List.of(), List.of()));
        var page = pages.stream()
                .filter(it -> it.id().equals(state.page()))
                .findFirst()
                .orElse(pages.getFirst());
        var problems = questionnaire.problems(draft);
        boolean isReview = page.id().equals(REVIEW) && problems.isEmpty();
        var origins = isReview ? questionnaire.bound(draft).origins() : List.<Origin>of();
        return new Scene(pages, page, stops(page, state, draft, problems, origins, !only.isEmpty()), problems, origins);
    }

    private static Page meant(Page page, Set<String> only) {
        var items = page.items().stream()
                .filter(item -> only.isEmpty() || only.stream().anyMatch(word -> isMeant(item.path(), word)))
                .toList();
        return new Page(page.id(), page.title(), page.words(), items);
    }

    private static boolean isMeant(String path, String word) {
        return path.equals(word)
                || path.startsWith(word + ".")
                || path.contains("." + word + ".")
                || path.endsWith("." + word);
    }

    private static List<String> stops(
            Page page,
            State state,
            Draft draft,
            List<AnswerProblem> problems,
            List<Origin> origins,
            boolean everything) {
        if (page.id().equals(REVIEW)) {
            var first = problems.isEmpty()
                    ? Stream.of(Action.values()).map(Action::stop)
                    : problems.stream().map(AnswerProblem::path);
            var answers = state.whole() ? origins.stream().map(Origin::path) : draft.typed().keySet().stream();
            var more = origins.isEmpty() ? Stream.<String>of() : Stream.of(MORE);
            return Stream.of(first, answers, more).flatMap(it -> it).distinct().toList();
        }
        if (page.id().equals(Page.PARTS)) {
            return page.parts().stream().map(Page.Part::path).toList();
        }
        var shown = page.fields().stream()
                .filter(field -> everything
                        || state.whole()
                        || field.question().isRequired()
                        || draft.at(field.path()).isPresent()
                        || !state.found().of(field.path()).isEmpty()
                        || problems.stream().anyMatch(problem -> isAbout(field, problem.path()))
                        || field.path().equals(state.focus()))
                .map(Page.Field::path)
                .toList();
        boolean isMore =
                !everything && (state.whole() || shown.size() < page.fields().size());
        return isMore ? Stream.concat(shown.stream(), Stream.of(MORE)).toList() : shown;
    }

    /** Gives the stop that keys go to; the first one where the state names none of this page. */
    String stop(State state) {
        return stops.contains(state.focus()) || stops.isEmpty() ? state.focus() : stops.getFirst();
    }

    /** Gives a question of this page. */
    Optional<Page.Field> field(String path) {
        return page.fields().stream().filter(field -> field.path().equals(path)).findFirst();
    }

    /** Gives a part of this page. */
    Optional<Page.Part> part(String path) {
        return page.parts().stream().filter(part -> part.path().equals(path)).findFirst();
    }

    /** Tells what is wrong with the answer to a question, or with the choice of who fills a slot. */
    List<AnswerProblem> problems(String path) {
        return problems.stream()
                .filter(problem -> part(path)
                        .map(part -> isAbout(part, problem.path()))
                        .orElseGet(() ->
                                problem.path().equals(path) || problem.path().startsWith(path + ".")))
                .toList();
    }

    /** Tells what is wrong with the answers to several questions of this page together, or with who asks them. */
    List<AnswerProblem> together() {
        return page.fields().isEmpty()
                ? List.of()
                : problems.stream()
                        .filter(problem -> problem.path().equals(page.id())
                                || problem.path().equals(page.id() + ".mode")
                                || problem.path().equals(page.id() + ".provider"))
                        .toList();
    }

    /** Gives the page so many pages on. */
    Page page(int by) {
        return pages.get(Math.clamp(pages.indexOf(page) + by, 0, pages.size() - 1));
    }

    /** Gives the page that a path is on: that of a slot is where its questions are, if it has any. */
    Optional<Page> pageOf(String path) {
        return pages.stream()
                .filter(it -> it.id().equals(path) && !it.fields().isEmpty())
                .findFirst()
                .or(() -> pages.stream()
                        .filter(it -> it.items().stream().anyMatch(item -> isAbout(item, path)))
                        .findFirst());
    }

    /** Tells whether an item is about a path; who fills a slot is asked by the slot's item. */
    static boolean isAbout(Page.Item item, String path) {
        return switch (item) {
            case Page.Field field -> path.equals(field.path()) || path.startsWith(field.path() + ".");
            case Page.Part part ->
                path.equals(part.path())
                        || path.equals(part.path() + ".mode")
                        || path.equals(part.path() + ".provider");
        };
    }
}
