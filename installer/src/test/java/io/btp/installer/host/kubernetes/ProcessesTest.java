package io.btp.installer.host.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProcessesTest {
    private static Programs.Ended run(String script, Duration deadline) throws IOException, InterruptedException {
        return new Processes().run(List.of("/bin/sh", "-c", script), Map.of("PATH", "/usr/bin:/bin"), deadline);
    }

    /** Under load a reader comes late: what a program wrote before it ended must still be there. */
    @Test
    void readsAllThatAProgramWroteHoweverSoonItEnds() throws InterruptedException, ExecutionException {
        Callable<String> one = () -> run("printf all", Duration.ofMinutes(1)).output();
        try (var threads = Executors.newFixedThreadPool(16)) {
            var outputs =
                    threads.invokeAll(Stream.generate(() -> one).limit(400).toList());
            for (var output : outputs) {
                assertThat(output.get()).isEqualTo("all");
            }
        }
    }

    @Test
    void keepsWhatWasWrittenBeforeTheDeadline() throws IOException, InterruptedException {
        var ended = run("printf begun; exec sleep 60", Duration.ofSeconds(2));

        assertThat(ended.exitCode()).isEmpty();
        assertThat(ended.output()).isEqualTo("begun");
    }

    @Test
    void doesNotWaitForWhatAProgramLeftBehind() throws IOException, InterruptedException {
        var ended = run("sleep 5 & printf done", Duration.ofMinutes(1));

        assertThat(ended.exitCode()).contains(0);
        assertThat(ended.output()).isEqualTo("done");
    }
}
