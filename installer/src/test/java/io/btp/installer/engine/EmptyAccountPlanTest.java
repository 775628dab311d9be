package io.btp.installer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.api.Need;
import io.btp.installer.api.Problem;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.Step;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmptyAccountPlanTest {
    private static final Sketch.Hook NO_FAULT = after(thing -> {});

    @TempDir
    private Path state;

    private static Sketch.Hook after(Consumer<String> fault) {
        return new Sketch.Hook() {
            @Override
            public void before(String thing) {}

            @Override
            public void after(String thing) {
                fault.accept(thing);
            }
        };
    }

    private static EmptyAccount account(World world) {
        return new EmptyAccount(world, new FakeHost(), NO_FAULT);
    }

    private static List<String> names(EmptyAccount account) {
        return account.things().stream().map(Sketch.Thing::name).toList();
    }

    @Test
    void showsEveryStepOfEveryComponent() throws InterruptedException {
        var account = account(new World());

        assertThat(account.plan().steps()).extracting(Step::target).containsExactlyInAnyOrderElementsOf(names(account));
        assertThat(account.plan().blocked()).isEmpty();
    }

    @Test
    void saysOfEveryUnknownWhatItIsKnownAfterAndWaitsForIt() throws InterruptedException {
        var unknown = new ArrayList<String>();
        for (var entry : account(new World()).plan().components()) {
            var waited = new ArrayList<Need<?>>();
            for (var step : entry.plan().steps()) {
                waited.addAll(step.after());
                for (var change : step.changes()) {
                    var value = change.to().orElseThrow();
                    if (value.startsWith("known after ")) {
                        unknown.add(step.target() + " " + value);
                        assertThat(waited)
                                .extracting(Need::toString)
                                .contains(value.substring("known after ".length()));
                    }
                }
            }
        }
        assertThat(unknown)
                .contains(
                        "eks known after network",
                        "db instance known after network",
                        "db role known after cluster",
                        "db role known after secrets",
                        "valkey known after support[valkey.example/v1]",
                        "site known after dataPlane.postgres",
                        "site known after dataPlane.redis")
                .doesNotContain("vpc known after cloud");
    }

    @Test
    void planningChangesNothing() throws InterruptedException {
        var world = new World();

        account(world).plan();

        assertThat(world.writes()).isEmpty();
    }

    @Test
    void convergesFromNothingInTheOrderOfNeed() throws InterruptedException {
        var world = new World();
        var account = account(world);

        assertThat(account.install(state)).as(account.events().toString()).isZero();

        assertThat(world.writes()).doesNotHaveDuplicates().hasSameSizeAs(account.things());
        assertInOrder(account, world);
        assertThat(account.plan().isEmpty()).isTrue();
        assertThat(account.status(state)).isZero();
    }

    private static void assertInOrder(EmptyAccount account, World world) {
        var writes = world.writes();
        for (var thing : account.things()) {
            for (var ground : thing.standsOn()) {
                assertThat(writes.indexOf("make " + ground))
                        .as(ground + " before " + thing.name())
                        .isBetween(0, writes.indexOf("make " + thing.name()));
            }
        }
    }

    @Test
    void beginsTheDatabaseWhileTheClusterIsStillBeingMade() throws InterruptedException {
        var database = new CountDownLatch(1);
        var together = new AtomicReference<>(false);
        var world = new World();
        var account = new EmptyAccount(world, new FakeHost(), new Sketch.Hook() {
            @Override
            public void before(String thing) throws InterruptedException {
                if (thing.equals("eks active")) {
                    together.set(database.await(30, TimeUnit.SECONDS));
                }
            }

            @Override
            public void after(String thing) {
                if (thing.equals("db instance")) {
                    database.countDown();
                }
            }
        });

        assertThat(account.install(state)).isZero();
        assertThat(together.get()).isTrue();
    }

    @Test
    void convergesAfterAStopBehindEveryStep() throws InterruptedException {
        convergesAfter(Stop::request);
    }

    @Test
    void convergesAfterASecondStopAtOnceBehindEveryStep() throws InterruptedException {
        convergesAfter(stop -> {
            stop.request();
            stop.request();
        });
    }

    private void convergesAfter(Consumer<Stop> fault) throws InterruptedException {
        for (var last : names(account(new World()))) {
            var world = new World();
            var host = new FakeHost();
            var stop = new AtomicReference<Stop>();
            var stopped = new EmptyAccount(world, host, after(thing -> {
                if (thing.equals(last)) {
                    fault.accept(stop.get());
                }
            }));
            stop.set(stopped.stop());

            assertThat(stopped.install(state.resolve(last))).as(last).isEqualTo(ExitCode.INTERRUPTED);
            assertThat(world.things()).as(last).contains(last);

            assertGoesOn(world, host, last);
        }
    }

    @Test
    void convergesAfterAFailureThatCameAfterTheEffectOfEveryStep() throws InterruptedException {
        for (var last : names(account(new World()))) {
            var world = new World();
            var host = new FakeHost();
            var failing = new EmptyAccount(world, host, after(thing -> {
                if (thing.equals(last)) {
                    throw new ProviderException(Problem.of(Problem.Reason.FAILED, "the line went dead", "run again"));
                }
            }));

            assertThat(failing.install(state.resolve(last))).as(last).isEqualTo(ExitCode.STEP);
            assertThat(world.things()).as(last).contains(last);

            assertGoesOn(world, host, last);
        }
    }

    private void assertGoesOn(World world, FakeHost host, String last) throws InterruptedException {
        var again = new EmptyAccount(world, host, NO_FAULT);

        assertThat(again.install(state.resolve(last)))
                .as(last + ": " + again.events())
                .isZero();
        assertThat(world.things()).as(last).containsExactlyInAnyOrderElementsOf(names(again));
        assertThat(world.writes()).as(last).doesNotHaveDuplicates();
        assertInOrder(again, world);
    }
}
