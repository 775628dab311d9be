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
import io.btp.installer.api.contract.Postgres;
import io.btp.installer.api.contract.Secret;
import io.btp.installer.api.contract.Tls;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A PostgreSQL database that is there already. */
final class ByoPostgres implements Provider<ByoPostgres.Configuration, Postgres> {
    static final Question<String> HOST = Question.host("host", "host").example("db.acme.example");
    static final Question<Integer> PORT = Question.port("port", "port").defaultsTo(5432);
    static final Question<String> DATABASE =
            Question.text("database", "database").between(1, 63).example("btp");
    static final Question<String> USERNAME =
            Question.text("username", "role").between(1, 63).example("btp").help("The role that owns the database");
    static final Question<Secret> PASSWORD =
            Question.secret("password", "password").example("${env:POSTGRES_PASSWORD}");
    static final Question<Map<String, Role>> USES = Question.forms(
                    "uses",
                    "databases of other uses",
                    Form.of(
                            answers -> new Role(answers.get(DATABASE), answers.get(USERNAME), answers.get(PASSWORD)),
                            DATABASE,
                            USERNAME,
                            PASSWORD))
            .because("What is installed beside the platform keeps its data apart.")
            .help("On the same server; a name for each of those that the plan says need one");

    /** A database and the role that owns it. */
    record Role(String database, String username, Secret password) {}

    record Configuration(
            String host, int port, Role platform, Tls.Mode tls, Optional<String> caFile, Map<String, Role> uses) {
        Configuration {
            uses = Map.copyOf(uses);
        }
    }

    @Override
    public Description description() {
        return Description.of(
                        "byo",
                        "endpoint",
                        "Existing PostgreSQL",
                        "Keeps data in a PostgreSQL database that you run, back up and upgrade; nothing but its contents is changed.")
                .adds("nothing");
    }

    @Override
    public Slot<Postgres> slot() {
        return Slots.POSTGRES;
    }

    @Override
    public Form<Configuration> form() {
        return TlsQuestions.ruled(Form.of(
                answers -> new Configuration(
                        answers.get(HOST),
                        answers.get(PORT),
                        new Role(answers.get(DATABASE), answers.get(USERNAME), answers.get(PASSWORD)),
                        TlsQuestions.mode(answers),
                        answers.find(TlsQuestions.CA_FILE),
                        answers.find(USES).orElseGet(Map::of)),
                HOST,
                PORT,
                DATABASE,
                USERNAME,
                PASSWORD,
                TlsQuestions.TLS,
                TlsQuestions.CA_FILE,
                USES));
    }

    @Override
    public Component<Postgres> open(Configuration configuration, Context context) {
        return Endpoint.of(Slots.POSTGRES, context, () -> record(configuration, configuration.platform()))
                .uses(
                        configuration.uses(),
                        role -> record(configuration, role),
                        List.of(DATABASE.key(), USERNAME.key(), PASSWORD.key()));
    }

    private static Postgres record(Configuration configuration, Role role) {
        return new Postgres(
                configuration.host(),
                configuration.port(),
                role.database(),
                role.username(),
                role.password(),
                TlsQuestions.tls(configuration.tls(), configuration.caFile()));
    }

    @Override
    public Plan removal(Removal<Configuration> removal, Context context) {
        return Plan.nothing();
    }
}
