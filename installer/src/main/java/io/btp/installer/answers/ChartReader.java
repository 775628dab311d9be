package io.btp.installer.answers;

import io.btp.installer.answers.Node.Mapping;
import io.btp.installer.api.Chart;
import io.btp.installer.api.Description;
import io.btp.installer.api.Form;
import io.btp.installer.api.Login;
import io.btp.installer.api.Question;
import io.btp.installer.api.contract.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Reads what the answers say of the chart that a provider is made of: {@code version}, {@code chart}, {@code values}. */
final class ChartReader {
    private static final Question<String> VERSION = Question.text("version", "version of the chart")
            .matching("[A-Za-z0-9][A-Za-z0-9.+_-]*", "1.2.3")
            .optional();
    private static final Question<Map<String, Object>> VALUES =
            Question.tree("values", "values of the chart").optional();
    private static final Question<String> SHORT =
            Question.text("chart", "place of the chart").example("oci://registry.acme.example/charts/valkey");
    private static final Question<URI> REPOSITORY = Question.url("repository", "chart repository")
            .example("https://charts.acme.example")
            .optional();
    private static final Question<URI> OCI = Question.url("oci", "OCI reference")
            .example("oci://registry.acme.example/charts/valkey")
            .optional();
    private static final Question<String> FILE = Question.path("file", "archive or folder")
            .example("charts/valkey.tgz")
            .optional();
    private static final Question<String> NAME = Question.text("name", "name of the chart")
            .matching("[a-z0-9][a-z0-9._-]*", "valkey")
            .optional();
    private static final Question<String> DIGEST = Question.text("digest", "digest of the archive")
            .matching(AnswersTree.DIGEST.pattern(), "sha256:" + "0".repeat(64))
            .optional();

    private static final Question<String> USERNAME = Question.text("username", "who reads from there")
            .matching("[^:\\s]+", "acme")
            .optional();
    private static final Question<Secret> PASSWORD =
            Question.secret("password", "password of who reads from there").optional();

    private final Decoder decoder;
    private final Paths paths;
    private final Problems problems;

    ChartReader(Decoder decoder, Paths paths, Problems problems) {
        this.decoder = decoder;
        this.paths = paths;
        this.problems = problems;
    }

    /** Where a chart comes from, as far as the answers say. */
    private record Place(
            Optional<URI> location, Optional<String> name, Optional<String> digest, Optional<Login> login) {
        static final Place UNSAID = at(Optional.empty());

        static Place at(Optional<URI> location) {
            return new Place(location, Optional.empty(), Optional.empty(), Optional.empty());
        }
    }

    /**
     * What is in force.
     *
     * @param chart the chart; empty where the provider is made of none
     * @param pinned whether the answers name the version
     * @param values the user's own values
     * @param answers what was said, by key below the slot
     */
    record Read(Optional<Chart> chart, boolean pinned, Map<String, Object> values, Map<String, Answer> answers) {
        static final Read NOTHING = new Read(Optional.empty(), false, Map.of(), Map.of());
    }

    /** Lists the keys that are read here, for a provider. */
    static Set<String> keys(Description description, Form<?> form) {
        var keys = new TreeSet<String>();
        if (description.chart().isPresent()) {
            keys.addAll(Set.of(VERSION.key(), SHORT.key(), VALUES.key()));
        }
        form.questions().forEach(question -> keys.remove(question.key().split("\\.", 2)[0]));
        return keys;
    }

    /** Gives what is asked here, for a provider; a chart's place has a short form and a long one. */
    static List<Question<?>> questions(Description description, Form<?> form) {
        var keys = keys(description, form);
        return Stream.<Question<?>>of(VERSION, SHORT.optional(), VALUES)
                .filter(question -> keys.contains(question.key()))
                .toList();
    }

    /** Reads them; empty where something is wrong, which is reported then. */
    Optional<Read> read(Description description, Form<?> form, String path, Mapping own) {
        var keys = keys(description, form);
        if (description.chart().isEmpty()) {
            return Optional.of(Read.NOTHING);
        }
        var answers = new LinkedHashMap<String, Answer>();
        boolean fits = take(VERSION, keys, path, own, answers);
        fits &= take(VALUES, keys, path, own, answers);
        var place = keys.contains(SHORT.key()) ? place(path, own, answers) : Optional.of(Place.UNSAID);
        if (!fits || place.isEmpty()) {
            return Optional.empty();
        }
        return chart(description.chart().get(), place.get(), path, own, answers)
                .map(chart ->
                        new Read(Optional.of(chart), answers.containsKey(VERSION.key()), values(answers), answers));
    }

    private boolean take(
            Question<?> question, Set<String> keys, String path, Mapping own, Map<String, Answer> answers) {
        var entry = own.find(question.key()).filter(it -> keys.contains(question.key()));
        var answer = entry.flatMap(it -> decoder.decode(question, it.value(), path + "." + question.key()));
        answer.ifPresent(it -> answers.put(question.key(), it));
        return entry.isPresent() == answer.isPresent();
    }

    @SuppressWarnings("unchecked") // the decoder makes a mapping of a tree
    private static Map<String, Object> values(Map<String, Answer> answers) {
        return Optional.ofNullable(answers.get(VALUES.key()))
                .map(answer -> (Map<String, Object>) answer.value())
                .orElse(Map.of());
    }

    private Optional<Place> place(String path, Mapping own, Map<String, Answer> answers) {
        var entry = own.find(SHORT.key());
        if (entry.isEmpty()) {
            return Optional.of(Place.UNSAID);
        }
        var inner = path + "." + SHORT.key();
        if (entry.get().value() instanceof Mapping mapping) {
            return longPlace(inner, new Mapping(mapping.entries(), entry.get().key()), answers);
        }
        return decoder.decode(SHORT, entry.get().value(), inner)
                .flatMap(answer -> shortPlace((String) answer.value(), answer.where(), inner, answers));
    }

    private Optional<Place> shortPlace(String text, Provenance where, String path, Map<String, Answer> answers) {
        boolean url = text.matches("[a-z]+:.*");
        try {
            if (url && Texts.hasPassword(text)) {
                throw new IllegalArgumentException("a chart's place has no user name or password");
            }
            var location = url ? URI.create(text) : paths.resolve(text).toUri();
            answers.put(
                    "chart", new Answer(text, url ? text : paths.resolve(text).toString(), where));
            return Optional.of(Place.at(Optional.of(location)));
        } catch (IllegalArgumentException invalid) {
            problems.add(AnswerProblem.of(
                    where,
                    path,
                    "is no place of a chart that can be used here",
                    "Write https://…, oci://… or the path of a file"));
            return Optional.empty();
        }
    }

    private Optional<Place> longPlace(String path, Mapping mapping, Map<String, Answer> answers) {
        var form = Form.of(
                        given -> new Place(
                                given.find(REPOSITORY)
                                        .or(() -> given.find(OCI))
                                        .or(() -> given.find(FILE)
                                                .map(file -> Path.of(file).toUri())),
                                given.find(NAME),
                                given.find(DIGEST),
                                given.find(USERNAME).map(user -> new Login(user, given.get(PASSWORD)))),
                        REPOSITORY,
                        OCI,
                        FILE,
                        NAME,
                        DIGEST,
                        USERNAME,
                        PASSWORD)
                .rule(
                        "username with password",
                        given -> given.find(USERNAME).isPresent()
                                        == given.find(PASSWORD).isPresent()
                                ? Optional.empty()
                                : Optional.of("username and password are given together or not at all"),
                        USERNAME,
                        PASSWORD)
                .rule(
                        "one of repository, oci and file",
                        given -> Stream.of(REPOSITORY, OCI, FILE)
                                                .filter(question ->
                                                        given.find(question).isPresent())
                                                .count()
                                        > 1
                                ? Optional.of("it names several places")
                                : Optional.empty(),
                        REPOSITORY,
                        OCI,
                        FILE);
        var reader = new FormReader<>(form, path, decoder, problems);
        var place = reader.read(mapping, Set.of());
        reader.inForce().forEach((key, answer) -> answers.put("chart." + key, answer));
        return place;
    }

    private Optional<Chart> chart(Chart shipped, Place place, String path, Mapping own, Map<String, Answer> answers) {
        var version = Optional.ofNullable(answers.get(VERSION.key())).map(it -> (String) it.value());
        var location = place.location().orElse(shipped.location());
        var name = place.name()
                .orElseGet(() -> place.location()
                        .filter(it -> "oci".equals(it.getScheme()))
                        .map(it -> it.getPath().substring(it.getPath().lastIndexOf('/') + 1))
                        .orElse(shipped.name()));
        boolean same =
                version.isEmpty() && place.location().isEmpty() && place.name().isEmpty();
        var digest = place.digest().or(() -> same ? shipped.digest() : Optional.empty());
        var inForce = version.or(
                () -> "file".equals(location.getScheme()) && place.location().isPresent()
                        ? Optional.empty()
                        : shipped.version());
        try {
            return Optional.of(new Chart(location, name, inForce, digest, place.login()));
        } catch (IllegalArgumentException refused) {
            var where = own.find(SHORT.key()).map(Node.Entry::key).orElse(own.where());
            problems.add(AnswerProblem.of(
                    where,
                    path + ".chart",
                    "cannot be used: " + Shown.cut(String.valueOf(refused.getMessage())),
                    "Name another place, or a version"));
            return Optional.empty();
        }
    }
}
