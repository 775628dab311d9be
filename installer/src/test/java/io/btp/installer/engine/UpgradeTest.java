package io.btp.installer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.api.Need;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Slot;
import io.btp.installer.api.Slots;
import io.btp.installer.engine.VersionedProvider.Lab;
import io.btp.installer.engine.VersionedProvider.Running;
import io.btp.installer.event.RunEvent;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pins, and what moves them: a store, and an application that needs it. */
class UpgradeTest {
    private static final Slot<Running> STORE = Slot.of("data.store", Running.class, "store");
    private static final Slot<Running> APPLICATION = Slot.of("application", Running.class, "application");

    @TempDir
    private Path state;

    private final World world = new World();
    private final FakeHost host = new FakeHost();
    private List<RunEvent> events = new ArrayList<>();

    /** A program, as it ships its charts. */
    private record Program(String chart, String engine, Lab lab) {}

    private static final Program OLD = new Program("1.0.0", "17", Lab.WELL);
    private static final Program NEW = new Program("1.1.0", "18", Lab.WELL);

    @BeforeEach
    void isInstalledByTheOldProgram() throws InterruptedException {
        assertThat(engine("install").install(project(OLD), plan -> true, Optional.empty()))
                .isZero();
        assertThat(world.things()).contains("data.store 1.0.0/17", "application 1.0.0/17");
    }

    private Engine engine(String command) {
        events = new ArrayList<>();
        var settings = new Settings("run-1", command, "0.1.0", state, 4, Map.of(), Map.of(), true, Set.of());
        return new Engine(
                host, this::hear, new Stop(), Pace.real(), InstantSource.system(), settings, records -> List.of());
    }

    private synchronized void hear(RunEvent event) {
        events.add(event);
    }

    private VersionedProvider store(Program program) {
        return new VersionedProvider(world, STORE, Set.of(Need.place(Slots.CLUSTER)), program.chart(), program.lab());
    }

    private Project project(Program program) {
        return project(program, store(program).member(program.engine()));
    }

    private Project project(Program program, Member<?, ?> store) {
        var application = new VersionedProvider(
                world,
                APPLICATION,
                Set.of(Need.place(Slots.CLUSTER), Need.input(STORE)),
                program.chart(),
                program.lab());
        var cluster = new ThingProvider<>(world, Slots.CLUSTER, Set.of(), records -> Stack.cluster(), target -> {});
        var members = List.<Member<?, ?>>of(Member.of(cluster, Map.of()), store, application.member(program.engine()));
        return new Project(
                FakeHost.INSTALLATION,
                "home",
                members,
                List.of(),
                List.of(),
                List.of(),
                "answers: 1",
                text -> members,
                List.of());
    }

    private InstallationRecord.Entry entry(String component) throws InterruptedException {
        return record().components().stream()
                .filter(entry -> entry.component().equals(component))
                .findFirst()
                .orElseThrow();
    }

    private InstallationRecord record() throws InterruptedException {
        return RecordCodec.record(host.home().record().orElseThrow().data(), "the test");
    }

    private void write(InstallationRecord record) throws InterruptedException {
        var version = host.home().record().orElseThrow().version();
        host.home().writeRecord(RecordCodec.data(record), Optional.of(version));
    }

    private List<String> said() {
        return events.stream()
                .filter(RunEvent.Said.class::isInstance)
                .map(event -> ((RunEvent.Said) event).message())
                .toList();
    }

    private List<Problem> problems() {
        return events.stream()
                .filter(RunEvent.Finished.class::isInstance)
                .flatMap(event -> ((RunEvent.Finished) event).problems().stream())
                .toList();
    }

    private static Engine.Confirmation unasked() {
        return plan -> {
            throw new AssertionError("asked for " + plan.steps());
        };
    }

    @Test
    void aNewerProgramMovesNothingByItselfAndSaysWhatItKnows() throws InterruptedException {
        var before = host.home().record();

        assertThat(engine("install").install(project(NEW), unasked(), Optional.empty()))
                .isZero();

        assertThat(world.things()).contains("data.store 1.0.0/17", "application 1.0.0/17");
        assertThat(host.home().record()).isEqualTo(before);
        assertThat(said())
                .contains("data.store stays at chart 1.0.0, version 17; this program knows chart 1.1.0, version 18:"
                        + " btp upgrade data.store");
        assertThat(engine("status").status(project(NEW))).isZero();
    }

    @Test
    void holdsBackWhatTheAnswersNameUntilAnUpgrade() throws InterruptedException {
        var project = project(OLD, store(OLD).member("1.0.5", "17.5"));

        assertThat(engine("install").install(project, unasked(), Optional.empty()))
                .isZero();
        assertThat(world.things()).contains("data.store 1.0.0/17");
        assertThat(said())
                .contains("data.store stays at chart 1.0.0, version 17; the answers name chart 1.0.5, version 17.5:"
                        + " btp upgrade data.store");

        assertThat(engine("upgrade").upgrade(project, Set.of(), plan -> true)).isZero();
        assertThat(world.things()).contains("data.store 1.0.5/17.5");
        assertThat(entry("data.store").pinned()).isEqualTo(new Versions("1.0.5", "17.5"));
    }

    @Test
    void movesWhatIsNamedAndPinsItThere() throws InterruptedException {
        assertThat(engine("upgrade").upgrade(project(NEW), Set.of("store"), plan -> true))
                .isZero();

        assertThat(world.things()).contains("data.store 1.1.0/18", "application 1.0.0/17");
        assertThat(entry("data.store").pinned()).isEqualTo(new Versions("1.1.0", "18"));
        assertThat(entry("data.store").moving()).isEmpty();
        assertThat(entry("application").pinned()).isEqualTo(new Versions("1.0.0", "17"));
        assertThat(said()).contains("data.store: chart 1.0.0 -> 1.1.0", "data.store: version 17 -> 18");
        assertThat(engine("upgrade").upgrade(project(NEW), Set.of("store"), unasked()))
                .isZero();
    }

    @Test
    void goesOnWithWhatAKilledUpgradeHadLeft() throws InterruptedException {
        world.remove("application 1.0.0/17");
        assertThat(engine("upgrade").upgrade(project(OLD), Set.of(), unasked())).isZero();
        assertThat(world.things()).doesNotContain("application 1.0.0/17");

        write(record().with(killed("upgrade")));

        assertThat(engine("upgrade").upgrade(project(OLD), Set.of(), plan -> true))
                .isZero();
        assertThat(world.things()).contains("application 1.0.0/17");
    }

    private static InstallationRecord.Run killed(String command) {
        var now = Instant.EPOCH;
        return new InstallationRecord.Run("run-0", command, now, now, -1, Optional.empty(), Optional.empty());
    }

    @Test
    void notesWhatAKilledRunHadDoneAndNotNoted() throws InterruptedException {
        var cache = new VersionedProvider(
                world, Slot.of("data.cache", Running.class, "cache"), Set.of(), "1.0.0", Lab.WELL);
        var removed = new InstallationRecord.Entry(
                "data.cache", "test.versioned", new Versions("1.0.0", "17"), Optional.empty(), true, Optional.empty());
        write(record().with(removed).with(killed("install")));

        assertThat(engine("install").install(knowing(cache), unasked(), Optional.empty()))
                .isZero();

        assertThat(record().components())
                .extracting(InstallationRecord.Entry::component)
                .doesNotContain("data.cache");
        assertThat(record().runs().getLast().outcome()).isZero();
        var noted = host.home().record();
        assertThat(engine("install").install(knowing(cache), unasked(), Optional.empty()))
                .isZero();
        assertThat(host.home().record()).isEqualTo(noted);
    }

    /** Gives the old program's project, where one more provider is known. */
    private Project knowing(VersionedProvider provider) {
        var known = project(OLD);
        return new Project(
                known.installation(),
                known.home(),
                known.members(),
                List.of(),
                List.of(provider),
                List.of(),
                known.answers(),
                known.past(),
                List.of());
    }

    @Test
    void movesEverythingWhereNothingIsNamed() throws InterruptedException {
        assertThat(engine("upgrade").upgrade(project(NEW), Set.of(), plan -> true))
                .isZero();

        assertThat(world.things()).contains("data.store 1.1.0/18", "application 1.1.0/18");
        var writes = world.writes();
        assertThat(writes.indexOf("make data.store 1.1.0/18")).isLessThan(writes.indexOf("make application 1.1.0/18"));
    }

    @Test
    void changesNothingUnlessConfirmed() throws InterruptedException {
        var before = host.home().record();

        assertThat(engine("upgrade").upgrade(project(NEW), Set.of(), plan -> false))
                .isEqualTo(ExitCode.INTERRUPTED);

        assertThat(host.home().record()).isEqualTo(before);
        assertThat(world.things()).contains("data.store 1.0.0/17");
    }

    @Test
    void refusesAStepBackBeforeAnythingIsChanged() throws InterruptedException {
        var back = project(OLD, store(OLD).member("0.9.0", "16"));

        assertThat(engine("upgrade").upgrade(back, Set.of(), unasked())).isEqualTo(ExitCode.CHECKS);

        assertThat(problems())
                .extracting(Problem::summary)
                .containsExactly(
                        "store by store does not go back: chart 1.0.0 -> 0.9.0",
                        "store by store does not go back: version 17 -> 16");
        assertThat(world.things()).contains("data.store 1.0.0/17");
    }

    @Test
    void goesOnToTheSameVersionsAfterItWasKilled() throws InterruptedException {
        var killed = new Program("1.1.0", "18", new Lab() {
            @Override
            public void beforeMoveTo(String thing) throws InterruptedException {
                throw new InterruptedException("killed");
            }
        });
        assertThat(engine("upgrade").upgrade(project(killed), Set.of("store"), plan -> true))
                .isEqualTo(ExitCode.INTERRUPTED);
        assertThat(entry("data.store").pinned()).isEqualTo(new Versions("1.0.0", "17"));
        assertThat(entry("data.store").moving()).contains(new Versions("1.1.0", "18"));

        var newest = new Program("1.2.0", "19", Lab.WELL);
        assertThat(engine("install").install(project(newest), plan -> true, Optional.empty()))
                .isZero();

        assertThat(world.things()).contains("data.store 1.1.0/18", "application 1.0.0/17");
        assertThat(entry("data.store").pinned()).isEqualTo(new Versions("1.1.0", "18"));
        assertThat(entry("data.store").moving()).isEmpty();
    }

    @Test
    void goesBackWhenTheNewVersionDoesNotGetReady() throws InterruptedException {
        var bad = new Program("1.1.0", "18", new Lab() {
            @Override
            public boolean getsReady(String thing) {
                return thing.equals("1.0.0/17");
            }
        });

        assertThat(engine("upgrade").upgrade(project(bad), Set.of(), plan -> true))
                .isEqualTo(ExitCode.STEP);

        assertThat(world.things()).contains("data.store 1.0.0/17", "application 1.0.0/17");
        assertThat(entry("data.store").pinned()).isEqualTo(new Versions("1.0.0", "17"));
        assertThat(entry("data.store").moving()).isEmpty();
        assertThat(entry("application").moving()).as("not begun").isEmpty();
        assertThat(problems()).singleElement().satisfies(problem -> {
            assertThat(problem.summary())
                    .isEqualTo("data.store did not get to chart 1.1.0, version 18; it runs chart 1.0.0, version 17"
                            + " again");
            assertThat(problem.root().summary()).isEqualTo("1.1.0/18 does not get ready");
        });
        assertThat(engine("install").install(project(OLD), unasked(), Optional.empty()))
                .isZero();
    }

    @Test
    void staysOnItsWayWhereThereIsNoWayBack() throws InterruptedException {
        var bad = new Program("1.1.0", "18", new Lab() {
            @Override
            public boolean getsReady(String thing) {
                return false;
            }

            @Override
            public boolean goesBackFrom(String thing) {
                return false;
            }
        });

        assertThat(engine("upgrade").upgrade(project(bad), Set.of("store"), plan -> true))
                .isEqualTo(ExitCode.STEP);

        assertThat(world.things()).contains("data.store 1.1.0/18");
        assertThat(entry("data.store").pinned()).isEqualTo(new Versions("1.0.0", "17"));
        assertThat(entry("data.store").moving()).contains(new Versions("1.1.0", "18"));
        assertThat(problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.causes())
                        .extracting(Problem::summary)
                        .containsExactly("1.1.0/18 does not get ready", "it does not go back"));
        assertThat(engine("upgrade").upgrade(project(NEW), Set.of("store"), plan -> true))
                .isZero();
        assertThat(entry("data.store").pinned()).isEqualTo(new Versions("1.1.0", "18"));
    }

    @Test
    void takesTheEngineOfAFirstRecordFromItsAnswers() throws InterruptedException {
        var record = RecordCodec.record(host.home().record().orElseThrow().data(), "the test");
        var entry = entry("data.store");
        var first = record.with(entry.at(new Versions("1.0.0", "")));
        host.home().writeRecord(RecordCodec.data(first), host.home().record().map(it -> it.version()));
        var old = project(OLD).members();
        var known = project(NEW);
        var project = new Project(
                known.installation(),
                known.home(),
                known.members(),
                List.of(),
                List.of(),
                List.of(),
                known.answers(),
                text -> old,
                List.of());

        assertThat(engine("plan").plan(project, true, plan -> {})).isZero();
    }
}
