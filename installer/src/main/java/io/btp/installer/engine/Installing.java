package io.btp.installer.engine;

import io.btp.installer.api.ProviderException;
import io.btp.installer.event.RunEvent;
import io.btp.installer.event.RunListener;
import io.btp.installer.host.Host;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

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
            var journal = new Journal(scene, lock, settings, clock, host);
            if (scene.home().isPresent()) {
                stop.abandonable(() -> {
                    journal.enter(scene.home().get(), scene.cluster().orElseThrow());
                    return journal;
                });
            }
            journal.begin();
            host.permit(lock::left);
            return begun(scene, lock, journal, proof, noting(journal, ending));
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

    /** Notes in the record how a run ended before it is said. */
    private Engine.Ending noting(Journal journal, Engine.Ending ending) {
        return (code, outcome, problems, next) -> {
            try {
                journal.end(code);
            } catch (ProviderException failed) {
                listener.on(unnoted(failed.problem().root().summary()));
            } catch (LockLost lost) {
                if (code != ExitCode.INTERRUPTED) {
                    throw lost;
                }
                listener.on(unnoted(String.valueOf(lost.getMessage())));
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                listener.on(unnoted("it was stopped"));
            }
            return ending.end(code, outcome, problems, next);
        };
    }

    private static RunEvent unnoted(String why) {
        return new RunEvent.Said(true, "How this run ended could not be noted in the record: " + why);
    }

    /** From here on something may have been changed, and a run that goes on finds it. */
    private int begun(Scene scene, RunLock lock, Journal journal, Engine.Proof proof, Engine.Ending ending) {
        var next = List.of("btp " + settings.command());
        try {
            return work(scene, lock, journal, proof, ending);
        } catch (ProviderException failed) {
            return ending.end(ExitCode.STEP, words(ExitCode.STEP, Map.of()), List.of(failed.problem()), next);
        } catch (InterruptedException stopped) {
            return ending.end(ExitCode.INTERRUPTED, words(ExitCode.INTERRUPTED, Map.of()), List.of(), next);
        }
    }

    private int work(Scene scene, RunLock lock, Journal journal, Engine.Proof proof, Engine.Ending ending)
            throws InterruptedException {
        var urgency = Urgency.of(scene.blueprint().nodes(), scene.blueprint()::providersFor, Node::id, scene.plan());
        var steps = new StepRun(lock, stop, pace, settings, urgency, listener);
        var confirmed = scene.plan().confirmed();
        var endings = new Runner(scene.blueprint(), steps, stop, listener, journal).run(confirmed);
        new GoingBack(host, listener, journal).after(scene, endings, steps);
        if (Engine.code(endings) == ExitCode.DONE && !scene.leaving().leavers().isEmpty()) {
            endings.putAll(remove(scene, steps, confirmed, journal));
        }
        int code = Engine.code(endings);
        if (code != ExitCode.DONE) {
            return ending.end(
                    code, words(code, endings), Engine.problems(endings), List.of("btp " + settings.command()));
        }
        return look(scene, proof, ending);
    }

    private Map<String, Runner.Ending> remove(Scene scene, StepRun steps, Confirmed confirmed, Journal journal)
            throws InterruptedException {
        var seen = new Planner(scene.blueprint()).plan();
        var endings = new Removals(scene.leaving(), seen.records(), host).run(confirmed, steps, stop, listener);
        for (var leaver : scene.leaving().leavers()) {
            if (endings.get(leaver.id()) instanceof Runner.Ending.Converged) {
                journal.forget(leaver);
            }
        }
        return endings;
    }

    private static String words(int code, Map<String, Runner.Ending> endings) {
        return switch (code) {
            case ExitCode.INTERRUPTED -> "Interrupted; run again to go on";
            case ExitCode.LOCKED -> "The lock was lost; nothing more was changed";
            case ExitCode.NOT_CONVERGED ->
                endings.values().stream().anyMatch(Runner.Ending.Unconfirmed.class::isInstance)
                        ? "The plan changed while it ran; run again to see and confirm the new one"
                        : "Did not converge; run again to go on";
            default -> "A step failed; run again to go on";
        };
    }

    private int look(Scene scene, Engine.Proof proof, Engine.Ending ending) throws InterruptedException {
        var seen = new Planner(scene.blueprint()).plan();
        if (seen.plan().isEmpty()) {
            return proof.of(seen.records(), "Installed", ending);
        }
        seen.plan().events().forEach(listener::on);
        return ending.end(
                ExitCode.NOT_CONVERGED,
                "Did not converge: " + Count.steps(seen.plan()) + " to do again",
                seen.plan().blocked(),
                List.of("btp status"));
    }
}
