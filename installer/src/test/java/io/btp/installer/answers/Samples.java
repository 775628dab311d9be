package io.btp.installer.answers;

import io.btp.installer.api.Chart;
import io.btp.installer.api.Form;
import io.btp.installer.api.Provider;
import io.btp.installer.api.Question;
import io.btp.installer.api.Secrets;
import io.btp.installer.api.Slot;
import io.btp.installer.api.Slots;
import io.btp.installer.api.contract.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Providers that ask every kind of question, and answers to them. */
public final class Samples {
    static final Path FOLDER = Path.of("/srv/acme");
    static final Map<String, String> ENVIRONMENT = Map.of("HOME", "/home/ann", "S3_ACCESS_KEY", "from-environment");

    static final Question<String> ENDPOINT_HOST = Question.host("host", "host").example("db.acme.example");
    static final Question<Integer> PORT = Question.port("port", "port").defaultsTo(5432);
    static final Question<Secret> PASSWORD = Question.secret("password", "password");
    static final Question<String> TLS = Question.choice("tls.mode", "TLS", "disable", "require", "verify-full")
            .defaultsTo("require");
    static final Question<String> TLS_CA =
            Question.path("tls.ca", "authority of the server").optional();

    private static final Question<Integer> USE_PORT =
            Question.port("server.port", "port").defaultsTo(5432);

    /** Asks for one of several. */
    static final Form<Map<String, Object>> USE = FakeProvider.asking(
                    Question.text("title", "title").between(0, 40), USE_PORT, PASSWORD)
            .rule(
                    "port 1 is for nobody",
                    answers -> answers.get(USE_PORT) == 1 ? Optional.of("server.port is 1") : Optional.empty(),
                    USE_PORT);

    static final List<Question<?>> EVERY_KIND = List.of(
            Question.text("title", "title").between(0, 40),
            Question.label("label", "label"),
            Question.host("endpoint.host", "host"),
            Question.port("endpoint.port", "port"),
            Question.email("email", "address"),
            Question.cidr("cidr", "network"),
            Question.quantity("size", "size"),
            Question.duration("wait", "patience").defaultsTo(Duration.ofMinutes(90)),
            Question.url("endpoint.url", "address").defaultsTo(URI.create("https://s3.acme.example/a?b=c")),
            Question.choice("class", "class", "small", "large"),
            Question.flag("public", "public").defaultsTo(false),
            Question.integer("replicas", "replicas").between(1, 9),
            Question.path("folder", "folder").optional(),
            Question.secret("accessKey", "access key"),
            Question.secret("secretKey", "secret key").generatedBy(new Secrets.Rule(20, Secrets.Alphabet.ALPHANUMERIC)),
            Question.texts("hosts", "hosts").optional(),
            Question.tree("extra", "extra").optional(),
            Question.forms("uses", "uses", USE),
            Question.text("region", "region").matching("[a-z]{2}-[a-z]+-[0-9]", "eu-central-1"));

    record Region(String name) {}

    static final Slot<Region> CLOUD = Slot.of("cloud", Region.class, "cloud");

    private Samples() {}

    public static List<Provider<?, ?>> providers() {
        var valkey = FakeProvider.of(
                Slots.REDIS,
                "kubernetes",
                "valkey",
                Question.quantity("storage", "storage").defaultsTo("8Gi"));
        var postgres = new FakeProvider<>(
                Slots.POSTGRES,
                FakeProvider.of(Slots.POSTGRES, "byo", "endpoint").description(),
                FakeProvider.asking(ENDPOINT_HOST, PORT, PASSWORD, TLS, TLS_CA)
                        .rule(
                                "tls.ca only with verify-full",
                                answers -> answers.find(TLS_CA).isPresent()
                                                && !answers.get(TLS).equals("verify-full")
                                        ? Optional.of("tls.mode is " + answers.get(TLS))
                                        : Optional.empty(),
                                TLS,
                                TLS_CA));
        return List.of(
                FakeProvider.of(
                        CLOUD,
                        "aws",
                        "account",
                        Question.text("region", "region").defaultsTo("eu-central-1")),
                FakeProvider.of(
                        Slots.CLUSTER,
                        "byo",
                        "kubeconfig",
                        Question.path("kubeconfig", "kubeconfig").optional()),
                FakeProvider.of(Slots.CLUSTER, "sandbox", "embedded"),
                FakeProvider.of(Slots.POSTGRES, "kubernetes", "cloudnative-pg"),
                FakeProvider.of(Slots.POSTGRES, "kubernetes", "zalando"),
                postgres,
                FakeProvider.of(Slots.POSTGRES, "sandbox", "stand-in"),
                new FakeProvider<>(
                        Slots.REDIS,
                        valkey.description()
                                .madeOf(Chart.repository("https://valkey.io/charts", "valkey", "0.9.0")
                                        .pinned("sha256:" + "1".repeat(64))),
                        valkey.form()),
                FakeProvider.of(Slots.REDIS, "kubernetes", "bitnami"),
                FakeProvider.of(Slots.OBJECT_STORE, "byo", "endpoint", EVERY_KIND.toArray(Question<?>[]::new)),
                FakeProvider.of(Slots.OBJECT_STORE, "kubernetes", "seaweedfs"),
                FakeProvider.of(Slots.IDENTITY, "kubernetes", "keycloak"),
                FakeProvider.of(Slots.IDENTITY, "byo", "oidc", Question.url("issuer", "issuer")),
                FakeProvider.of(Slots.METRICS, "kubernetes", "prometheus"),
                FakeProvider.of(Slots.LOGS, "kubernetes", "loki"),
                FakeProvider.of(
                        Slots.PLATFORM,
                        "kubernetes",
                        "btp",
                        Question.text("version", "version").defaultsTo("8.0.0")));
    }

    /** As above, with an ingress whose class is looked for in the world. */
    public static List<Provider<?, ?>> suggesting() {
        var all = new ArrayList<>(providers());
        all.add(FakeProvider.of(
                Slots.INGRESS,
                "byo",
                "class",
                Question.text("className", "ingress class").suggestedBy((answers, context, records) -> List.of())));
        return all;
    }

    static final String HEAD = """
            apiVersion: installer.btp/v1
            installation: {name: acme, domain: btp.acme.example}
            """;

    public static AnswersTree tree(String text) {
        return AnswersFile.parse("btp.yaml", FOLDER, text.getBytes(StandardCharsets.UTF_8));
    }

    static References references() {
        return new References(ENVIRONMENT, Optional.empty());
    }

    static Binder binder() {
        return new Binder(providers(), references(), Defaults.standard());
    }

    static BoundAnswers bind(String text) {
        return binder().bind(tree(text));
    }

    /** Gives what is wrong, one line each. */
    static List<String> wrong(String text) {
        try {
            bind(text);
            return List.of();
        } catch (InvalidAnswers invalid) {
            return lines(invalid);
        }
    }

    static List<String> lines(InvalidAnswers invalid) {
        return invalid.problems().stream()
                .map(it -> it.problem().summary() + " | " + it.remedy())
                .toList();
    }

    static Chosen<?, ?> chosen(BoundAnswers bound, Slot<?> slot) {
        return bound.chosen().stream()
                .filter(it -> it.provider().slot().equals(slot))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nobody fills " + slot));
    }

    @SuppressWarnings("unchecked") // every sample's configuration is a mapping
    static Map<String, Object> configuration(BoundAnswers bound, Slot<?> slot) {
        return (Map<String, Object>) chosen(bound, slot).configuration();
    }
}
