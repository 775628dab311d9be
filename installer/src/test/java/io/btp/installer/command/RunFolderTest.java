package io.btp.installer.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
    private static final int AT_ONCE = 4;

    @TempDir
    Path runs;

    private void made(int run, String command) throws IOException {
        var folder = Files.createDirectory(runs.resolve("run-" + command + "-" + run));
        Files.writeString(PastRun.events(folder), """
                {"v":1,"type":"started","at":"2026-11-01T12:%02d:%02dZ","run":"run-%s-%d","command":"%s",\
                "installation":"acme","version":"1.0.0","sandbox":false}
                """.formatted(run / 60, run % 60, command, run, command));
        Files.writeString(folder.resolve("debug.log"), "nothing\n");
    }

    @Test
    void runsThatBeginAtTheSameMomentRemoveOldOnesTogether() throws Exception {
        for (int run = 0; run < 300; run++) {
            made(run, "install");
        }
        made(0, "plan");
        var barrier = new CyclicBarrier(AT_ONCE);
        Callable<Boolean> prune = () -> {
            barrier.await();
            RunFolder.prune(runs);
            return true;
        };
        var done = new ArrayList<Future<Boolean>>();
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            for (int each = 0; each < AT_ONCE; each++) {
                done.add(threads.submit(prune));
            }
        }
        for (var each : done) {
            assertThat(result(each)).isTrue();
        }
        assertThat(PastRun.in(runs)).hasSize(51).extracting(PastRun::id).contains("run-plan-0", "run-install-299");
    }

    private static boolean result(Future<Boolean> future) throws Exception {
        try {
            return future.get();
        } catch (ExecutionException failed) {
            throw new AssertionError(failed.getCause());
        }
    }
}
