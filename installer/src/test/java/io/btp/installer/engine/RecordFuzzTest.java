package io.btp.installer.engine;

import io.btp.installer.api.ProviderException;
import io.btp.installer.fuzz.Fuzz;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Damaged records of an installation, also those that an older or newer program wrote. */
class RecordFuzzTest {
    private static final String RECORD = """
            {"installation": "acme", "program": "1.0.0", "clusterUid": "u", "answers": "apiVersion: installer.btp/v1\\n",
            "components": [{"component": "redis", "provider": "kubernetes.valkey", "pinned": {"chart": "1.0", "engine": "9"},
            "moving": {"chart": "1.1", "engine": "9"}, "converged": true, "digest": "sha256:a"}],
            "runs": [{"id": "r", "command": "install", "began": "2026-01-01T00:00:00Z", "ended": "2026-01-01T00:01:00Z",
            "outcome": 0, "who": "a@b", "skipped": {"a.b": "because"}}]}""";

    @Test
    void damagedRecords() {
        new Fuzz("record", content -> read("2", content) + read("1", content) + read("3", content))
                .from(RECORD.getBytes(StandardCharsets.UTF_8))
                .run();
    }

    /** Reads it and uses what was read as runs do. */
    private static String read(String form, byte[] content) {
        var text = new String(content, StandardCharsets.UTF_8);
        try {
            var record = RecordCodec.record(Map.of("form", form, "program", "x", "record", text), "here");
            var again = record;
            var took = Duration.ZERO;
            for (var entry : record.components()) {
                again = again.with(entry.movingTo(entry.inForce())).with(entry.at(entry.pinned()));
            }
            for (var run : record.runs()) {
                again = again.with(run);
                took = took.plus(Duration.between(run.began(), run.ended()));
            }
            return took + " "
                    + RecordCodec.data(again.with(record.answers(), "y", record.clusterUid()))
                            .toString();
        } catch (ProviderException refused) {
            return refused.problem().summary();
        }
    }
}
