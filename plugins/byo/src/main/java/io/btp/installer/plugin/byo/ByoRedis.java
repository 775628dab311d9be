package io.btp.installer.plugin.byo;

import io.btp.installer.api.Component;
import io.btp.installer.api.Context;
import io.btp.installer.api.Description;
import io.btp.installer.api.Form;
import io.btp.installer.api.Plan;
import io.btp.installer.api.Provider;
import io.btp.installer.api.Question;
import io.btp.installer.api.Removal;
import io.btp.installer.api.Slot;
import io.btp.installer.api.Slots;
import io.btp.installer.api.contract.Redis;
import io.btp.installer.api.contract.Secret;
import io.btp.installer.api.contract.Tls;
import java.util.Optional;

/** A Redis-compatible server that is there already. */
final class ByoRedis implements Provider<ByoRedis.Configuration, Redis> {
    static final Question<String> HOST = Question.host("host", "host").example("redis.acme.example");
    static final Question<Integer> PORT = Question.port("port", "port").defaultsTo(6379);
    static final Question<String> USERNAME = Question.text("username", "user")
            .between(1, 128)
            .optional()
            .example("btp")
            .help("The ACL user; without an answer the default user");
    static final Question<Secret> PASSWORD = Question.secret("password", "password")
            .optional()
            .example("${env:REDIS_PASSWORD}")
            .help("Without an answer the server is expected to ask for none");

    record Configuration(
            String host,
            int port,
            Optional<String> username,
            Optional<Secret> password,
            Tls.Mode tls,
            Optional<String> caFile) {}

    @Override
    public Description description() {
        return Description.of(
                        "byo",
                        "endpoint",
                        "Existing Redis",
                        "Uses a Redis-compatible server that you run and watch; nothing but its keys is changed.")
                .adds("nothing");
    }

    @Override
    public Slot<Redis> slot() {
        return Slots.REDIS;
    }

    @Override
    public Form<Configuration> form() {
        var form = TlsQuestions.ruled(Form.of(
                answers -> new Configuration(
                        answers.get(HOST),
                        answers.get(PORT),
                        answers.find(USERNAME),
                        answers.find(PASSWORD),
                        TlsQuestions.mode(answers),
                        answers.find(TlsQuestions.CA_FILE)),
                HOST,
                PORT,
                USERNAME,
                PASSWORD,
                TlsQuestions.TLS,
                TlsQuestions.CA_FILE));
        return form.rule(
                "username only with password",
                answers -> answers.find(USERNAME).isPresent()
                                && answers.find(PASSWORD).isEmpty()
                        ? Optional.of("A Redis user logs in with a password: answer password, or leave username out")
                        : Optional.empty(),
                USERNAME,
                PASSWORD);
    }

    @Override
    public Component<Redis> open(Configuration configuration, Context context) {
        return Endpoint.of(
                Slots.REDIS,
                context,
                () -> new Redis(
                        configuration.host(),
                        configuration.port(),
                        configuration.username(),
                        configuration.password(),
                        TlsQuestions.tls(configuration.tls(), configuration.caFile())));
    }

    @Override
    public Plan removal(Removal<Configuration> removal, Context context) {
        return Plan.nothing();
    }
}
