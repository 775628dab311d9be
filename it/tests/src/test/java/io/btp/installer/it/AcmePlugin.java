package io.btp.installer.it;

import io.btp.installer.api.Check;
import io.btp.installer.api.Component;
import io.btp.installer.api.Context;
import io.btp.installer.api.Description;
import io.btp.installer.api.Form;
import io.btp.installer.api.Observation;
import io.btp.installer.api.Plan;
import io.btp.installer.api.Plugin;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Provider;
import io.btp.installer.api.Question;
import io.btp.installer.api.Records;
import io.btp.installer.api.Removal;
import io.btp.installer.api.Slot;
import io.btp.installer.api.Slots;
import io.btp.installer.api.contract.Logs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A plugin of somebody else that asks and proves, and has the fault that {@code ACME_FAULT} names. */
public final class AcmePlugin implements Plugin {
    static final List<Class<?>> CLASSES = List.of(AcmePlugin.class, AcmeLogs.class, Configuration.class, Opened.class);

    /** Nothing of it may reach a terminal: sequences that name, empty and colour it, controls of eight bits, and turned text. */
    static final String HOSTILE =
            "\u001b]0;title\u0007\u001b[2J\u001b[31;42mEVIL\u009b5A\u202eturned\u2066 e\u0301\u0300 漢字 \ud83d\ude00\u200b\b\r";

    static boolean has(String fault) {
        return fault.equals(System.getenv("ACME_FAULT"));
    }

    static String said(String words) {
        return has("hostile") ? HOSTILE + words : words;
    }

    @Override
    public List<Provider<?, ?>> providers() {
        return List.of(new AcmeLogs());
    }

    record Configuration(int days, String colour) {}

    /** Keeps logs somewhere. */
    static final class AcmeLogs implements Provider<Configuration, Logs> {
        private static final Question<Integer> DAYS = Question.integer("days", said("days to keep"))
                .between(1, 365)
                .because("Acme deletes what is older")
                .help(said("Auditors like 90."));

        private static final Question<String> COLOUR =
                Question.choice("colour", "colour", "red", "blue").defaultsTo(has("default") ? "green" : "red");

        @Override
        public Description description() {
            if (has("description")) {
                throw new IllegalStateException("bad on purpose");
            }
            return Description.of("acme", "logs", said("Acme Logs"), said("Keeps logs at Acme."));
        }

        @Override
        public Slot<Logs> slot() {
            return Slots.LOGS;
        }

        @Override
        @SuppressWarnings("NullAway") // as bad plugins do
        public Form<Configuration> form() {
            if (has("null")) {
                return null;
            }
            if (has("form")) {
                throw new IllegalStateException("bad on purpose");
            }
            return Form.of(answers -> new Configuration(answers.get(DAYS), answers.get(COLOUR)), DAYS, COLOUR)
                    .rule("not thirteen", answers -> ruled(answers.get(DAYS)), DAYS);
        }

        private static Optional<String> ruled(int days) {
            if (has("rule")) {
                throw new IllegalStateException("bad on purpose");
            }
            return days == 13 ? Optional.of("13 brings bad luck") : Optional.empty();
        }

        @Override
        public Component<Logs> open(Configuration configuration, Context context) {
            return new Opened();
        }

        @Override
        public Plan removal(Removal<Configuration> removal, Context context) {
            return Plan.nothing();
        }
    }

    /** Is never there. */
    record Opened() implements Component<Logs> {
        @Override
        public List<Check> checks(Records records) {
            return List.of(Check.of("acme.answers", said("Acme answers"), Opened::looked));
        }

        private static Check.Result looked() throws InterruptedException {
            if (has("check")) {
                throw new StackOverflowError("bad on purpose");
            }
            var gate = Path.of(System.getenv("ACME_GATE"));
            while (!Files.exists(gate)) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            var cause = Problem.of(Problem.Reason.UNREACHABLE, said("its door is closed"), said("Ring the bell"));
            return new Check.Result.Failed(Problem.of(Problem.Reason.FAILED, said("Acme does not answer"), "")
                    .causedBy(cause));
        }

        @Override
        public Observation<Logs> observe(Records records) {
            return Observation.of(Optional.empty(), Plan.nothing());
        }

        @Override
        public Observation<Logs> absent(Records records) {
            return observe(records);
        }
    }
}
