package io.btp.installer.plugin.byo;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.api.Check;
import io.btp.installer.api.Need;
import io.btp.installer.api.Records;
import io.btp.installer.api.Step;
import io.btp.installer.api.contract.DnsRecords;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ByoRecordsTest {
    private static final List<String> HOSTS = List.of("btp.acme.example", "*.btp.acme.example");

    private static ByoRecords.Named knowing(Map<String, List<String>> names) {
        return new ByoRecords.Named(HOSTS, name -> names.getOrDefault(name, List.of()));
    }

    private static List<Check.Result> results(ByoRecords.Named component, Records records) throws InterruptedException {
        var results = new java.util.ArrayList<Check.Result>();
        for (var check : component.checks(records)) {
            results.add(check.probe().run());
        }
        return results;
    }

    private static List<String> warnings(ByoRecords.Named component, Records records) throws InterruptedException {
        return results(component, records).stream()
                .map(result -> ((Check.Result.Warned) result).problem())
                .map(problem -> problem.summary() + " | " + problem.remedy())
                .toList();
    }

    @Test
    void announcesTheNamesInThePlanUntilTheIngressIsThere() {
        var planned = knowing(Map.of()).observe(Published.places()).install().steps();

        assertThat(planned).hasSize(1);
        assertThat(planned.getFirst().kind()).isEqualTo(Step.Kind.AWAIT);
        assertThat(planned.getFirst().changes())
                .extracting(change -> change.field() + " " + change.to().orElse(""))
                .containsExactly(
                        "btp.acme.example known after edge.ingress", "*.btp.acme.example known after edge.ingress");
    }

    @Test
    void publishesTheNamesAndWhereTheyLead() {
        var observation = knowing(Map.of()).observe(Published.ingress(Optional.of("lb.example"), Optional.empty()));

        assertThat(observation.install().isEmpty()).isTrue();
        assertThat(observation.outputs()).containsEntry(Need.PLATFORM_USE, new DnsRecords(HOSTS, "lb.example"));
    }

    @Test
    void saysExactlyWhichRecordsToMake() throws InterruptedException {
        assertThat(warnings(knowing(Map.of()), Published.ingress(Optional.empty(), Optional.of("203.0.113.7"))))
                .containsExactly(
                        "btp.acme.example has no address, expected 203.0.113.7"
                                + " | Make the DNS record btp.acme.example A 203.0.113.7",
                        "*.btp.acme.example has no address, expected 203.0.113.7"
                                + " | Make the DNS record *.btp.acme.example A 203.0.113.7");
        assertThat(warnings(knowing(Map.of()), Published.ingress(Optional.empty(), Optional.of("2001:db8::7"))))
                .allMatch(text -> text.contains(" AAAA 2001:db8::7"));
        assertThat(warnings(
                        knowing(Map.of("lb.example", List.of("203.0.113.7"))),
                        Published.ingress(Optional.of("lb.example"), Optional.empty())))
                .allMatch(text -> text.contains(" CNAME lb.example"));
    }

    @Test
    void warnsOfANameThatLeadsElsewhere() throws InterruptedException {
        var component = knowing(Map.of(
                "btp.acme.example", List.of("198.51.100.1"),
                "btp-check-any.btp.acme.example", List.of("203.0.113.7")));
        var results = results(component, Published.ingress(Optional.empty(), Optional.of("203.0.113.7")));

        assertThat(results.getFirst())
                .isInstanceOfSatisfying(
                        Check.Result.Warned.class,
                        warned -> assertThat(warned.problem().summary())
                                .isEqualTo("btp.acme.example leads to 198.51.100.1, expected 203.0.113.7"));
        assertThat(results.getLast()).isEqualTo(new Check.Result.Passed("203.0.113.7"));
    }

    @Test
    void doesNotPassANameThatAlsoLeadsElsewhere() throws InterruptedException {
        var component = knowing(Map.of("btp.acme.example", List.of("203.0.113.7", "198.51.100.1")));

        assertThat(results(component, Published.ingress(Optional.empty(), Optional.of("203.0.113.7")))
                        .getFirst())
                .isInstanceOf(Check.Result.Warned.class);
    }

    @Test
    void saysBeforeTheInstallThatTheTargetComesLater() throws InterruptedException {
        assertThat(warnings(knowing(Map.of()), Published.places()).getFirst())
                .isEqualTo("btp.acme.example has no address; where it is to lead is known after edge.ingress"
                        + " | Make the DNS record btp.acme.example A, AAAA or CNAME (known after edge.ingress)");
    }
}
