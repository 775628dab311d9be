package io.btp.installer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.btp.installer.event.RunEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocksTest {
    private static final Instant NOW = Instant.parse("2026-08-01T12:00:00Z");

    @TempDir
    private Path state;

    private final Stack stack = new Stack(new World(), target -> {});
    private final List<RunEvent> events = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private final List<String> questions = new ArrayList<>();

    @BeforeEach
    void install() throws InterruptedException {
        stack.engine(state).install(stack.project(), plan -> true, Optional.empty());
    }

    /** Time that stands still, with pauses noted. */
    private final class Noted implements Pace {
        @Override
        public Duration now() {
            return Duration.ZERO;
        }

        @Override
        public void pause(Duration duration) {
            pauses.add(duration);
        }
    }

    private Locks locks() {
        var settings = new Settings("run-2", "lock break", "0.1.0", state, 4, Map.of(), Map.of(), false, Set.of());
        return new Engine(
                        stack.host(),
                        events::add,
                        stack.stop(),
                        new Noted(),
                        InstantSource.fixed(NOW),
                        settings,
                        records -> List.of())
                .locks();
    }

    private void hold(Owner owner, Duration silence) {
        var data = new HashMap<>(owner.data());
        data.put("renewed", NOW.minus(silence).toString());
        var home = stack.host().home();
        home.writeLease(data, home.lease().map(io.btp.installer.host.Home.Document::version));
    }

    private static Owner elsewhere() {
        return new Owner("run-1", "install", "another.example", "boot", 4711, "1", NOW.minusSeconds(600));
    }

    private static Owner deadHere() {
        var self = Owner.self("run-1", "install", NOW.minusSeconds(600));
        return new Owner(
                self.run(), self.command(), self.host(), self.boot(), self.pid(), "another start", self.since());
    }

    private int take(boolean force, boolean yes) throws InterruptedException {
        return locks().take(stack.project(), force, question -> {
            questions.add(question);
            return yes;
        });
    }

    private RunEvent.Finished end() {
        return (RunEvent.Finished) events.getLast();
    }

    private boolean isFree() {
        return stack.host().home().lease().orElseThrow().data().containsKey("released");
    }

    @Test
    void saysThatNobodyHoldsIt() throws InterruptedException {
        assertThat(locks().show(stack.project())).isZero();
        assertThat(end().outcome()).isEqualTo("Nobody holds the lock");
        assertThat(take(true, true)).isZero();
        assertThat(questions).isEmpty();
    }

    @Test
    void saysWhoHoldsItAndWhetherHeLives() throws InterruptedException {
        hold(elsewhere(), Duration.ofSeconds(4));
        locks().show(stack.project());
        assertThat(end().outcome())
                .contains("run-1", "process 4711 on another.example", "alive, it gave a sign of life 4.0 s ago");

        hold(elsewhere(), Duration.ofMinutes(5));
        locks().show(stack.project());
        assertThat(end().outcome()).contains("orphaned, it gave no sign of life for 5 min");

        hold(deadHere(), Duration.ofSeconds(4));
        locks().show(stack.project());
        assertThat(end().outcome()).contains("orphaned, its process is dead");

        hold(Owner.self("run-1", "install", NOW), Duration.ofSeconds(4));
        locks().show(stack.project());
        assertThat(end().outcome()).contains("alive on this machine");
    }

    @Test
    void breaksAnOrphanedLockOfThisMachineAtOnce() throws InterruptedException {
        hold(deadHere(), Duration.ofMinutes(1));

        assertThat(take(false, true)).isZero();
        assertThat(questions.getFirst()).contains("run-1", "dead");
        assertThat(isFree()).isTrue();
        assertThat(pauses).isEmpty();
    }

    @Test
    void keepsALockFromOthersUntilASilentOwnerMustHaveNoticed() throws InterruptedException {
        hold(elsewhere(), Duration.ofMinutes(5));

        assertThat(take(false, true)).isZero();
        assertThat(pauses).containsExactly(RunLock.SIGN_OF_LIFE);
        assertThat(isFree()).isTrue();
    }

    @Test
    void breaksNothingUnlessConfirmed() throws InterruptedException {
        hold(deadHere(), Duration.ofMinutes(1));

        assertThat(take(false, false)).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(isFree()).isFalse();
    }

    @Test
    void refusesToBreakTheLockOfWhoLives() throws InterruptedException {
        hold(Owner.self("run-1", "install", NOW), Duration.ZERO);
        assertThat(take(false, true)).isEqualTo(ExitCode.LOCKED);
        assertThat(end().problems().getFirst().remedy())
                .contains("kill " + ProcessHandle.current().pid(), "--force");

        hold(elsewhere(), Duration.ofSeconds(1));
        assertThat(take(false, true)).isEqualTo(ExitCode.LOCKED);
        assertThat(end().problems().getFirst().remedy()).contains("another.example", "--force");
        assertThat(questions).isEmpty();
        assertThat(isFree()).isFalse();
    }

    @Test
    void losesAgainstWhoTookTheLockMeanwhile() throws InterruptedException {
        hold(deadHere(), Duration.ofMinutes(1));

        var code = locks().take(stack.project(), false, question -> {
            hold(elsewhere(), Duration.ZERO);
            return true;
        });

        assertThat(code).isEqualTo(ExitCode.LOCKED);
        assertThat(end().outcome()).contains("changed hands");
    }

    /** A heart that beats when the test says so. */
    private static final class Beats implements Pace {
        private final BlockingQueue<Duration> due = new LinkedBlockingQueue<>();
        private final CountDownLatch ended = new CountDownLatch(1);

        @Override
        public Duration now() {
            return Duration.ZERO;
        }

        @Override
        public void pause(Duration duration) throws InterruptedException {
            due.take();
        }
    }

    @Test
    void stopsALivingOwnerAtItsNextChangeAndLetsTheNextRunIn() throws InterruptedException {
        var beats = new Beats();
        var owner = Owner.self("run-1", "install", NOW);
        try (var old = new RunLock(state.resolve("old"), owner, beats, InstantSource.fixed(NOW), words -> {})) {
            old.holdHere();
            old.holdIn(stack.host().home());
            old.requireOwnership();

            assertThat(take(true, true)).isZero();

            beats.due.add(Duration.ZERO);
            for (int look = 0; look < 1000 && isStillOurs(old); look++) {
                assertThat(beats.ended.await(10, TimeUnit.MILLISECONDS)).isFalse();
            }
            assertThatThrownBy(old::requireOwnership).isInstanceOf(LockLost.class);

            var again = Owner.self("run-3", "install", NOW);
            try (var next = new RunLock(state.resolve("new"), again, beats, InstantSource.fixed(NOW), words -> {})) {
                next.holdHere();
                next.holdIn(stack.host().home());
                next.requireOwnership();
            }
        }
    }

    private static boolean isStillOurs(RunLock lock) throws InterruptedException {
        try {
            lock.requireOwnership();
            return true;
        } catch (LockLost lost) {
            return false;
        }
    }
}
