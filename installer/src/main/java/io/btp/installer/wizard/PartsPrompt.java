package io.btp.installer.wizard;

import io.btp.installer.answers.Defaults;
import io.btp.installer.answers.Explanation;
import io.btp.installer.api.Provider;
import java.util.Optional;

/** Asks who runs what: everything on one list, of which any line can be changed. */
final class PartsPrompt {
    private final Desk desk;

    PartsPrompt(Desk desk) {
        this.desk = desk;
    }

    Reply ask(Page page, Draft draft) {
        var parts = page.items().stream()
                .filter(Page.Part.class::isInstance)
                .map(Page.Part.class::cast)
                .toList();
        int widest =
                parts.stream().mapToInt(part -> part.title().length()).max().orElse(0);
        for (int index = 0; index < parts.size(); index++) {
            var part = parts.get(index);
            desk.say("  %2d) %s  %s".formatted(index + 1, padded(part.title(), widest), chosen(part)));
        }
        while (true) {
            var line = desk.line("Number to change, or Enter to go on: ");
            if (line.isEmpty()) {
                return new Reply.Wished(LineWizard.Wish.QUIT);
            }
            var word = line.get().strip();
            if (word.isEmpty()) {
                var open = parts.stream()
                        .filter(part -> part.chosen().isEmpty() && !part.dispensable())
                        .findFirst();
                if (open.isEmpty()) {
                    return new Reply.Said(draft);
                }
                desk.say("Error: somebody has to be chosen for " + open.get().title() + ": number "
                        + (parts.indexOf(open.get()) + 1));
                continue;
            }
            var command = Reply.command(word);
            if (command.isPresent()) {
                return command.get();
            }
            if (word.equals("?")) {
                parts.forEach(part -> part.chosen().ifPresent(it -> explain(part, it)));
            } else if (isNumber(word, parts.size())) {
                var changed = choose(parts.get(Integer.parseInt(word) - 1), draft);
                return changed.<Reply>map(Reply.Again::new).orElseGet(() -> new Reply.Wished(LineWizard.Wish.QUIT));
            } else {
                desk.say("Error: a number from 1 to " + parts.size() + ", expected");
            }
        }
    }

    private static boolean isNumber(String word, int most) {
        return word.matches("[1-9][0-9]?") && Integer.parseInt(word) <= most;
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    private static String chosen(Page.Part part) {
        return part.chosen()
                .map(provider -> provider.description().title() + " ("
                        + provider.description().mode() + ")")
                .orElse(part.dispensable() ? Defaults.DISABLED : "to be chosen");
    }

    private void explain(Page.Part part, Provider<?, ?> provider) {
        var description = provider.description();
        desk.say("  " + part.title() + ": " + description.summary());
        Explanation.cost(description).ifPresent(cost -> desk.say("      " + cost));
    }

    private Optional<Draft> choose(Page.Part part, Draft draft) {
        var options = part.options();
        desk.say(part.title() + ": who runs it?");
        for (int index = 0; index < options.size(); index++) {
            var description = options.get(index).description();
            desk.say("  %2d) %s (%s): %s"
                    .formatted(index + 1, description.title(), description.mode(), description.summary()));
            Explanation.cost(description).ifPresent(cost -> desk.say("      " + cost));
            description.notice().ifPresent(notice -> desk.say("      Notice: " + notice));
        }
        int most = options.size() + (part.dispensable() ? 1 : 0);
        if (part.dispensable()) {
            desk.say("  %2d) %s: the platform can live without it".formatted(most, Defaults.DISABLED));
        }
        var now = part.chosen().map(options::indexOf).orElse(most - 1) + 1;
        while (true) {
            var line = desk.line("1 to " + most + " [" + now + "]: ");
            if (line.isEmpty()) {
                return Optional.empty();
            }
            var word = line.get().strip();
            if (word.isEmpty() || word.equals("back")) {
                return Optional.of(draft);
            }
            if (isNumber(word, most)) {
                int index = Integer.parseInt(word) - 1;
                return Optional.of(Questionnaire.choose(
                        draft, part, index < options.size() ? Optional.of(options.get(index)) : Optional.empty()));
            }
            desk.say("Error: a number from 1 to " + most + ", expected");
        }
    }
}
