package io.btp.installer.host.probe;

import static io.btp.installer.api.Slots.LOGS;
import static io.btp.installer.api.Slots.METRICS;
import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.api.Problem.Reason;
import io.btp.installer.api.contract.Logs;
import io.btp.installer.api.contract.Metrics;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What answers queries, right and wrong. */
class QueryProofTest {
    private static final String SUCCESS = "{\"status\": \"success\", \"data\": []}";

    @Test
    void passesWhereAQueryIsAnswered() throws Exception {
        try (var server =
                new FakeIssuer().says("/api/v1/query", 200, SUCCESS).says("/loki/api/v1/labels", 200, SUCCESS)) {
            Proving.direct().passes(METRICS, metrics(server.issuer()), "metrics.query");
            Proving.direct().passes(METRICS, metrics(URI.create(server.issuer() + "/")), "metrics.query");
            Proving.direct().passes(LOGS, logs(server.issuer()), "logs.query");
        }
    }

    @Test
    void namesAnAddressThatIsNoPrometheus() throws Exception {
        try (var server = new FakeIssuer().says("/api/v1/query", 200, "<html>Welcome</html>")) {
            var problem = Proving.direct().failure(METRICS, metrics(server.issuer()), "metrics.query");

            assertThat(problem.reason()).isEqualTo(Reason.INVALID);
            assertThat(problem.remedy()).contains("observability.metrics.query");
            assertThat(Proving.direct()
                            .failure(LOGS, logs(server.issuer()), "logs.query")
                            .summary())
                    .endsWith("does not answer as Loki does");
        }
    }

    @Test
    void namesAServerThatAsksForALogin() throws Exception {
        try (var server = new FakeIssuer().says("/api/v1/query", 401, "Unauthorized")) {
            assertThat(Proving.direct()
                            .failure(METRICS, metrics(server.issuer()), "metrics.query")
                            .reason())
                    .isEqualTo(Reason.UNAUTHENTICATED);
        }
    }

    @Test
    void namesAClosedPort() throws Exception {
        var nobody = URI.create("http://localhost:" + Sockets.closedPort());

        assertThat(Proving.direct().failure(LOGS, logs(nobody), "logs.query").reason())
                .isEqualTo(Reason.UNREACHABLE);
    }

    private static Metrics metrics(URI query) {
        return new Metrics(query, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static Logs logs(URI query) {
        return new Logs(URI.create(query + "/loki/api/v1/push"), query);
    }
}
