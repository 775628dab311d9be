package io.btp.installer.testkit;

import io.btp.installer.answers.AnswersTree;
import io.btp.installer.answers.Binder;
import io.btp.installer.answers.Defaults;
import io.btp.installer.answers.Outline;
import io.btp.installer.answers.Written;
import io.btp.installer.api.Provider;
import io.btp.installer.api.Question;
import io.btp.installer.screen.Input;
import io.btp.installer.screen.Input.Key;
import io.btp.installer.wizard.Desk;
import io.btp.installer.wizard.Draft;
import io.btp.installer.wizard.LineWizard;
import io.btp.installer.wizard.Page;
import io.btp.installer.wizard.Questionnaire;
import io.btp.installer.wizard.SecretHomes;
import io.btp.installer.wizard.screen.State;
import io.btp.installer.wizard.screen.Walking;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/** Has the wizard ask everything that a provider asks, of somebody who knows the answers. */
final class Interview {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String REVIEW = "review";
    private static final int PATIENCE = 100;

    private final Provider<?, ?> provider;
    private final Questionnaire questionnaire;
    private final Set<String> only;

    /**
     * Prepares it.
     *
     * @param base an answers file that chooses the provider, and answers nothing for it
     */
    Interview(Provider<?, ?> provider, Binder binder, AnswersTree base) {
        this.provider = provider;
        this.questionnaire =
                new Questionnaire(Outline.of(List.of(provider), Defaults.standard()), binder, base, List.of());
        this.only = Set.of(provider.slot().path());
    }

    /** Gives what a person types, by the path of the question. */
    private Map<String, String> typed(Map<String, Object> answers) {
        var typed = new LinkedHashMap<String, String>();
        for (var question : provider.form().questions()) {
            Optional<Object> answer = Optional.of(answers);
            for (var name : question.key().split("\\.", -1)) {
                answer = answer.map(tree -> ((Map<?, ?>) tree).get(name));
            }
            answer.ifPresent(value -> typed.put(path(question), Written.typed(JSON.writeValueAsString(value))));
        }
        return typed;
    }

    private String path(Question<?> question) {
        return provider.slot().path() + "." + question.key();
    }

    /** Gives the answers, in the one way to write them, of somebody who is asked line by line. */
    String byLine(Map<String, Object> answers) {
        var person = new Person(typed(answers));
        var wizard = new LineWizard(
                questionnaire,
                (known, found) -> {},
                person,
                new SecretHomes(Path.of("/nowhere")),
                person::at,
                only,
                "btp install");
        return canonical(wizard.walk(Draft.empty()).draft());
    }

    private String canonical(Draft draft) {
        return questionnaire.bound(draft).canonical();
    }

    /** Answers each prompt by the question that it belongs to. */
    private static final class Person implements Desk {
        private final Map<String, String> typed;
        private final StringBuilder seen = new StringBuilder();
        private String stop = "";
        private int prompts;

        Person(Map<String, String> typed) {
            this.typed = typed;
        }

        void at(Draft draft) {
            stop = draft.stop();
            prompts = 0;
        }

        @Override
        public void say(String line) {
            seen.append(line).append('\n');
        }

        @Override
        public Optional<String> line(String prompt) {
            say(prompt);
            if (++prompts > 1) {
                throw new AssertionError("it is asked again:\n" + seen);
            }
            return Optional.of(
                    switch (stop) {
                        case Page.PARTS -> "";
                        case REVIEW -> "save";
                        default -> typed.getOrDefault(stop, "");
                    });
        }

        @Override
        public Optional<char[]> hidden(String prompt) {
            throw new AssertionError(prompt + " is asked although a reference was given");
        }
    }

    /** Gives the answers, in the one way to write them, of somebody who presses keys. */
    String byScreen(Map<String, Object> answers) {
        var walking = new Walking(questionnaire, only);
        var typed = typed(answers);
        var state = walking.begin(Draft.empty()).state();
        for (int page = 0; !state.page().equals(REVIEW); page++) {
            if (state.page().equals(provider.slot().path())) {
                for (var question : provider.form().questions()) {
                    var text = Optional.ofNullable(typed.get(path(question)));
                    if (text.isPresent()) {
                        state = answered(walking, state, question, text.get());
                    }
                }
            }
            state = pressed(walking, state, Key.PAGE_DOWN);
            within(page, state);
        }
        return canonical(state.draft());
    }

    private State answered(Walking walking, State begun, Question<?> question, String text) {
        var state = begun;
        for (int key = 0; !state.focus().equals(path(question)); key++) {
            state = pressed(walking, state, Key.TAB);
            within(key, state);
        }
        if (question.kind() != Question.Kind.FLAG && question.kind() != Question.Kind.CHOICE) {
            state = pressed(walking, state, Key.CLEAR);
            return walking.turn(state, new Input.Pasted(text)).state();
        }
        for (int key = 0; !state.draft().at(path(question)).map(Written::typed).equals(Optional.of(text)); key++) {
            state = pressed(walking, state, Key.RIGHT);
            within(key, state);
        }
        return state;
    }

    private static State pressed(Walking walking, State state, Key key) {
        return walking.turn(state, new Input.Pressed(key)).state();
    }

    private static void within(int keys, State state) {
        if (keys > PATIENCE) {
            throw new AssertionError("keys lead nowhere at " + state.focus() + " of " + state.page());
        }
    }
}
