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
import io.btp.installer.api.contract.Metrics;
import io.btp.installer.api.contract.Secret;
import java.net.URI;
import java.util.Optional;

/** A Prometheus, or what speaks its API, that is there already. */
final class ByoMetrics implements Provider<Metrics, Metrics> {
    static final Question<URI> QUERY = Question.url("query", "query address")
            .because("The platform shows metrics of what it runs.")
            .example("https://prometheus.acme.example")
            .help("Base address of the Prometheus API, without /api/v1; it asks for no login");
    static final Question<URI> GRAFANA =
            Question.url("grafana", "Grafana").optional().example("https://grafana.acme.example");
    static final Question<String> GRAFANA_USERNAME =
            Question.text("grafanaUsername", "Grafana user").optional().example("btp");
    static final Question<Secret> GRAFANA_PASSWORD =
            Question.secret("grafanaPassword", "Grafana password").optional().example("${env:GRAFANA_PASSWORD}");

    @Override
    public Description description() {
        return Description.of(
                        "byo",
                        "endpoint",
                        "Existing Prometheus",
                        "Reads metrics from a Prometheus that you run; nothing in it is changed.")
                .adds("nothing");
    }

    @Override
    public Slot<Metrics> slot() {
        return Slots.METRICS;
    }

    @Override
    public Form<Metrics> form() {
        var form = Form.of(
                answers -> new Metrics(
                        answers.get(QUERY),
                        answers.find(GRAFANA),
                        answers.find(GRAFANA_USERNAME),
                        answers.find(GRAFANA_PASSWORD)),
                QUERY,
                GRAFANA,
                GRAFANA_USERNAME,
                GRAFANA_PASSWORD);
        var ruled = Addresses.only(form, QUERY, Addresses.Part.PATH);
        return Addresses.only(ruled, GRAFANA, Addresses.Part.PATH)
                .rule(
                        "grafanaUsername with grafanaPassword",
                        answers -> answers.find(GRAFANA_USERNAME).isPresent()
                                        == answers.find(GRAFANA_PASSWORD).isPresent()
                                ? Optional.empty()
                                : Optional.of("A Grafana user logs in with a password: answer both or none"),
                        GRAFANA_USERNAME,
                        GRAFANA_PASSWORD);
    }

    @Override
    public Component<Metrics> open(Metrics answered, Context context) {
        return Endpoint.of(Slots.METRICS, context, () -> answered);
    }

    @Override
    public Plan removal(Removal<Metrics> removal, Context context) {
        return Plan.nothing();
    }
}
