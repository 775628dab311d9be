package io.btp.installer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.api.Plan;
import io.btp.installer.api.Step;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class UrgencyTest {
    private static Drawn.Entry entry(String component, Step... steps) {
        return new Drawn.Entry(component, component, "it", Plan.of(Arrays.asList(steps)));
    }

    private static Step taking(int seconds) {
        return Step.create("thing " + seconds, progress -> {}).usually(Duration.ofSeconds(seconds));
    }

    @Test
    void isTheLengthOfTheLongestChainThatBeginsThere() {
        var before = Map.of(
                "ingress", List.<String>of(),
                "cache", List.<String>of(),
                "certificates", List.of("ingress"),
                "platform", List.of("certificates", "cache"));
        var plan = new Drawn(List.of(
                entry("ingress", taking(10), taking(20)),
                entry("cache", taking(40)),
                entry("certificates", taking(60)),
                entry("platform", Step.create("a secret", progress -> {}))));

        var urgency = Urgency.of(
                List.of("ingress", "cache", "certificates", "platform"),
                name -> before.getOrDefault(name, List.of()),
                Function.identity(),
                plan);

        assertThat(urgency)
                .containsEntry("platform", Duration.ofSeconds(1))
                .containsEntry("certificates", Duration.ofSeconds(61))
                .containsEntry("cache", Duration.ofSeconds(41))
                .containsEntry("ingress", Duration.ofSeconds(91));
    }
}
