package io.btp.installer.it.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.it.Canaries;
import io.btp.installer.it.CommandLines;
import io.btp.installer.it.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every question of every provider that asks for a secret gets one, as the schema of the answers has them: who comes later
 * is there by itself. The checks log in with them everywhere, and tell how that failed; nothing tells the secret.
 */
final class SecretAnswersIT {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String SECRET = "(env|file|exec)";

    @TempDir
    Path folder;

    /** One way to fill a slot, with what it asks. */
    private record Way(String path, List<String> choice, List<Question> questions) {
        private List<Question> secrets() {
            return questions.stream().filter(Question::secret).toList();
        }
    }

    private record Question(String key, String example, boolean required, boolean secret) {
        private boolean isBeside(Question other) {
            int dot = other.key.lastIndexOf('.');
            return dot > 0 && key.startsWith(other.key.substring(0, dot + 1));
        }
    }

    private static List<Way> ways(JsonNode schema) {
        var ways = new ArrayList<Way>();
        schema.path("properties").properties().forEach(top -> {
            place(top.getKey(), top.getValue(), ways);
            if (!top.getValue().has("allOf")) {
                top.getValue()
                        .path("properties")
                        .properties()
                        .forEach(inner -> place(top.getKey() + "." + inner.getKey(), inner.getValue(), ways));
            }
        });
        return ways.stream().filter(way -> !way.secrets().isEmpty()).toList();
    }

    private static void place(String path, JsonNode place, List<Way> ways) {
        for (var condition : place.path("allOf").values()) {
            var choice = new ArrayList<String>();
            condition
                    .path("if")
                    .path("properties")
                    .properties()
                    .forEach(said -> choice.add(path + "." + said.getKey() + "="
                            + said.getValue().path("const").asString()));
            ways.add(new Way(path, choice, questions(condition.path("then"), "", true)));
        }
        if (path.equals("connection")) {
            ways.add(new Way(path, List.of(), questions(place, "", true)));
        }
    }

    private static List<Question> questions(JsonNode schema, String prefix, boolean required) {
        var questions = new ArrayList<Question>();
        var names = new LinkedHashSet<String>();
        schema.path("required").values().forEach(name -> names.add(name.asString()));
        schema.path("properties").properties().forEach(entry -> {
            var key = prefix + entry.getKey();
            var isRequired = required && names.contains(entry.getKey());
            Stream.concat(
                            Stream.of(entry.getValue()),
                            entry.getValue().path("anyOf").valueStream())
                    .forEach(one -> {
                        if (one.has("properties")) {
                            questions.addAll(questions(one, key + ".", isRequired));
                        } else if (one.path("additionalProperties").has("properties")) {
                            questions.addAll(questions(one.path("additionalProperties"), key + ".one.", false));
                        } else if (one.path("description").asString("").contains("\nexample: ")) {
                            questions.add(question(key, one, isRequired));
                        }
                    });
        });
        return questions;
    }

    private static Question question(String key, JsonNode schema, boolean required) {
        var description = schema.path("description").asString();
        var example = description.substring(description.lastIndexOf("\nexample: ") + 10);
        return new Question(
                key,
                example.substring(example.indexOf(": ") + 2),
                required,
                schema.path("pattern").asString("").contains(SECRET));
    }

    /** Tries answers with these secrets, until those that hold together are found. */
    private static List<List<Question>> tries(Way way, Question wanted) {
        var alone = with(way, List.of(wanted));
        var tries = new ArrayList<List<Question>>();
        tries.add(with(way, way.secrets()));
        tries.add(alone);
        way.secrets().forEach(other -> tries.add(with(way, List.of(wanted, other))));
        var everything = new ArrayList<>(alone);
        way.questions().stream()
                .filter(question -> !question.secret() && !everything.contains(question))
                .forEach(everything::add);
        tries.add(everything);
        return tries;
    }

    private static List<Question> with(Way way, List<Question> secrets) {
        return way.questions().stream()
                .filter(question -> question.required()
                        || secrets.contains(question)
                        || !question.secret() && secrets.stream().anyMatch(question::isBeside))
                .toList();
    }

    private static String[] command(Way way, List<Question> questions, String... command) {
        var all = new ArrayList<>(List.of(command));
        way.choice().forEach(choice -> all.addAll(List.of("--set", choice)));
        for (var question : questions) {
            var value = question.secret() ? "${env:" + variable(way, question) + "}" : question.example();
            all.addAll(List.of("--set", way.path() + "." + question.key() + "=" + value));
        }
        return all.toArray(String[]::new);
    }

    private static String variable(Way way, Question question) {
        return "IT_" + (String.join("", way.choice()) + way.path() + question.key()).replaceAll("[^A-Za-z0-9]", "_");
    }

    @Test
    void areToldNowhere() throws IOException {
        Files.writeString(folder.resolve("btp.yaml"), """
                apiVersion: installer.btp/v1
                installation: {name: told, domain: told.btp.example}
                cluster: {mode: sandbox}
                dataPlane: {mode: sandbox}
                objectStore: {mode: sandbox}
                identity: {mode: sandbox}
                edge: {ingress: {mode: sandbox}, certificates: {mode: sandbox}, records: {mode: sandbox}}
                observability: {mode: sandbox}
                """);
        var program = new Program(folder);
        var canaries = new Canaries();
        var ways = ways(JSON.readTree(program.run("answers", "schema").output()));
        for (var way : ways) {
            way.secrets().forEach(secret -> {
                var name = variable(way, secret);
                program.with(name, Canaries.odd(name));
                canaries.with(name, Canaries.odd(name));
            });
        }
        var leaks = new Leaks(canaries);
        var given = new LinkedHashSet<String>();
        var refused = new ArrayList<String>();
        for (var way : ways) {
            for (var secret : way.secrets()) {
                if (!given.contains(variable(way, secret)) && !check(program, canaries, leaks, way, secret, given)) {
                    refused.add(variable(way, secret));
                }
            }
        }
        assertThat(refused).as("secrets for which no answers were found").isEmpty();
        assertThat(leaks.files(folder, file -> false).found()).isEmpty();
        Proof.figure("secret questions of all forms", "%d, %d contents searched", given.size(), leaks.looked());
    }

    private static boolean check(
            Program program, Canaries canaries, Leaks leaks, Way way, Question secret, Set<String> given) {
        for (var questions : tries(way, secret)) {
            if (program.run(command(way, questions, "answers", "validate")).code() == 0) {
                try (var watch = new CommandLines(canaries, Set.of())) {
                    var command = command(way, questions, "check", "--verbose");
                    leaks.printed(String.join(" ", command), program.run(command));
                    assertThat(watch.seen()).isEmpty();
                }
                questions.stream().filter(Question::secret).forEach(one -> given.add(variable(way, one)));
                return true;
            }
        }
        return false;
    }
}
