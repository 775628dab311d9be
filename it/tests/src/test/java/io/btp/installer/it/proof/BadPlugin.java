package io.btp.installer.it.proof;

import io.btp.installer.api.Check;
import io.btp.installer.api.Component;
import io.btp.installer.api.Context;
import io.btp.installer.api.Description;
import io.btp.installer.api.Form;
import io.btp.installer.api.Need;
import io.btp.installer.api.Observation;
import io.btp.installer.api.Plan;
import io.btp.installer.api.Plugin;
import io.btp.installer.api.Provider;
import io.btp.installer.api.Question;
import io.btp.installer.api.Records;
import io.btp.installer.api.Removal;
import io.btp.installer.api.Slot;
import io.btp.installer.api.Slots;
import io.btp.installer.api.Step;
import io.btp.installer.api.contract.Logs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A plugin of somebody else that keeps logs in a ConfigMap, and misbehaves where the environment tells it to: {@code
 * BAD_PLUGIN=PLACE:HOW}.
 */
public final class BadPlugin implements Plugin {
    static final List<Class<?>> CLASSES =
            List.of(BadPlugin.class, BadLogs.class, Bad.class, Opened.class, Configuration.class);

    /** Misbehaves as it is told. */
    public BadPlugin() {
        Bad.at("constructor", () -> "");
    }

    @Override
    public List<Provider<?, ?>> providers() {
        return Bad.at(
                "providers",
                () -> Bad.is("twice:ids") ? List.of(new BadLogs(), new BadLogs()) : List.of(new BadLogs()));
    }

    /** Where and how it misbehaves. */
    static final class Bad {
        private static final AtomicInteger CALLS = new AtomicInteger();

        private Bad() {}

        static boolean is(String what) {
            return what.equals(System.getenv("BAD_PLUGIN"));
        }

        /** Tells how often anybody asked. */
        static int calls() {
            return CALLS.incrementAndGet();
        }

        /** Gives what is right, or does what is wrong. */
        @SuppressWarnings({"NullAway", "PMD.DoNotTerminateVM"})
        static <T> T at(String place, Supplier<T> right) {
            var told = Optional.ofNullable(System.getenv("BAD_PLUGIN")).orElse("");
            if (!told.startsWith(place + ":")) {
                return right.get();
            }
            return switch (told.substring(place.length() + 1)) {
                case "runtime" -> throw new IllegalStateException("bad on purpose");
                case "overflow" -> throw new StackOverflowError("bad on purpose");
                case "class" -> throw new NoClassDefFoundError("bad/OnPurpose");
                case "memory" -> throw new OutOfMemoryError("bad on purpose");
                case "assertion" -> throw new AssertionError("bad on purpose");
                case "null" -> null;
                case "exit" -> {
                    System.exit(0);
                    yield right.get();
                }
                case "halt" -> {
                    Runtime.getRuntime().halt(3);
                    yield right.get();
                }
                case "deaf" -> {
                    mark();
                    yield deaf(right);
                }
                case "prints" -> {
                    System.out.println("{\"type\":\"nonsense");
                    yield right.get();
                }
                case "leaks" -> {
                    Thread.ofPlatform().daemon(false).start(() -> deaf(right));
                    Runtime.getRuntime().addShutdownHook(new Thread(() -> deaf(right)));
                    yield right.get();
                }
                default -> throw new IllegalArgumentException(told);
            };
        }

        private static void mark() {
            try {
                Files.writeString(
                        Path.of(Optional.ofNullable(System.getenv("BAD_MARK")).orElse("mark")), "here");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Hears no interruption. */
        private static <T> T deaf(Supplier<T> right) {
            var never = new CountDownLatch(1);
            while (never.getCount() > 0) {
                try {
                    never.await();
                } catch (InterruptedException ignored) {
                    Thread.onSpinWait();
                }
            }
            return right.get();
        }
    }

    record Configuration(String colour) {}

    /** Keeps logs in a ConfigMap. */
    static final class BadLogs implements Provider<Configuration, Logs> {
        private static final Question<String> COLOUR =
                Question.text("colour", "colour").defaultsTo("red").because("It has to have one");

        @Override
        public Description description() {
            return Bad.at(
                    "description",
                    () -> Description.of(
                            "test",
                            Bad.is("changes:description") ? "bad" + Bad.calls() : "bad",
                            "bad logs",
                            "Keeps logs in a ConfigMap."));
        }

        @Override
        public Slot<Logs> slot() {
            return Bad.at("slot", () -> Slots.LOGS);
        }

        @Override
        public Form<Configuration> form() {
            return Bad.at(
                    "form",
                    () -> Form.of(
                                    answers -> Bad.at("configuration", () -> new Configuration(answers.get(COLOUR))),
                                    COLOUR)
                            .rule("has a colour", answers -> Bad.at("rule", Optional::empty), COLOUR));
        }

        @Override
        public Set<Need<?>> needs(Configuration configuration) {
            return Bad.at("needs", () -> {
                if (Bad.is("needs-nobody:gives")) {
                    return Set.of(Need.input(Slots.ZONE));
                }
                if (Bad.is("needs-itself:again")) {
                    return Set.of(Need.input(Slots.LOGS));
                }
                return Set.of(Need.place(Slots.CLUSTER), Need.input(Slots.NAMESPACES));
            });
        }

        @Override
        public Component<Logs> open(Configuration configuration, Context context) {
            return Bad.at("open", () -> new Opened(context));
        }

        @Override
        public Plan removal(Removal<Configuration> removal, Context context) throws InterruptedException {
            var steps = context.kubernetes(removal.places()).removal("v1", "ConfigMap", context.labels());
            return Bad.at("removal", () -> Plan.of(steps));
        }
    }

    /** Looks for its ConfigMap. */
    record Opened(Context context) implements Component<Logs> {
        @Override
        public List<Check> checks(Records records) {
            return Bad.at(
                    "checks",
                    () -> List.of(Check.of(
                            "bad.check",
                            "Something holds",
                            () -> Bad.at("check", () -> new Check.Result.Passed("it does")))));
        }

        @Override
        public Observation<Logs> observe(Records records) throws InterruptedException {
            var namespaces = records.find(Slots.NAMESPACES);
            if (namespaces.isEmpty()) {
                return Observation.of(Optional.empty(), Plan.nothing());
            }
            var steps = new ArrayList<Step>();
            for (var step : context.kubernetes(records)
                    .steps(List.of(map(namespaces.get().dependencies())))) {
                steps.add(Bad.is("twice:targets") ? step : wrapped(step));
                if (Bad.is("twice:targets")) {
                    steps.add(step);
                }
            }
            if (Bad.is("never:converges")) {
                steps.add(Step.update("ConfigMap of a restless mind", progress -> {}));
            }
            return Bad.at("observe", () -> observed(steps));
        }

        private static Step wrapped(Step step) {
            return Step.create(step.target(), progress -> {
                        Bad.at("step", () -> "");
                        step.action().run(progress);
                    })
                    .after(Slots.NAMESPACES);
        }

        @SuppressWarnings({"unchecked", "rawtypes"})
        private static Observation<Logs> observed(List<Step> steps) {
            var logs = new Logs(URI.create("http://logs.example/push"), URI.create("http://logs.example"));
            if (Bad.is("publishes:another")) {
                return (Observation) Observation.of(Optional.of(new Configuration("wrong")), Plan.of(steps));
            }
            return Observation.of(steps.isEmpty() ? Optional.of(logs) : Optional.empty(), Plan.of(steps));
        }

        @Override
        public Observation<Logs> absent(Records records) throws InterruptedException {
            return observe(records);
        }

        private Map<String, Object> map(String namespace) {
            var metadata = Map.of("name", context.installation().nameOf("bad-logs"), "namespace", namespace);
            return Map.of(
                    "apiVersion", "v1", "kind", "ConfigMap", "metadata", metadata, "data", Map.of("colour", "red"));
        }

        @Override
        public void close() {
            Bad.at("close", () -> "");
        }
    }
}
