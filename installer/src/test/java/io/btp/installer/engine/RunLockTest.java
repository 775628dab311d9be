package io.btp.installer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.btp.installer.api.ProviderException;
import io.btp.installer.host.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLockTest {
    private static final Instant NOW = Instant.parse("2026-08-01T12:00:00Z");

    @TempDir
    private Path folder;

    private final FakeHome home = new FakeHome();
    private final List<String> said = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private Runnable meanwhile = () -> {};
    private Duration monotonic = Duration.ZERO;
    private Instant clock = NOW;

    /** Time that passes when the test says so; the heart never beats. */
    private final class Told implements Pace {
        private final Thread own = Thread.currentThread();

        @Override
        public Duration now() {
            return monotonic;
        }

        @Override
        public void pause(Duration duration) throws InterruptedException {
            if (Thread.currentThread() != own) {
                new CountDownLatch(1).await();
            }
            pauses.add(duration);
            meanwhile.run();
        }
    }

    private RunLock lock(String run) {
        var owner = Owner.self(run, "install", NOW);
        return new RunLock(folder.resolve(run), owner, new Told(), () -> clock, said::add);
    }

    private RunLock held(String run) throws InterruptedException {
        var lock = lock(run);
        lock.holdHere();
        lock.holdIn(home);
        return lock;
    }

    private void write(Owner owner, Instant renewed) {
        var data = new HashMap<>(owner.data());
        data.put("renewed", renewed.toString());
        home.writeLease(data, home.lease().map(Home.Document::version));
    }

    private static Owner elsewhere() {
        return new Owner("run-9", "install", "another.example", "boot", 4711, "1", NOW);
    }

    @Test
    void asksWhenItIsNotCertainAndGoesOnWhereNobodyCameBetween() throws InterruptedException {
        try (var lock = held("run-1")) {
            monotonic = RunLock.CERTAIN.plusSeconds(1);
            assertThat(lock.left()).isLessThanOrEqualTo(Duration.ZERO);

            lock.requireOwnership();

            assertThat(lock.left()).isEqualTo(RunLock.CERTAIN);
        }
    }

    @Test
    void isNotCertainAfterTheMachineSlept() throws InterruptedException {
        try (var lock = held("run-1")) {
            clock = NOW.plus(Duration.ofHours(2));

            assertThat(lock.left()).isLessThanOrEqualTo(Duration.ZERO);
        }
    }

    @Test
    void takesTheLeaseWhereTheAnswerToItsFirstRequestWasLost() throws InterruptedException {
        home.loseAnswer();
        try (var lock = held("run-1")) {
            assertThat(lock.isIn()).isTrue();
            assertThat(pauses).hasSize(1);
            assertThat(home.lease().orElseThrow().data()).containsEntry("run", "run-1");
            lock.requireOwnership();
        }
    }

    @Test
    void endsWhereItsRequestIsNeverAnswered() throws InterruptedException {
        home.loseAnswer();
        meanwhile = home::loseAnswer;
        try (var lock = lock("run-1")) {
            lock.holdHere();
            assertThatThrownBy(() -> lock.holdIn(home))
                    .isInstanceOf(ProviderException.class)
                    .hasMessageContaining("The connection was cut");
            assertThat(lock.isIn()).isFalse();
        }
    }

    @Test
    void namesWhoTookOver() throws InterruptedException {
        try (var lock = held("run-1")) {
            write(elsewhere(), clock);
            monotonic = RunLock.CERTAIN.plusSeconds(1);

            assertThatThrownBy(lock::requireOwnership)
                    .isInstanceOf(LockLost.class)
                    .hasMessageContaining("run-9");
            assertThat(lock.left()).isEqualTo(Duration.ZERO);
        }
        assertThat(home.lease().orElseThrow().data())
                .containsEntry("run", "run-9")
                .doesNotContainKey("released");
    }

    @Test
    void keepsALeaseWhoseRenewalArrivedButWasNotAnswered() throws InterruptedException {
        try (var lock = held("run-1")) {
            write(Owner.self("run-1", "install", NOW), clock);
            monotonic = RunLock.CERTAIN.plusSeconds(1);

            lock.requireOwnership();
        }
        assertThat(home.lease().orElseThrow().data()).containsKey("released");
    }

    @Test
    void watchesAnExpiredLeaseForLongerThanItsOwnerIsCertainOfIt() throws InterruptedException {
        write(elsewhere(), NOW.minus(Duration.ofMinutes(5)));

        try (var lock = held("run-1")) {
            lock.requireOwnership();
        }
        assertThat(pauses).containsExactly(RunLock.SIGN_OF_LIFE);
        assertThat(RunLock.SIGN_OF_LIFE).isGreaterThan(RunLock.CERTAIN.plusSeconds(2));
    }

    @Test
    void believesASignOfLifeMoreThanAClock() {
        write(elsewhere(), NOW.minus(Duration.ofMinutes(5)));
        meanwhile = () -> write(elsewhere(), NOW.minus(Duration.ofMinutes(5)));

        assertThatThrownBy(() -> held("run-1")).isInstanceOf(LockLost.class).hasMessageContaining("alive");
    }

    @Test
    void takesAMachineOfTheSameNameForAnother() {
        var self = Owner.self("run-9", "install", NOW);
        write(new Owner(self.run(), self.command(), self.host(), "another boot", 1, "1", NOW), NOW);

        assertThatThrownBy(() -> held("run-1")).isInstanceOf(LockLost.class).hasMessageContaining("run-9");
    }

    @Test
    void waitsForTheNameOfWhoHasJustTakenTheFile() throws InterruptedException, IOException {
        try (var first = lock("run-1")) {
            first.holdHere();
            var file = folder.resolve("run-1");
            var name = Files.readString(file);
            Files.writeString(file, "");
            meanwhile = () -> rewrite(file, name);

            assertThatThrownBy(() -> lock("run-1").holdHere())
                    .isInstanceOf(LockLost.class)
                    .hasMessageContaining("run run-1 (install) by process "
                            + ProcessHandle.current().pid());
            assertThat(pauses).isNotEmpty();
        }
    }

    private static void rewrite(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
