package io.btp.installer.testkit;

import io.btp.installer.api.Change;
import io.btp.installer.api.Component;
import io.btp.installer.api.Connection;
import io.btp.installer.api.Context;
import io.btp.installer.api.Description;
import io.btp.installer.api.Form;
import io.btp.installer.api.Need;
import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Observation;
import io.btp.installer.api.Plan;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Provider;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.Question;
import io.btp.installer.api.Records;
import io.btp.installer.api.Removal;
import io.btp.installer.api.Secrets;
import io.btp.installer.api.Slot;
import io.btp.installer.api.Slots;
import io.btp.installer.api.Step;
import io.btp.installer.api.contract.Redis;
import io.btp.installer.api.contract.Secret;
import io.btp.installer.api.contract.Tls;
import io.btp.installer.host.kubernetes.ClusterClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;

/** A small provider that keeps every law, unless it was told to get one thing wrong. */
final class Shelf implements Provider<Shelf.Configuration, Redis> {
    private static final Question<String> SIZE = Question.label("size", "size").defaultsTo("small");
    /** Whoever reads lines takes its words for numbers of lines. */
    private static final Question<String> COUNT =
            Question.choice("count", "count", "3", "2", "1").defaultsTo("3");

    private static final Question<String> BAD =
            Question.label("Bad_Key", "bad key").optional();
    private static final Question<Secret> TOKEN = Question.secret("token", "token");
    private static final Secrets.Rule RULE = new Secrets.Rule(24, Secrets.Alphabet.ALPHANUMERIC);

    private static final Duration USUAL = Duration.ofSeconds(20);

    private final Fault fault;
    private final AtomicInteger calls = new AtomicInteger();

    Shelf(Fault fault) {
        this.fault = fault;
    }

    record Configuration(String size, Secret token, String extra) {
        @Override
        public String toString() {
            return extra.equals("print") ? token.reveal() : size;
        }
    }

    @Override
    public Description description() {
        var title = fault == Fault.CHANGES_ITS_DESCRIPTION ? "Shelf " + calls.incrementAndGet() : "Shelf";
        var description = Description.of("test", "shelf", title, "Keeps two small things.")
                .adds("two small things");
        return switch (fault) {
            case CONCEALS_HOW_LONG_IT_TAKES -> description;
            case INVENTS_HOW_LONG_IT_TAKES -> description.usually(Duration.ofMinutes(2));
            default -> description.usually(Duration.ofMinutes(1));
        };
    }

    @Override
    public Slot<Redis> slot() {
        return Slots.REDIS;
    }

    @Override
    public Form<Configuration> form() {
        return switch (fault) {
            case ASKS_BY_A_BAD_KEY ->
                Form.of(answers -> new Configuration(answers.get(SIZE), answers.get(TOKEN), ""), SIZE, TOKEN, BAD);
            case CHOOSES_AMONG_NUMBERS ->
                Form.of(answers -> configuration(answers.get(SIZE), answers.get(TOKEN)), SIZE, TOKEN, COUNT);
            default -> Form.of(answers -> configuration(answers.get(SIZE), answers.get(TOKEN)), SIZE, TOKEN);
        };
    }

    private Configuration configuration(String size, Secret token) {
        if (fault == Fault.REFUSES_VALID_ANSWERS && !size.equals("only-this")) {
            throw new IllegalArgumentException("it is not to its liking");
        }
        return switch (fault) {
            case LOSES_AN_ANSWER -> new Configuration(size, token, "call " + calls.incrementAndGet());
            case PRINTS_ITS_CONFIGURATION -> new Configuration(size, token, "print");
            default -> new Configuration(size, token, "");
        };
    }

    @Override
    public Set<Need<?>> needs(Configuration configuration) {
        var cluster = Need.place(Slots.CLUSTER);
        var namespaces = Need.input(Slots.NAMESPACES);
        var secrets = Need.input(Slots.SECRETS);
        return fault == Fault.CHANGES_ITS_NEEDS && calls.incrementAndGet() % 2 == 0
                ? Set.of(cluster, namespaces, secrets, Need.optional(Slots.POSTGRES))
                : Set.of(cluster, namespaces, secrets);
    }

    @Override
    public Component<Redis> open(Configuration configuration, Context context) {
        if (fault == Fault.CONNECTS_WHEN_OPENED) {
            connect();
        }
        return new Opened(configuration, context);
    }

    /** Nobody listens there. */
    private static void connect() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), 1)) {
            throw new IllegalStateException("somebody listens at " + socket);
        } catch (IOException expected) {
            Logger.getLogger("shelf").fine("nobody listens");
        }
    }

    private final class Opened implements Component<Redis> {
        private final Configuration configuration;
        private final Context context;

        Opened(Configuration configuration, Context context) {
            this.configuration = configuration;
            this.context = context;
        }

        @Override
        public Observation<Redis> observe(Records records) throws InterruptedException {
            var namespaces = records.find(Slots.NAMESPACES);
            if (namespaces.isEmpty()) {
                return Observation.of(Optional.empty(), Plan.nothing());
            }
            var namespace = namespaces.get().dependencies();
            if (fault == Fault.WRITES_WHEN_IT_LOOKS) {
                write(records, namespace);
            }
            if (fault == Fault.IS_BLOCKED_WITHOUT_THE_STORE && !records.isFilled(Slots.SECRETS)) {
                return Observation.of(
                        Optional.empty(), Plan.blocked(Problem.of(Problem.Reason.FAILED, "no store", "wait")));
            }
            var steps = steps(records, namespace);
            var password = context.secrets(records).find("shelf");
            var output = password.filter(value -> steps.isEmpty() || fault == Fault.NEVER_CONVERGES)
                    .map(this::output);
            return Observation.of(output, Plan.of(steps));
        }

        private Redis output(Secret password) {
            var host = fault == Fault.PUBLISHES_ANOTHER_RECORD_EACH_TIME ? "host-" + calls.incrementAndGet() : "host";
            return new Redis(host, 6379, Optional.empty(), Optional.of(password), Tls.disabled());
        }

        @Override
        public Observation<Redis> absent(Records records) throws InterruptedException {
            if (fault == Fault.CONNECTS_WHEN_ABSENT) {
                connect();
            }
            var whole = observe(records);
            return fault == Fault.PLANS_HALF_WHEN_ABSENT
                    ? Observation.of(
                            Optional.empty(),
                            Plan.of(whole.install().steps().stream().limit(1).toList()))
                    : whole;
        }

        private List<Step> steps(Records records, String namespace) throws InterruptedException {
            var secrets = context.secrets(records);
            var kubernetes = context.kubernetes(records);
            var late = Secret.resolvedBy(() -> now(secrets).reveal());
            var board = map("contract-board", namespace, Map.of("size", configuration.size()));
            var copy = secret(namespace, late);
            var steps = new ArrayList<Step>();
            if (fault == Fault.READS_A_RECORD_EARLY) {
                steps.addAll(early(records, namespace));
            }
            steps.addAll(board(records, board, ObjectRef.to(copy)));
            steps.addAll(secrets.steps("shelf", RULE));
            if (fault != Fault.LOOKS_AT_ITS_FIRST_THING_ALONE
                    || kubernetes.find(ObjectRef.to(board)).isEmpty()) {
                steps.addAll(kubernetes.steps(List.of(copy)));
            }
            steps.addAll(extras(records, namespace, secrets));
            return steps.stream()
                    .map(step -> step.target().equals(ObjectRef.to(board).toString()) ? step.usually(USUAL) : step)
                    .map(step ->
                            fault == Fault.READS_A_RECORD_EARLY ? step : step.after(Slots.NAMESPACES, Slots.SECRETS))
                    .toList();
        }

        private List<Step> early(Records records, String namespace) throws InterruptedException {
            var ref = ObjectRef.of("v1", "ConfigMap", namespace, "contract-early");
            var steps = context.kubernetes(records)
                    .steps(List.of(map("contract-early", namespace, Map.of("kind", "KUBERNETES"))));
            return steps.isEmpty()
                    ? steps
                    : List.of(Step.create(ref.toString(), progress -> {
                        var kind = records.get(Slots.SECRETS).kind().name();
                        for (var step : context.kubernetes(records)
                                .steps(List.of(map("contract-early", namespace, Map.of("kind", kind))))) {
                            step.action().run(progress);
                        }
                    }));
        }

        private List<Step> board(Records records, Map<String, Object> board, ObjectRef copy)
                throws InterruptedException {
            var kubernetes = context.kubernetes(records);
            var isThere = kubernetes.find(ObjectRef.to(board)).isPresent();
            var steps = kubernetes.steps(List.of(board));
            return switch (fault) {
                case DOES_NOT_SEE_LOSS -> !isThere && kubernetes.find(copy).isPresent() ? List.of() : steps;
                case DOES_NOT_SEE_CHANGE -> isThere ? List.of() : steps;
                case CANNOT_REPEAT_A_STEP ->
                    isThere
                            ? steps
                            : steps.stream()
                                    .map(step -> brittle(records, step, board))
                                    .toList();
                case PLANS_A_STEP_TWICE -> steps.isEmpty() ? steps : List.of(steps.getFirst(), steps.getFirst());
                default -> steps;
            };
        }

        private Step brittle(Records records, Step step, Map<String, Object> board) {
            return Step.create(step.target(), progress -> {
                if (context.kubernetes(records).find(ObjectRef.to(board)).isPresent()) {
                    throw new ProviderException(Problem.of(Problem.Reason.CONFLICT, "it is there already", "look"));
                }
                step.action().run(progress);
            });
        }

        private List<Step> extras(Records records, String namespace, Secrets secrets) throws InterruptedException {
            var kubernetes = context.kubernetes(records);
            return switch (fault) {
                case NEVER_CONVERGES -> List.of(Step.update("nothing in particular", progress -> {}));
                case LEAVES_NO_MARK -> stray(records, namespace);
                case PLANS_A_SECRET ->
                    secrets.find("shelf").isPresent()
                                    && kubernetes
                                            .find(ObjectRef.of("v1", "ConfigMap", namespace, "contract-told"))
                                            .isEmpty()
                            ? kubernetes.steps(List.of(map("contract-told", namespace, Map.of()))).stream()
                                    .map(step -> step.changing(
                                            Change.to("password", now(secrets).reveal())))
                                    .toList()
                            : kubernetes.steps(List.of(map("contract-told", namespace, Map.of())));
                case STORES_A_SECRET_IN_THE_OPEN ->
                    kubernetes.steps(List.of(map(
                            "contract-open",
                            namespace,
                            Map.of(
                                    "password",
                                    Secret.resolvedBy(() -> "p=" + now(secrets).reveal())))));
                case LOGS_A_SECRET ->
                    kubernetes.steps(List.of(map("contract-logged", namespace, Map.of()))).stream()
                            .map(step -> Step.create(step.target(), progress -> {
                                Logger.getLogger("shelf")
                                        .fine("token " + configuration.token().reveal());
                                step.action().run(progress);
                            }))
                            .toList();
                default -> List.of();
            };
        }

        /** Made past the host, which would have labelled it. */
        private List<Step> stray(Records records, String namespace) throws InterruptedException {
            var ref = ObjectRef.of("v1", "ConfigMap", namespace, "stray");
            if (records.find(Slots.CLUSTER).isPresent()
                    && context.kubernetes(records)
                            .find(ref)
                            .filter(found -> Map.of("a", "b").equals(found.get("data")))
                            .isPresent()) {
                return List.of();
            }
            return List.of(Step.create(ref.toString(), progress -> {
                try (var client = ClusterClient.open(records.get(Slots.CLUSTER).access(), Connection.direct())) {
                    client.apply(map("stray", namespace, Map.of("a", "b")));
                }
            }));
        }

        private void write(Records records, String namespace) throws InterruptedException {
            if (records.find(Slots.CLUSTER).isEmpty()) {
                return;
            }
            try (var client = ClusterClient.open(records.get(Slots.CLUSTER).access(), Connection.direct())) {
                client.createUnlessThere(map("contract-look", namespace, Map.of()));
                client.delete(ObjectRef.of("v1", "ConfigMap", namespace, "contract-look"));
            }
        }
    }

    private static Secret now(Secrets secrets) {
        try {
            return secrets.find("shelf").orElseThrow();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Object> map(String name, String namespace, Map<String, Object> data) {
        var manifest = new HashMap<String, Object>();
        manifest.put("apiVersion", "v1");
        manifest.put("kind", "ConfigMap");
        manifest.put("metadata", Map.of("name", name, "namespace", namespace));
        manifest.put("data", data);
        return manifest;
    }

    private static Map<String, Object> secret(String namespace, Secret value) {
        return Map.of(
                "apiVersion", "v1",
                "kind", "Secret",
                "metadata", Map.of("name", "contract-copy", "namespace", namespace),
                "type", "Opaque",
                "stringData", Map.of("password", value));
    }

    @Override
    public Plan removal(Removal<Configuration> removal, Context context) throws InterruptedException {
        if (fault == Fault.REMOVES_NOTHING_WITHOUT_CONFIGURATION
                && removal.configuration().isEmpty()) {
            return Plan.nothing();
        }
        var kubernetes = context.kubernetes(removal.places());
        var refs = new ArrayList<ObjectRef>();
        for (var kind : List.of("ConfigMap", "Secret")) {
            kubernetes
                    .list("v1", kind, Optional.empty(), context.labels())
                    .forEach(found -> refs.add(ObjectRef.to(found)));
        }
        if (fault == Fault.REMOVES_ONLY_WHAT_IS_WHOLE && refs.size() == 1) {
            return Plan.nothing();
        }
        if (fault == Fault.LEAVES_SOMETHING && removal.configuration().isPresent() && !removal.keepsData()) {
            refs.removeIf(ref -> ref.name().equals("contract-board"));
        }
        if (fault == Fault.LEAVES_NO_MARK) {
            removeStray(removal.places());
        }
        var steps = new ArrayList<>(kubernetes.removal(refs));
        if (fault == Fault.NEVER_ENDS_TO_KEEP_DATA && removal.keepsData()) {
            steps.add(Step.delete("nothing in particular", progress -> {}));
        }
        return Plan.of(steps);
    }

    private static void removeStray(Records places) throws InterruptedException {
        try (var client = ClusterClient.open(places.get(Slots.CLUSTER).access(), Connection.direct())) {
            client.delete(ObjectRef.of("v1", "ConfigMap", "btp-deps", "stray"));
        }
    }
}
