package io.btp.installer.engine;

import io.btp.installer.api.Chart;
import io.btp.installer.api.Slots;
import io.btp.installer.api.contract.Cluster;
import io.btp.installer.event.RunEvent;
import io.btp.installer.event.RunListener;
import io.btp.installer.host.Home;
import io.btp.installer.host.Host;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs a confirmed plan: lock, record, components, removals, and the look afterwards that must find nothing to do. */
final class Installing {
    private final Host host;
    private final RunListener listener;
    private final Stop stop;
    private final Pace pace;
    private final InstantSource clock;
    private final Settings settings;

    Installing(Host host, RunListener listener, Stop stop, Pace pace, InstantSource clock, Settings settings) {
        this.host = host;
        this.listener = listener;
        this.stop = stop;
        this.pace = pace;
        this.clock = clock;
        this.settings = settings;
    }

    int run(Scene scene, Engine.Proof proof, Engine.Ending ending) throws InterruptedException {
        try (var lock = lock()) {
            lock.holdHere();
            var journal = new Journal(scene, lock, settings, clock);
            if (scene.home().isPresent()) {
                journal.enter(scene.home().get(), scene.cluster().orElseThrow());
            }
            journal.begin();
            host.permit(lock::permittedUntil);
            var code = work(scene, lock, journal, proof, ending);
            journal.end(code);
            return code;
        } catch (LockLost lost) {
            return ending.end(ExitCode.LOCKED, String.valueOf(lost.getMessage()), List.of(), List.of("btp lock show"));
        }
    }

    private RunLock lock() {
        var owner = Owner.self(settings.run(), settings.command(), clock.instant());
        return new RunLock(
                settings.state().resolve("lock"),
                owner,
                pace,
                clock,
                message -> listener.on(new RunEvent.Said(true, message)));
    }

    private int work(Scene scene, RunLock lock, Journal journal, Engine.Proof proof, Engine.Ending ending)
            throws InterruptedException {
        var steps = new StepRun(lock, stop, pace, settings.deadlines(), settings.parallelism(), listener);
        var confirmed = scene.plan().confirmed();
        Runner.Milestone milestone = (component, outputs) -> journal.note(component, outputs, host);
        var endings = new Runner(scene.blueprint(), steps, stop, listener, milestone).run(confirmed);
        if (Engine.code(endings) == ExitCode.DONE && !scene.leavers().isEmpty()) {
            endings.putAll(remove(scene, steps, confirmed, journal));
        }
        int code = Engine.code(endings);
        if (code != ExitCode.DONE) {
            return ending.end(code, words(code), Engine.problems(endings), List.of("btp install"));
        }
        return look(scene, proof, ending);
    }

    private Map<String, Runner.Ending> remove(Scene scene, StepRun steps, Confirmed confirmed, Journal journal)
            throws InterruptedException {
        var seen = new Planner(scene.blueprint()).plan();
        var endings = new Removals(scene.leavers(), seen.records(), host).run(confirmed, steps, stop, listener);
        for (var leaver : scene.leavers()) {
            if (endings.get(leaver.id()) instanceof Runner.Ending.Converged) {
                journal.forget(leaver);
            }
        }
        return endings;
    }

    private static String words(int code) {
        return switch (code) {
            case ExitCode.INTERRUPTED -> "Interrupted; run again to go on";
            case ExitCode.LOCKED -> "The lock was lost; nothing more was changed";
            case ExitCode.NOT_CONVERGED -> "The plan changed while it ran; run again to see and confirm the new one";
            default -> "A step failed; run again to go on";
        };
    }

    private int look(Scene scene, Engine.Proof proof, Engine.Ending ending) throws InterruptedException {
        var seen = new Planner(scene.blueprint()).plan();
        if (seen.plan().isEmpty()) {
            return proof.of(seen.records(), "Installed");
        }
        seen.plan().events().forEach(listener::on);
        return ending.end(
                ExitCode.NOT_CONVERGED,
                "Did not converge: " + Count.steps(seen.plan()) + " to do again",
                seen.plan().blocked(),
                List.of("btp status"));
    }

    /** Keeps the record up to date while a run goes on. */
    private static final class Journal {
        private final Scene scene;
        private final RunLock lock;
        private final Settings settings;
        private final InstantSource clock;
        private InstallationRecord record;

        Journal(Scene scene, RunLock lock, Settings settings, InstantSource clock) {
            this.scene = scene;
            this.lock = lock;
            this.settings = settings;
            this.clock = clock;
            var project = scene.project();
            this.record = scene.ledger()
                    .latest()
                    .orElseGet(() -> new InstallationRecord(
                            project.installation().name(), settings.version(), "", "", List.of(), List.of()));
        }

        void begin() throws InterruptedException {
            record = chosen(record.with(scene.project().answers(), settings.version(), record.clusterUid()));
            save(record.with(run(-1)));
        }

        /** Notes what was chosen before anything is made of it: what a killed run began is found when it is not chosen any more. */
        private InstallationRecord chosen(InstallationRecord noted) {
            var changed = noted;
            for (var node : scene.blueprint().nodes()) {
                if (changed.entry(node.provider()).isEmpty()) {
                    changed = changed.with(entry(node.member(), false));
                }
            }
            return changed;
        }

        void end(int code) throws InterruptedException {
            if (code != ExitCode.LOCKED) {
                save(record.with(run(code)));
            }
        }

        private InstallationRecord.Run run(int outcome) {
            var now = clock.instant();
            var began = record.runs().stream()
                    .filter(run -> run.id().equals(settings.run()))
                    .map(InstallationRecord.Run::began)
                    .findFirst()
                    .orElse(now);
            return new InstallationRecord.Run(settings.run(), settings.command(), began, now, outcome);
        }

        synchronized void note(String component, Map<String, ? extends Record> outputs, Host host)
                throws InterruptedException {
            for (var output : outputs.values()) {
                if (component.equals(Slots.CLUSTER.path()) && output instanceof Cluster cluster) {
                    enter(host.home(cluster, scene.project().home()), cluster);
                }
            }
            var node = scene.blueprint().nodes().stream()
                    .filter(candidate -> candidate.id().equals(component))
                    .findFirst()
                    .orElseThrow();
            var entry = entry(node.member(), true);
            if (!record.entry(node.provider()).equals(Optional.of(entry))) {
                save(record.with(entry));
            }
        }

        private InstallationRecord.Entry entry(Member<?, ?> member, boolean converged) {
            var chart = member.chart().flatMap(Chart::version).orElse("");
            return new InstallationRecord.Entry(
                    Node.id(member.provider()),
                    member.provider().description().id(),
                    chart,
                    converged,
                    scene.project().digest(member.provider()));
        }

        synchronized void forget(Leaver<?> leaver) throws InterruptedException {
            save(record.without(leaver.provider()));
        }

        /** Moves into the home once: makes it, takes the lease, and goes on with the record there. */
        synchronized void enter(Home home, Cluster cluster) throws InterruptedException {
            if (lock.isIn()) {
                return;
            }
            home.make();
            lock.holdIn(home);
            var there = scene.ledger().enter(home);
            record = there.orElse(record).with(scene.project().answers(), settings.version(), cluster.uid());
            record = chosen(record.with(run(-1)));
        }

        private synchronized void save(InstallationRecord changed) throws InterruptedException {
            lock.requireOwnership();
            record = changed;
            scene.ledger().save(changed);
        }
    }
}
