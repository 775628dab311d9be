package io.btp.installer.answers;

import io.btp.installer.answers.Node.Entry;
import io.btp.installer.answers.Node.Mapping;
import io.btp.installer.api.Answers;
import io.btp.installer.api.Form;
import io.btp.installer.api.Question;
import io.btp.installer.api.contract.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads the answers to one form. */
final class FormReader<C> {
    private final Form<C> form;
    private final String path;
    private final Decoder decoder;
    private final Problems problems;
    private final Map<String, Question<?>> questions = new LinkedHashMap<>();
    private final Map<String, Answer> answers = new LinkedHashMap<>();
    private final Set<String> unfit = new HashSet<>();

    FormReader(Form<C> form, String path, Decoder decoder, Problems problems) {
        this.form = form;
        this.path = path;
        this.decoder = decoder;
        this.problems = problems;
        form.questions().forEach(question -> questions.put(question.key(), question));
    }

    /**
     * Reads a mapping.
     *
     * @param others keys of the mapping that are read elsewhere
     * @return the configuration; empty where something is wrong, which is reported then
     */
    Optional<C> read(Mapping mapping, Set<String> others) {
        walk(mapping, "", others);
        form.questions().forEach(question -> requireAnswer(question, mapping));
        var given = new Given();
        boolean kept = true;
        for (var rule : form.rules()) {
            kept &= isKept(rule, given, mapping);
        }
        if (!kept || !unfit.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(form.configuration(given));
        } catch (IllegalArgumentException refused) {
            problems.add(AnswerProblem.of(
                    mapping.where(),
                    path,
                    "does not fit together: " + refused.getMessage(),
                    "Change the answers that are named"));
            return Optional.empty();
        }
    }

    /** Gives the answers that are valid by themselves, whatever else is missing or wrong. */
    Answers valid(Mapping mapping, Set<String> others) {
        walk(mapping, "", others);
        return new Given();
    }

    private void walk(Mapping mapping, String prefix, Set<String> others) {
        mapping.entries().forEach((name, entry) -> {
            var key = prefix + name;
            if (prefix.isEmpty() && others.contains(name)) {
                return;
            }
            if (name.contains(".") || !isKnown(key)) {
                Sections.unknown(
                        problems, entry, below(prefix), name, problems.isFull() ? Set.of() : known(prefix, others));
                return;
            }
            if (!entry.value().isNothing()) {
                readEntry(key, entry);
            }
        });
    }

    private String below(String prefix) {
        return prefix.isEmpty() ? path : path + "." + prefix.substring(0, prefix.length() - 1);
    }

    private boolean isKnown(String key) {
        return questions.containsKey(key) || leads(key);
    }

    private boolean leads(String key) {
        return questions.keySet().stream().anyMatch(it -> it.startsWith(key + "."));
    }

    private Set<String> known(String prefix, Set<String> others) {
        var known = new TreeSet<>(prefix.isEmpty() ? others : Set.of());
        questions.keySet().stream()
                .filter(key -> key.startsWith(prefix))
                .map(key -> key.substring(prefix.length()).split("\\.", 2)[0])
                .forEach(known::add);
        return known;
    }

    private void readEntry(String key, Entry entry) {
        var question = Optional.<Question<?>>ofNullable(questions.get(key));
        if (leads(key) && entry.value() instanceof Mapping inner) {
            walk(new Mapping(inner.entries(), entry.key()), key + ".", Set.of());
            return;
        }
        if (question.isPresent()) {
            decoder.decode(question.get(), entry.value(), path + "." + key)
                    .ifPresentOrElse(answer -> answers.put(key, answer), () -> unfit.add(key));
            return;
        }
        questions.keySet().stream().filter(it -> it.startsWith(key + ".")).forEach(unfit::add);
        if (!(entry.value() instanceof Node.Refused)) {
            // What stands in place of a mapping that holds secrets is not quoted.
            problems.add(AnswerProblem.of(
                    entry.value().where(),
                    path + "." + key,
                    "is no mapping, expected one with " + String.join(", ", known(key + ".", Set.of())),
                    "Write keys and values below it"));
        }
    }

    private void requireAnswer(Question<?> question, Mapping mapping) {
        var key = question.key();
        if (!question.isRequired() || answers.containsKey(key) || unfit.contains(key)) {
            return;
        }
        unfit.add(key);
        var because = question.because().map(it -> " (" + it + ")").orElse("");
        problems.add(AnswerProblem.of(
                mapping.where(),
                path + "." + key,
                "is missing: " + question.title() + ", " + Expectations.expected(question) + because,
                Expectations.remedy(question, key)));
    }

    private boolean isKept(Form.Rule rule, Given given, Mapping mapping) {
        if (rule.questions().stream().anyMatch(question -> unfit.contains(question.key()))) {
            return true;
        }
        var violation = rule.violation().apply(given);
        violation.ifPresent(what -> problems.add(AnswerProblem.of(
                placeOf(rule.questions(), mapping),
                path,
                "breaks the rule \"" + rule.name() + "\": " + what,
                "Change " + keys(rule))));
        return violation.isEmpty();
    }

    private static String keys(Form.Rule rule) {
        return String.join(" or ", rule.questions().stream().map(Question::key).toList());
    }

    private Provenance placeOf(List<Question<?>> concerned, Mapping mapping) {
        return concerned.stream()
                .flatMap(question -> Optional.ofNullable(answers.get(question.key())).stream())
                .map(Answer::where)
                .findFirst()
                .orElse(mapping.where());
    }

    /** Gives by key every answer in force: those that were given, and the defaults that can be written down. */
    Map<String, Answer> inForce() {
        var all = new LinkedHashMap<String, Answer>();
        form.questions()
                .forEach(question -> Optional.ofNullable(answers.get(question.key()))
                        .or(() -> byDefault(question))
                        .ifPresent(answer -> all.put(question.key(), answer)));
        return all;
    }

    /** Gives the version of what runs, where the form asks one. Called once the form was read. */
    Optional<EngineVersion<C>> engine() {
        return Optional.<Question<?>>ofNullable(questions.get(EngineVersion.KEY))
                .flatMap(question -> new Given().find(question))
                .filter(String.class::isInstance)
                .map(version -> new EngineVersion<>(
                        (String) version,
                        answers.containsKey(EngineVersion.KEY),
                        other -> form.configuration(new Moved(other))));
    }

    private static Optional<Answer> byDefault(Question<?> question) {
        var where = new Provenance.ByDefault();
        if (question.generated().isPresent()) {
            return Optional.of(new Answer(Answer.GENERATE, "generate", where));
        }
        return question.fallback().flatMap(value -> plain(value).map(plain -> new Answer(value, plain, where)));
    }

    private static Optional<Object> plain(Object value) {
        return switch (value) {
            case Secret hidden -> Optional.empty();
            case Duration duration -> Texts.written(duration).map(text -> text);
            case URI uri -> Optional.of(uri.toString());
            case Object other -> Optional.of(other);
        };
    }

    /** What the form's functions get where another version is in force than the answers say. */
    private final class Moved implements Answers {
        private final Given given = new Given();
        private final String version;

        Moved(String version) {
            this.version = version;
        }

        @Override
        @SuppressWarnings("unchecked") // the question is one for a text
        public <T> Optional<T> find(Question<T> question) {
            return question.key().equals(EngineVersion.KEY) ? Optional.of((T) version) : given.find(question);
        }
    }

    /** What the form's functions get. */
    private final class Given implements Answers {
        @Override
        @SuppressWarnings("unchecked") // the decoder makes what the question's kind says
        public <T> Optional<T> find(Question<T> question) {
            if (!questions.containsKey(question.key())) {
                throw new IllegalStateException("The form does not ask " + question.key());
            }
            var answer = Optional.ofNullable(answers.get(question.key()));
            if (answer.isPresent()) {
                return answer.filter(it -> !it.value().equals(Answer.GENERATE)).map(it -> (T) it.value());
            }
            return question.generated().isPresent() ? Optional.empty() : question.fallback();
        }
    }
}
