package io.btp.installer.testkit;

import io.btp.installer.api.Form;
import io.btp.installer.api.Question;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Makes answers from the questions of a form, each valid by itself. */
final class RandomAnswers {
    /** The reference that stands for every secret. */
    static final String REFERENCE = "${env:CONTRACT_CANARY}";

    private final RandomGenerator random;

    RandomAnswers(RandomGenerator random) {
        this.random = random;
    }

    /** Answers what must be answered, and some of the rest; dots lead into nested mappings. */
    Map<String, Object> to(Form<?> form) {
        var answers = new LinkedHashMap<String, Object>();
        for (var question : form.questions()) {
            if (question.isRequired() || random.nextBoolean()) {
                put(answers, question.key(), answer(question));
            }
        }
        return answers;
    }

    /** Adds references for the secrets that must be given and are not there. */
    static void putSecrets(Form<?> form, Map<String, Object> answers) {
        for (var question : form.questions()) {
            if (question.kind() == Question.Kind.SECRET && question.isRequired()) {
                put(answers, question.key(), REFERENCE);
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static void put(Map<String, Object> answers, String key, Object value) {
        int dot = key.indexOf('.');
        if (dot < 0) {
            answers.putIfAbsent(key, value);
            return;
        }
        var inner = (Map<String, Object>) answers.computeIfAbsent(key.substring(0, dot), name -> new LinkedHashMap<>());
        put(inner, key.substring(dot + 1), value);
    }

    private Object answer(Question<?> question) {
        return switch (question.kind()) {
            case TEXT -> fitting(question, pick("plain", "two words", "it's \"quoted\": #1", "naïve ☃"));
            case LABEL -> fitting(question, "label-" + random.nextInt(100));
            case HOST -> fitting(question, pick("10.0.0.7", "db.contract.example", "localhost"));
            case EMAIL -> fitting(question, "ops+%d@contract.example".formatted(random.nextInt(100)));
            case CIDR -> fitting(question, "10.%d.0.0/16".formatted(random.nextInt(256)));
            case QUANTITY -> fitting(question, random.nextInt(1, 90) + pick("Gi", "Mi", "G"));
            case URL ->
                fitting(
                        question,
                        pick("https://contract.example", "http://10.0.0.7:9000", "https://contract.example/a/path"));
            case PATH -> fitting(question, pick("/etc/ssl/ca.pem", "~/ca.pem", "folder with space/ca.pem"));
            case DURATION -> pick("90s", "10m", "2h");
            case CHOICE -> pick(question.choices().toArray(String[]::new));
            case FLAG -> random.nextBoolean();
            case PORT -> random.nextInt(1, 65_536);
            case INTEGER -> integer(question);
            case SECRET -> question.generated().isPresent() ? pick("generate", REFERENCE) : REFERENCE;
            case TEXTS -> List.of("one", "two, and more").subList(0, random.nextInt(3));
            case TREE -> Map.of("key", Map.of("inner", List.of(1, true, "text")));
            case FORMS -> Map.of("first", to(question.each().orElseThrow()));
        };
    }

    private int integer(Question<?> question) {
        long least = Math.max(question.least(), -1_000_000);
        long most = Math.min(question.most(), Math.max(1_000_000, least));
        return (int) random.nextLong(least, most + 1);
    }

    /** What a pattern or a length does not allow is replaced by the question's own example. */
    private static String fitting(Question<?> question, String answer) {
        var isFine = question.pattern()
                        .map(pattern -> pattern.matcher(answer).matches())
                        .orElse(true)
                && answer.length() >= question.least()
                && answer.length() <= question.most();
        return isFine ? answer : question.example().orElse(answer);
    }

    private String pick(String... words) {
        return words[random.nextInt(words.length)];
    }
}
