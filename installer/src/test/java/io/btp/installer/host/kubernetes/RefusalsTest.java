package io.btp.installer.host.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RefusalsTest {
    private static Answer tooMany(String message) {
        var status = """
                {"kind": "Status", "apiVersion": "v1", "status": "Failure", "message": "%s",
                 "reason": "TooManyRequests", "details": {"retryAfterSeconds": 3}, "code": 429}""".formatted(message);
        return new Answer(429, Map.of("Retry-After", List.of("3")), status.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void waitsAsLongAsABusyServerAsks() {
        assertThat(Refusals.retryAfter(tooMany("Too many requests, please try again later.")))
                .contains(Duration.ofSeconds(3));
    }

    @Test
    void doesNotWaitAsLongForACacheThatIsBeingFilled() {
        assertThat(Refusals.retryAfter(tooMany("storage is (re)initializing"))).isEmpty();
    }
}
