package io.btp.installer.api;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The questions of a provider, and the function from answers to its configuration.
 *
 * <p>The question {@code version}, a text or a choice, is special: what it was answered with when a component was first
 * installed, by default too, stays in force until {@code btp upgrade} moves it. Whatever version of an operand a provider
 * would otherwise set by itself had better be the default of that question.
 *
 * @param <C> the configuration
 */
public final class Form<C> {
    /**
     * A rule over several questions.
     *
     * @param name says what is demanded, for example {@code tls.ca only with verify-full}
     * @param violation gives what is wrong, or nothing
     * @param questions the questions that it is shown at
     */
    public record Rule(String name, Function<Answers, Optional<String>> violation, List<Question<?>> questions) {}

    private final List<Question<?>> questions;
    private final List<Rule> rules;
    private final Function<Answers, C> configuration;

    private Form(List<Question<?>> questions, List<Rule> rules, Function<Answers, C> configuration) {
        this.questions = questions;
        this.rules = rules;
        this.configuration = configuration;
    }

    /**
     * Asks these questions, in this order.
     *
     * @param configuration called with valid answers only; may throw {@link IllegalArgumentException} with words for
     *     people where the record refuses them together
     */
    public static <C> Form<C> of(Function<Answers, C> configuration, Question<?>... questions) {
        var keys = new HashSet<String>();
        for (var question : questions) {
            if (!keys.add(question.key())) {
                throw new IllegalArgumentException("a form asks a question once: " + question.key());
            }
        }
        return new Form<>(List.of(questions), List.of(), configuration);
    }

    /** Asks nothing. */
    public static Form<Map<String, Object>> empty() {
        return of(answers -> Map.of());
    }

    /** Adds a rule over several questions. Checked once each of them is valid by itself. */
    public Form<C> rule(String name, Function<Answers, Optional<String>> violation, Question<?>... concerned) {
        var all = new ArrayList<>(rules);
        all.add(new Rule(name, violation, List.of(concerned)));
        return new Form<>(questions, List.copyOf(all), configuration);
    }

    /** Gives the questions, in order. */
    public List<Question<?>> questions() {
        return questions;
    }

    /** Gives the rules. */
    public List<Rule> rules() {
        return rules;
    }

    /** Makes the configuration from valid answers. Called by the host. */
    public C configuration(Answers answers) {
        return configuration.apply(answers);
    }
}
