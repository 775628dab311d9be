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
import io.btp.installer.api.contract.Logs;
import java.net.URI;

/** A Loki that is there already. */
final class ByoLogs implements Provider<Logs, Logs> {
    static final Question<URI> QUERY = Question.url("query", "query address")
            .because("The platform shows logs of what it runs.")
            .example("https://loki.acme.example")
            .help("Base address of Loki, without /loki/api; it asks for no login");
    static final Question<URI> PUSH = Question.url("push", "push address")
            .optional()
            .example("https://loki.acme.example/loki/api/v1/push")
            .help("Empty: /loki/api/v1/push at the query address");

    @Override
    public Description description() {
        return Description.of(
                        "byo",
                        "endpoint",
                        "Existing Loki",
                        "Reads logs from a Loki that you run; nothing in it is changed.")
                .adds("nothing");
    }

    @Override
    public Slot<Logs> slot() {
        return Slots.LOGS;
    }

    @Override
    public Form<Logs> form() {
        var form = Form.of(
                answers -> new Logs(
                        answers.find(PUSH)
                                .orElseGet(() -> URI.create(
                                        answers.get(QUERY).toString().replaceAll("/$", "") + "/loki/api/v1/push")),
                        answers.get(QUERY)),
                QUERY,
                PUSH);
        return Addresses.only(Addresses.only(form, QUERY, Addresses.Part.PATH), PUSH, Addresses.Part.PATH);
    }

    @Override
    public Component<Logs> open(Logs answered, Context context) {
        return Endpoint.of(Slots.LOGS, context, () -> answered);
    }

    @Override
    public Plan removal(Removal<Logs> removal, Context context) {
        return Plan.nothing();
    }
}
