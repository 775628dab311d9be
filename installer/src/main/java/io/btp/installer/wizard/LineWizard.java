package io.btp.installer.wizard;

import io.btp.installer.answers.AnswerProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Walks a person through the pages, one question at a time. */
public final class LineWizard {
    /** What a person wants done with the answers. */
    public enum Wish {
        /** Write the file, and leave. */
        SAVE,
        /** Write the file, prove it, and come back. */
        CHECK,
        /** Write the file, show the plan, and come back. */
        PLAN,
        /** Write the file, and install. */
        INSTALL,
        /** Leave; what was said is kept as a draft. */
        QUIT
    }

    /**
     * How a walk ended.
     *
     * @param draft what was said
     * @param wish what is wanted now
     * @param name of another file beside the answers, to save them in; empty for their own
     */
    public record Outcome(Draft draft, Wish wish, Optional<String> name) {}

    /** Stands for the review among the stops. */
    private static final String REVIEW = "review";

    private final Questionnaire questionnaire;
    private final Finder finder;
    private final Desk desk;
    private final FieldPrompt fields;
    private final PartsPrompt parts;
    private final Consumer<Draft> saving;
    private final Set<String> only;
    private final String equal;
    private String whole = "";
    private String shown = "";
    private boolean greeted;

    /**
     * Prepares a walk.
     *
     * @param finder looks for answers that can be offered, in another thread
     * @param saving keeps the draft after every answer
     * @param only slots or groups to ask about; empty for all
     * @param equal the command that does the same without questions
     */
    public LineWizard(
            Questionnaire questionnaire,
            Finder finder,
            Desk desk,
            SecretHomes homes,
            Consumer<Draft> saving,
            Set<String> only,
            String equal) {
        this.questionnaire = questionnaire;
        this.finder = finder;
        this.desk = desk;
        this.fields = new FieldPrompt(questionnaire, desk, homes);
        this.parts = new PartsPrompt(desk);
        this.saving = saving;
        this.only = Set.copyOf(only);
        this.equal = equal;
    }

    private record Stop(Page page, String path) {}

    /** Walks from where the draft is to a wish. */
    public Outcome walk(Draft begun) {
        try (var offers = new Offers(questionnaire, finder)) {
            return walk(begun, offers);
        }
    }

    private Outcome walk(Draft begun, Offers offers) {
        var draft = begun;
        while (true) {
            offers.look(draft);
            var pages = questionnaire.pages(draft);
            var stops = stops(pages, draft);
            int index = indexOf(stops, draft.stop());
            var stop = stops.get(index);
            draft = draft.on(stop.path());
            saving.accept(draft);
            head(pages, stop);
            var answer = stop.path().equals(REVIEW) ? review(draft) : ask(stop, draft, offers);
            switch (answer) {
                case Reply.Said(var changed) ->
                    draft = changed.on(next(stops(questionnaire.pages(changed), changed), stop.path()));
                case Reply.Again(var changed) -> draft = changed;
                case Reply.Back ignored ->
                    draft = draft.on(stops.get(Math.max(0, index - 1)).path());
                case Reply.Review ignored -> draft = draft.on(REVIEW);
                case Reply.Listed ignored -> list(pages, draft);
                case Reply.Edit(var page) -> draft = edit(pages, draft, page);
                case Reply.Wished(var wish) -> {
                    shown = "";
                    return new Outcome(draft, wish, Optional.empty());
                }
                case Reply.SavedAs(var name) -> {
                    shown = "";
                    return new Outcome(draft, Wish.SAVE, Optional.of(name));
                }
            }
        }
    }

    private List<Stop> stops(List<Page> pages, Draft draft) {
        var stops = new ArrayList<Stop>();
        for (var page : pages) {
            if (page.id().equals(Page.PARTS)) {
                var meant = page.items().stream()
                        .filter(part -> isMeant(part.path()))
                        .toList();
                if (!meant.isEmpty()) {
                    stops.add(new Stop(new Page(page.id(), page.title(), page.words(), meant), Page.PARTS));
                }
                continue;
            }
            page.fields().stream()
                    .filter(field -> isAsked(page, field, draft))
                    .forEach(field -> stops.add(new Stop(page, field.path())));
        }
        stops.add(new Stop(new Page(REVIEW, "review", List.of(), List.of()), REVIEW));
        return stops;
    }

    private boolean isAsked(Page page, Page.Field field, Draft draft) {
        if (page.id().equals(whole)) {
            return true;
        }
        if (!only.isEmpty()) {
            return isMeant(page.id());
        }
        return field.question().isRequired() || draft.at(field.path()).isPresent();
    }

    private boolean isMeant(String path) {
        return only.isEmpty()
                || only.stream()
                        .anyMatch(
                                word -> path.equals(word) || path.startsWith(word + ".") || path.endsWith("." + word));
    }

    private static int indexOf(List<Stop> stops, String path) {
        for (int index = 0; index < stops.size(); index++) {
            if (stops.get(index).path().equals(path)) {
                return index;
            }
        }
        return 0;
    }

    private static String next(List<Stop> stops, String path) {
        return stops.get(Math.min(stops.size() - 1, indexOf(stops, path) + 1)).path();
    }

    private Reply ask(Stop stop, Draft draft, Offers offers) {
        if (stop.path().equals(Page.PARTS)) {
            return parts.ask(stop.page(), draft);
        }
        var field = stop.page().fields().stream()
                .filter(it -> it.path().equals(stop.path()))
                .findFirst()
                .orElseThrow();
        return fields.ask(field, draft, offers.of(field, draft));
    }

    private void head(List<Page> pages, Stop stop) {
        if (shown.equals(stop.page().id())) {
            return;
        }
        if (!greeted) {
            greeted = true;
            desk.say("Nothing is changed until you confirm at the end. Enter takes what stands in [brackets].");
            desk.say("? explains, back goes back, list shows all pages, review goes to the end, quit leaves.");
        }
        shown = stop.page().id();
        desk.say("");
        var ids = pages.stream().map(Page::id).toList();
        var place = ids.contains(shown) ? "Page %d of %d: ".formatted(ids.indexOf(shown) + 1, ids.size()) : "";
        desk.say(place + stop.page().title());
        stop.page().words().forEach(words -> desk.say("  " + words));
    }

    private void list(List<Page> pages, Draft draft) {
        var wrong =
                questionnaire.problems(draft).stream().map(AnswerProblem::path).toList();
        for (int index = 0; index < pages.size(); index++) {
            var page = pages.get(index);
            var given = page.fields().stream()
                    .filter(field -> field.answer().isPresent())
                    .count();
            var bad = wrong.stream()
                    .filter(path -> path.equals(page.id()) || path.startsWith(page.id() + "."))
                    .count();
            desk.say("  %2d) %s%s%s"
                    .formatted(
                            index + 1,
                            page.title(),
                            page.fields().isEmpty()
                                    ? ""
                                    : ": %d of %d answered"
                                            .formatted(given, page.fields().size()),
                            bad == 0 ? "" : ", " + bad + " to mend"));
        }
        desk.say("  edit NUMBER asks everything of a page, optional settings too");
    }

    private Draft edit(List<Page> pages, Draft draft, String word) {
        var found = pages.stream()
                .filter(page -> page.id().equals(word)
                        || word.equals(String.valueOf(pages.indexOf(page) + 1))
                        || page.fields().stream().anyMatch(field -> field.path().equals(word)))
                .findFirst();
        if (found.isEmpty()) {
            desk.say("There is no page " + word + ": list shows them");
            return draft;
        }
        whole = found.get().id();
        shown = "";
        var first = found.get().fields().stream().map(Page.Field::path).toList();
        return draft.on(first.contains(word) ? word : first.isEmpty() ? Page.PARTS : first.getFirst());
    }

    private Reply review(Draft draft) {
        draft.typed().forEach((path, yaml) -> desk.say("  " + path + ": " + yaml));
        var unused = questionnaire.unused(draft);
        if (!unused.isEmpty()) {
            desk.say("  Not used any more: " + String.join(", ", unused));
        }
        var problems = questionnaire.problems(draft);
        problems.forEach(problem -> desk.say("  Error: " + problem.sentence() + ". " + problem.remedy()));
        if (problems.isEmpty()) {
            desk.say("  The answers are complete. Nothing has been proved against the world yet: check does that.");
        }
        desk.say("  The same without questions: " + equal);
        var choices = problems.isEmpty()
                ? "check, plan, install, save, save NAME, edit NUMBER, list, back, quit"
                : "edit NUMBER, list, back, quit";
        var line = desk.line(choices + " [" + (problems.isEmpty() ? "plan" : "edit " + first(problems)) + "]: ");
        if (line.isEmpty()) {
            return new Reply.Wished(Wish.QUIT);
        }
        var word = line.get().strip();
        if (word.isEmpty()) {
            return problems.isEmpty() ? new Reply.Wished(Wish.PLAN) : new Reply.Edit(first(problems));
        }
        var command = Reply.command(word);
        if (command.isPresent()) {
            return command.get();
        }
        if (word.startsWith("save ") && problems.isEmpty()) {
            return new Reply.SavedAs(word.substring(5).strip());
        }
        var wish = List.of(Wish.CHECK, Wish.PLAN, Wish.INSTALL, Wish.SAVE).stream()
                .filter(it -> it.name().equalsIgnoreCase(word))
                .findFirst();
        if (wish.isPresent() && problems.isEmpty()) {
            return new Reply.Wished(wish.get());
        }
        desk.say("Error: " + (wish.isPresent() ? "mend what is wrong first" : "not one of " + choices));
        return new Reply.Review();
    }

    /** Gives the question that the first problem is about, or its page. */
    private static String first(List<AnswerProblem> problems) {
        return Optional.of(problems.getFirst().path())
                .filter(path -> !path.isEmpty())
                .orElse("installation");
    }
}
