package io.btp.installer.wizard;

import io.btp.installer.answers.AnswerProblem;
import io.btp.installer.answers.Explanation;
import io.btp.installer.answers.Written;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.Question;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Asks one question, until the answer is valid or something else is wanted. */
final class FieldPrompt {
    private static final String TAKE_BACK = "-";
    private static final int MOST_FOUND = 5;

    private final Questionnaire questionnaire;
    private final Desk desk;
    private final SecretHomes homes;

    FieldPrompt(Questionnaire questionnaire, Desk desk, SecretHomes homes) {
        this.questionnaire = questionnaire;
        this.desk = desk;
        this.homes = homes;
    }

    /**
     * @param found answers that can be offered, the best one first
     */
    Reply ask(Page.Field field, Draft draft, List<String> found) {
        field.question().because().filter(ignored -> field.isOpen()).ifPresent(words -> desk.say("  Why: " + words));
        if (!found.isEmpty()) {
            desk.say("  " + Found.line(found, MOST_FOUND));
        }
        while (true) {
            var line = desk.line(prompt(field));
            if (line.isEmpty()) {
                return new Reply.Wished(LineWizard.Wish.QUIT);
            }
            var word = line.get().strip();
            var command = Reply.command(word);
            if (command.isPresent()) {
                return command.get();
            }
            var answered = word.equals("?") ? explained(field, found) : answered(field, draft, word);
            if (answered.isPresent()) {
                return answered.get();
            }
        }
    }

    private Optional<Reply> explained(Page.Field field, List<String> found) {
        desk.say("  " + field.path() + ": " + field.question().title());
        Explanation.facts(field.question()).forEach(fact -> desk.say("    " + fact));
        if (!found.isEmpty()) {
            desk.say("    " + Found.line(found, found.size()));
        }
        if (!field.question().isRequired()) {
            desk.say("    " + TAKE_BACK + " takes an answer back");
        }
        return Optional.empty();
    }

    private Optional<Reply> answered(Page.Field field, Draft draft, String word) {
        if (word.isEmpty()) {
            return isHidden(field) ? hidden(field, draft) : taken(field, draft);
        }
        if (word.equals(TAKE_BACK) && !field.question().isRequired()) {
            return Optional.of(new Reply.Said(draft.without(field.path())));
        }
        return accepted(field, draft.with(field.path(), Written.of(field.question(), number(field, word))));
    }

    /** A choice may be answered by its number, as it is shown. */
    private static String number(Page.Field field, String word) {
        var choices = choices(field.question());
        if (!word.matches("[1-9][0-9]?") || Integer.parseInt(word) > choices.size()) {
            return word;
        }
        return choices.get(Integer.parseInt(word) - 1);
    }

    private static List<String> choices(Question<?> question) {
        return question.kind() == Question.Kind.FLAG ? List.of("true", "false") : question.choices();
    }

    private static boolean isHidden(Page.Field field) {
        return field.question().kind() == Question.Kind.SECRET && field.isOpen();
    }

    private Optional<Reply> taken(Page.Field field, Draft draft) {
        if (field.isOpen()) {
            desk.say("Error: an answer is needed; ? explains");
            return Optional.empty();
        }
        return accepted(field, draft);
    }

    /** What is wrong with this answer is told at once; what is missing elsewhere is asked later. */
    private Optional<Reply> accepted(Page.Field field, Draft draft) {
        var wrong = questionnaire.problems(draft).stream()
                .filter(problem ->
                        problem.path().equals(field.path()) || problem.path().startsWith(field.path() + "."))
                .toList();
        for (var problem : wrong) {
            desk.say("Error: " + sentence(field, problem));
        }
        return wrong.isEmpty() ? Optional.of(new Reply.Said(draft)) : Optional.empty();
    }

    private static String sentence(Page.Field field, AnswerProblem problem) {
        var hint = field.question().kind() == Question.Kind.SECRET ? ", or press Enter to type it hidden" : "";
        return problem.sentence() + ". " + problem.remedy() + hint;
    }

    private Optional<Reply> hidden(Page.Field field, Draft draft) {
        var typed = desk.hidden("  " + field.question().title() + " (not shown): ");
        if (typed.isEmpty()) {
            return Optional.of(new Reply.Wished(LineWizard.Wish.QUIT));
        }
        if (typed.get().length == 0) {
            desk.say("Error: nothing was typed");
            return Optional.empty();
        }
        desk.say("  Where is it to be kept? The answers file holds no secret.");
        var homes = SecretHomes.words(field.path());
        for (int index = 0; index < homes.size(); index++) {
            desk.say("   " + (index + 1) + ") " + homes.get(index));
        }
        while (true) {
            var line = desk.line("  1 to 3 [1]: ");
            if (line.isEmpty()) {
                return Optional.of(new Reply.Wished(LineWizard.Wish.QUIT));
            }
            var reference = reference(field, typed.get(), line.get().strip());
            if (reference.isPresent()) {
                Arrays.fill(typed.get(), '\0');
                return accepted(field, draft.with(field.path(), Written.of(field.question(), reference.get())));
            }
        }
    }

    private Optional<String> reference(Page.Field field, char[] typed, String word) {
        switch (word) {
            case "", "1" -> {
                try {
                    return Optional.of(homes.keep(field.path(), typed));
                } catch (ProviderException unwritable) {
                    desk.say("Error: " + unwritable.problem().summary() + ". "
                            + unwritable.problem().remedy());
                }
            }
            case "2" -> {
                return Optional.of("${env:" + SecretHomes.variable(field.path()) + "}");
            }
            case "3" -> {
                return Optional.of("${prompt}");
            }
            default -> desk.say("Error: a number from 1 to 3, expected");
        }
        return Optional.empty();
    }

    private static String prompt(Page.Field field) {
        var question = field.question();
        var numbered = choices(question);
        var words = new StringBuilder(question.title());
        if (!numbered.isEmpty()) {
            words.append(" (");
            for (int index = 0; index < numbered.size(); index++) {
                words.append(index == 0 ? "" : ", ")
                        .append(index + 1)
                        .append(' ')
                        .append(numbered.get(index));
            }
            words.append(')');
        } else if (isHidden(field)) {
            words.append(" (a reference such as ${env:NAME}; Enter to type it hidden)");
        } else if (field.isOpen()) {
            question.example()
                    .ifPresent(example ->
                            words.append(" (for example ").append(example).append(')'));
        }
        var now = field.answer().or(() -> Explanation.plain(question)).or(() -> generated(question));
        now.filter(text -> !text.isEmpty())
                .ifPresent(text -> words.append(" [").append(text).append(']'));
        return words.append(": ").toString();
    }

    private static Optional<String> generated(Question<?> question) {
        return question.generated().map(ignored -> "generate");
    }
}
