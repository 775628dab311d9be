package io.btp.installer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.btp.installer.api.Need;
import io.btp.installer.api.Problem;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.Slots;
import io.btp.installer.api.Step;
import io.btp.installer.event.RunEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineTest {
    private static final ThingProvider.Hook NO_FAULT = target -> {};
    private static final List<String> ALL = List.of(
            "cluster/shell",
            "cluster/core",
            "data.database/shell",
            "data.database/core",
            "leaves.left/shell",
            "leaves.left/core",
            "leaves.right/shell",
            "leaves.right/core");

    @TempDir
    private Path state;

    @Test
    void plansEverythingWhenNothingIsThere() throws InterruptedException {
        var stack = new Stack(new World(), NO_FAULT);
        try (var blueprint = stack.blueprint()) {
            var plan = new Planner(blueprint).plan().plan();

            assertThat(plan.steps()).extracting(Step::target).containsExactlyInAnyOrderElementsOf(ALL);
            assertThat(plan.steps().stream()
                            .filter(step -> step.target().equals("leaves.left/core"))
                            .findFirst()
                            .orElseThrow()
                            .after())
                    .containsExactlyInAnyOrder(Need.place(Slots.CLUSTER), Need.input(Stack.DATABASE));
        }
    }

    @Test
    void installsInTheOrderOfNeed() throws InterruptedException {
        var world = new World();
        var stack = new Stack(world, NO_FAULT);

        var code = stack.engine(state).install(stack.project(), plan -> true, Optional.empty());

        assertThat(code).isZero();
        assertThat(world.things()).containsExactlyInAnyOrderElementsOf(ALL);
        var writes = world.writes();
        assertThat(writes.indexOf("make cluster/core")).isLessThan(writes.indexOf("make data.database/shell"));
        assertThat(writes.indexOf("make data.database/core")).isLessThan(writes.indexOf("make leaves.left/core"));
    }

    @Test
    void hasNothingToDoAgain() throws InterruptedException {
        var world = new World();
        var first = new Stack(world, NO_FAULT);
        first.engine(state).install(first.project(), plan -> true, Optional.empty());
        var writes = world.writes().size();
        var record = first.host().home().record();

        var code = first.engine(state)
                .install(
                        first.project(),
                        plan -> {
                            throw new AssertionError("asked for " + plan.steps());
                        },
                        Optional.empty());

        assertThat(code).isZero();
        assertThat(world.writes()).hasSize(writes);
        assertThat(first.host().home().record()).isEqualTo(record);
    }

    @Test
    void changesNothingUnlessConfirmed() throws InterruptedException {
        var world = new World();
        var stack = new Stack(world, NO_FAULT);

        var code = stack.engine(state).install(stack.project(), plan -> false, Optional.empty());

        assertThat(code).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(world.writes()).isEmpty();
        assertThat(stack.host().home().exists()).isFalse();
    }

    @Test
    void convergesAfterAFailureAtEveryStep() throws InterruptedException {
        for (var broken : ALL) {
            var world = new World();
            var failing = new Stack(world, target -> {
                if (target.equals(broken)) {
                    throw new ProviderException(Problem.of(Problem.Reason.FAILED, "broken", "mend it"));
                }
            });
            var code = failing.engine(state).install(failing.project(), plan -> true, Optional.empty());
            assertThat(code).as(broken).isEqualTo(ExitCode.STEP);

            var mended = new Stack(world, NO_FAULT);
            assertThat(mended.engine(state).install(mended.project(), plan -> true, Optional.empty()))
                    .as(broken)
                    .isZero();
            assertThat(world.things()).as(broken).containsExactlyInAnyOrderElementsOf(ALL);
        }
    }

    @Test
    void skipsWhoNeedsWhatFailedAndFinishesTheRest() throws InterruptedException {
        var world = new World();
        var stack = new Stack(world, target -> {
            if (target.equals("leaves.left/core")) {
                throw new ProviderException(Problem.of(Problem.Reason.FAILED, "broken", "mend it"));
            }
        });

        stack.engine(state).install(stack.project(), plan -> true, Optional.empty());

        assertThat(world.things()).contains("leaves.right/core").doesNotContain("leaves.left/core");
        assertThat(stack.events())
                .filteredOn(RunEvent.ComponentFailed.class::isInstance)
                .singleElement()
                .extracting(event -> ((RunEvent.ComponentFailed) event).component())
                .isEqualTo("leaves.left");
    }

    @Test
    void namesWhyDependantsAreSkipped() throws InterruptedException {
        var stack = new Stack(new World(), target -> {
            if (target.equals("data.database/core")) {
                throw new ProviderException(Problem.of(Problem.Reason.QUOTA, "no room", "make room"));
            }
        });

        stack.engine(state).install(stack.project(), plan -> true, Optional.empty());

        assertThat(stack.events())
                .filteredOn(RunEvent.ComponentSkipped.class::isInstance)
                .map(event -> ((RunEvent.ComponentSkipped) event).because())
                .containsOnly("data.database failed");
    }

    @Test
    void triesAgainWhatMayPass() throws InterruptedException {
        var tries = new AtomicInteger();
        var stack = new Stack(new World(), target -> {
            if (target.equals("data.database/shell") && tries.incrementAndGet() == 1) {
                throw new ProviderException(Problem.of(Problem.Reason.TRANSIENT, "busy", ""));
            }
        });

        assertThat(stack.engine(state).install(stack.project(), plan -> true, Optional.empty()))
                .isZero();
        assertThat(tries).hasValue(2);
    }

    @Test
    void stopsCleanlyOnRequestAndGoesOnLater() throws InterruptedException {
        var world = new World();
        var stops = new java.util.concurrent.atomic.AtomicReference<Runnable>(() -> {});
        var stack = new Stack(world, target -> {
            if (target.equals("data.database/shell")) {
                stops.get().run();
            }
        });
        stops.set(() -> stack.stop().request());

        var code = stack.engine(state).install(stack.project(), plan -> true, Optional.empty());

        assertThat(code).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(world.things()).contains("data.database/shell").doesNotContain("data.database/core");
        var again = new Stack(world, NO_FAULT);
        assertThat(again.engine(state).install(again.project(), plan -> true, Optional.empty()))
                .isZero();
    }

    @Test
    void refusesWhatWasNotConfirmed() throws InterruptedException {
        var world = new World();
        var stack = new Stack(world, NO_FAULT);
        Engine.Confirmation sabotage = plan -> {
            world.remove("cluster/core");
            return true;
        };
        stack.engine(state).install(stack.project(), plan -> true, Optional.empty());
        world.remove("leaves.left/core");

        var code = stack.engine(state).install(stack.project(), sabotage, Optional.empty());

        assertThat(code).isEqualTo(ExitCode.NOT_CONVERGED);
        assertThat(world.things()).doesNotContain("cluster/core");
    }

    @Test
    void refusesASavedPlanThatIsStale() throws InterruptedException {
        var world = new World();
        var stack = new Stack(world, NO_FAULT);
        var digest = stack.digest(state);
        world.make("cluster/shell");

        assertThat(stack.engine(state).install(stack.project(), plan -> true, Optional.of(digest)))
                .isEqualTo(ExitCode.NOT_CONVERGED);
        assertThat(world.things()).containsExactly("cluster/shell");
    }

    @Test
    void reportsDriftAsTheStepsOfAnInstall() throws InterruptedException {
        var world = new World();
        var stack = new Stack(world, NO_FAULT);
        stack.engine(state).install(stack.project(), plan -> true, Optional.empty());
        assertThat(stack.engine(state).status(stack.project())).isZero();

        world.remove("leaves.left/core");

        assertThat(stack.engine(state).status(stack.project())).isEqualTo(ExitCode.DRIFT);
    }

    @Test
    void removesConsumersFirstAndEverything() throws InterruptedException {
        var world = new World();
        var stack = new Stack(world, NO_FAULT);
        stack.engine(state).install(stack.project(), plan -> true, Optional.empty());

        var code = stack.engine(state).uninstall(stack.project(), plan -> true);

        assertThat(code).isZero();
        assertThat(world.things()).isEmpty();
        assertThat(stack.host().home().exists()).isFalse();
        var writes = world.writes();
        assertThat(writes.indexOf("remove leaves.right/core")).isLessThan(writes.indexOf("remove data.database/core"));
        assertThat(writes.indexOf("remove data.database/shell")).isLessThan(writes.indexOf("remove cluster/core"));
    }

    @Test
    void removesAtTheSameTimeWhoHasNothingToDoWithOneAnother() throws InterruptedException {
        var world = new World();
        var stack = new Stack(world, NO_FAULT);
        stack.engine(state).install(stack.project(), plan -> true, Optional.empty());
        var both = new CountDownLatch(2);
        var meeting = new Stack(world, target -> {
            if (target.startsWith("leaves.") && target.endsWith("/core")) {
                both.countDown();
                assertThat(both.await(1, TimeUnit.MINUTES)).as("the other leaf").isTrue();
            }
        });

        assertThat(meeting.engine(state).uninstall(meeting.project(), plan -> true))
                .isZero();
        assertThat(world.things()).isEmpty();
    }

    @Test
    void keepsWhatAFailedRemovalNeedsAndNothingElse() throws InterruptedException {
        var world = new World();
        var stack = new Stack(world, NO_FAULT);
        stack.engine(state).install(stack.project(), plan -> true, Optional.empty());
        var failing = new Stack(world, target -> {
            if (target.equals("leaves.left/core")) {
                throw new ProviderException(Problem.of(Problem.Reason.FAILED, "broken", "mend it"));
            }
        });

        assertThat(failing.engine(state).uninstall(failing.project(), plan -> true))
                .isEqualTo(ExitCode.STEP);
        assertThat(world.things())
                .containsExactlyInAnyOrder(
                        "leaves.left/core",
                        "leaves.left/shell",
                        "data.database/core",
                        "data.database/shell",
                        "cluster/core",
                        "cluster/shell");
    }

    @Test
    void removesEverythingAfterAFailureAtEveryStep() throws InterruptedException {
        for (var broken : ALL) {
            var world = new World();
            var stack = new Stack(world, NO_FAULT);
            stack.engine(state).install(stack.project(), plan -> true, Optional.empty());
            var failing = new Stack(world, target -> {
                if (target.equals(broken)) {
                    throw new ProviderException(Problem.of(Problem.Reason.FAILED, "broken", "mend it"));
                }
            });
            assertThat(failing.engine(state).uninstall(failing.project(), plan -> true))
                    .as(broken)
                    .isEqualTo(ExitCode.STEP);

            assertThat(stack.engine(state).uninstall(stack.project(), plan -> true))
                    .as(broken)
                    .isZero();
            assertThat(world.things()).as(broken).isEmpty();
        }
    }

    @Test
    void namesACircleOfNeeds() {
        var world = new World();
        var one = new ThingProvider<>(
                world, Stack.LEFT, Set.of(Need.input(Stack.RIGHT)), records -> new Stack.Leaf(""), NO_FAULT);
        var other = new ThingProvider<>(
                world, Stack.RIGHT, Set.of(Need.input(Stack.LEFT)), records -> new Stack.Leaf(""), NO_FAULT);

        assertThatThrownBy(() -> Blueprint.of(
                        List.of(Member.of(one, Map.of()), Member.of(other, Map.of())), List.of(), new FakeHost()))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("circle")
                .hasMessageContaining("leaves.left")
                .hasMessageContaining("leaves.right");
    }

    @Test
    void namesANeedThatNobodyMeets() {
        var one = new ThingProvider<>(
                new World(), Stack.LEFT, Set.of(Need.input(Stack.RIGHT)), records -> new Stack.Leaf(""), NO_FAULT);

        assertThatThrownBy(() -> Blueprint.of(List.of(Member.of(one, Map.of())), List.of(), new FakeHost()))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("needs right leaf, which nobody provides");
    }
}
