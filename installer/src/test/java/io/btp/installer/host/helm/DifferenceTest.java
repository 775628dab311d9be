package io.btp.installer.host.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.api.Change;
import io.btp.installer.api.contract.Secret;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DifferenceTest {
    private static List<Change> between(Map<String, Object> from, Map<String, Object> to) {
        return Difference.between("values", from, to, Values.confidential(to));
    }

    @Test
    void takesNumbersForTheSameHoweverTheyAreWritten() {
        assertThat(between(Map.of("a", 3, "b", 1.50), Map.of("a", 3.0, "b", 1.5)))
                .isEmpty();
        assertThat(between(Map.of("a", 3), Map.of("a", "3"))).containsExactly(Change.of("values.a", 3, "3"));
    }

    @Test
    void comparesSecretsWithoutShowingThem() {
        assertThat(between(Map.of("login", "canary"), Map.of("login", Secret.of("canary"))))
                .isEmpty();
        assertThat(between(Map.of("login", "old"), Map.of("login", Secret.of("canary"))))
                .containsExactly(Change.of("values.login", "(hidden)", "(hidden)"));
    }

    @Test
    void hidesWhatMayHaveBeenASecret() {
        assertThat(between(Map.of("password", "canary"), Map.of()))
                .containsExactly(Change.gone("values.password", "(hidden)"));
    }

    @Test
    void hidesTextsThatHoldASecret() {
        var to = Map.<String, Object>of("login", Secret.of("canary"), "url", "redis://:canary@host");

        assertThat(between(Map.of("login", "canary", "url", "redis://host"), to))
                .noneMatch(change -> change.toString().contains("canary"))
                .hasSize(1);
    }

    @Test
    void comparesListsByTheNamesOfTheirItems() {
        var from = Map.<String, Object>of(
                "ports", List.of(Map.of("name", "a", "port", 1), Map.of("name", "b", "port", 2)));
        var to = Map.<String, Object>of(
                "ports", List.of(Map.of("name", "b", "port", 3), Map.of("name", "a", "port", 1)));

        assertThat(between(from, to)).containsExactly(Change.of("values.ports[b].port", 2, 3));
    }

    @Test
    void mergesTheUsersValuesDeeply() {
        var merged = Values.merged(
                Map.of("a", Map.of("x", 1, "y", List.of(1, 2)), "b", 1), Map.of("a", Map.of("y", List.of(3)), "b", 2));

        assertThat(merged).isEqualTo(Map.of("a", Map.of("x", 1, "y", List.of(3)), "b", 2));
    }
}
