package io.btp.installer.progress;

import io.btp.installer.api.Problem;
import io.btp.installer.api.Step;
import io.btp.installer.event.RunEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the events of a run add up to. Used by one thread at a time. */
public final class Progress {
    private static final int LONGEST_LOG = 2_000;

    private final Map<String, Part> parts = new LinkedHashMap<>();
    private final Deque<Note> log = new ArrayDeque<>();
    private Optional<RunEvent.Started> run = Optional.empty();
    private Duration since = Duration.ZERO;
    private String said = "";

    /** Where a component or a step is. */
    enum Phase {
        WAITING,
        RUNNING,
        DONE,
        FAILED,
        SKIPPED
    }

    /** A component that has something to do. */
    static final class Part {
        private final String component;
        private final String title;
        private final List<Task> tasks = new ArrayList<>();
        private Phase phase = Phase.WAITING;
        private String because = "";

        Part(String component, String title) {
            this.component = component;
            this.title = title;
        }

        String component() {
            return component;
        }

        String title() {
            return title;
        }

        List<Task> tasks() {
            return Collections.unmodifiableList(tasks);
        }

        Phase phase() {
            return phase;
        }

        /** Gives why it failed or was skipped; else nothing. */
        String because() {
            return because;
        }

        long done() {
            return tasks.stream().filter(task -> task.phase == Phase.DONE).count();
        }

        /** Gives how long it has been worked on; empty before that. */
        Optional<Duration> took(Duration now) {
            var begun =
                    tasks.stream().filter(task -> task.phase != Phase.WAITING).toList();
            return begun.stream()
                    .map(task -> task.since)
                    .min(Duration::compareTo)
                    .map(first -> begun.stream()
                            .map(task -> task.phase == Phase.RUNNING ? now : task.ended)
                            .max(Duration::compareTo)
                            .orElse(now)
                            .minus(first));
        }

        /** A step that was planned and is not needed any more is done without having been run. */
        private void converged(Duration now) {
            for (var task : tasks) {
                if (task.phase == Phase.WAITING) {
                    task.since = now;
                    task.ended(Phase.DONE, now);
                }
            }
        }

        private Task waiting(Step.Kind kind, String target, Duration now) {
            return task(kind, target, Phase.WAITING, now);
        }

        private Task running(Step.Kind kind, String target, Duration now) {
            return task(kind, target, Phase.RUNNING, now);
        }

        /** The same thing may be done twice, one after the other. */
        private Task task(Step.Kind kind, String target, Phase wanted, Duration now) {
            return tasks.stream()
                    .filter(task -> task.kind == kind && task.target.equals(target) && task.phase == wanted)
                    .findFirst()
                    .orElseGet(() -> {
                        var task = added(kind, target, Optional.empty());
                        task.phase = wanted;
                        task.since = now;
                        return task;
                    });
        }

        private Task added(Step.Kind kind, String target, Optional<Duration> usually) {
            long before = tasks.stream()
                    .filter(task -> task.kind == kind && task.target.equals(target))
                    .count();
            var task = new Task(component, kind, target, before + 1, usually);
            tasks.add(task);
            return task;
        }
    }

    /** A step of a component. */
    static final class Task {
        private final String component;
        private final Step.Kind kind;
        private final String target;
        private final long time;
        private Optional<Duration> usually;
        private Phase phase = Phase.WAITING;
        private Duration since = Duration.ZERO;
        private Duration ended = Duration.ZERO;
        private String message = "";

        Task(String component, Step.Kind kind, String target, long time, Optional<Duration> usually) {
            this.component = component;
            this.kind = kind;
            this.target = target;
            this.time = time;
            this.usually = usually;
        }

        /** Gives a name that no other step has. */
        String id() {
            return component + ": " + words() + (time == 1 ? "" : ", time " + time);
        }

        String words() {
            return kind.name().toLowerCase(Locale.ROOT) + " " + target;
        }

        Phase phase() {
            return phase;
        }

        /** Gives what it said last: of a wait, why it is not over yet. */
        String message() {
            return message;
        }

        Optional<Duration> usually() {
            return usually;
        }

        Optional<Duration> took(Duration now) {
            return switch (phase) {
                case WAITING, SKIPPED -> Optional.empty();
                case RUNNING -> Optional.of(now.minus(since));
                case DONE, FAILED -> Optional.of(ended.minus(since));
            };
        }

        private void ended(Phase how, Duration now) {
            phase = how;
            ended = now;
        }
    }

    /**
     * A line of the log.
     *
     * @param at since the run began
     * @param component whose; empty for the run's
     * @param task the id of whose step; empty for the component's
     * @param text what was said
     */
    record Note(Duration at, String component, String task, String text) {}

    /** Takes in an event. */
    public void on(RunEvent event, Duration now) {
        switch (event) {
            case RunEvent.Started started -> {
                run = Optional.of(started);
                since = now;
            }
            case RunEvent.Planned planned -> plan(planned);
            case RunEvent.StepStarted step -> began(step, now);
            case RunEvent.StepProgressed step -> {
                var task = part(step.component()).running(step.kind(), step.target(), now);
                task.message = step.message();
                note(now, step.component(), task.id(), step.message());
            }
            case RunEvent.StepFinished step -> {
                var task = part(step.component()).running(step.kind(), step.target(), now);
                task.ended(Phase.DONE, now);
                note(now, step.component(), task.id(), "done: " + task.words());
            }
            case RunEvent.StepFailed step -> {
                var task = part(step.component()).running(step.kind(), step.target(), now);
                task.ended(Phase.FAILED, now);
                problem(now, step.component(), task.id(), step.problem());
            }
            case RunEvent.ComponentConverged component -> {
                end(component.component(), Phase.DONE, "");
                Optional.ofNullable(parts.get(component.component())).ifPresent(part -> part.converged(now));
            }
            case RunEvent.ComponentFailed component -> {
                end(
                        component.component(),
                        Phase.FAILED,
                        component.problem().root().summary());
                problem(now, component.component(), "", component.problem());
            }
            case RunEvent.ComponentSkipped component -> {
                end(component.component(), Phase.SKIPPED, component.because());
                note(now, component.component(), "", "skipped because " + component.because());
            }
            case RunEvent.Said words -> {
                said = words.message();
                note(now, "", "", words.message());
            }
            case RunEvent.Checked ignored -> {}
            case RunEvent.Running ignored -> {}
            case RunEvent.Ran ignored -> {}
            case RunEvent.Document ignored -> {}
            case RunEvent.Finished finished -> {
                said = finished.outcome();
                note(now, "", "", finished.outcome());
            }
        }
    }

    private void plan(RunEvent.Planned planned) {
        if (planned.steps().isEmpty()) {
            return;
        }
        var part = new Part(planned.component(), planned.title());
        planned.steps().forEach(step -> part.added(step.kind(), step.target(), step.usually()));
        parts.put(planned.component(), part);
    }

    private void began(RunEvent.StepStarted step, Duration now) {
        var part = part(step.component());
        part.phase = Phase.RUNNING;
        var task = part.waiting(step.kind(), step.target(), now);
        task.phase = Phase.RUNNING;
        task.since = now;
        task.usually = step.usually();
        note(now, step.component(), task.id(), "began: " + task.words());
    }

    private Part part(String component) {
        return parts.computeIfAbsent(component, id -> new Part(id, ""));
    }

    /** What has nothing to do is not shown, however it ends, unless it fails. */
    private void end(String component, Phase phase, String because) {
        if (parts.containsKey(component) || phase == Phase.FAILED) {
            var part = part(component);
            part.phase = phase;
            part.because = because;
        }
    }

    private void problem(Duration now, String component, String task, Problem problem) {
        note(now, component, task, "failed: " + problem.summary());
        var root = problem.root();
        root.evidence().forEach(line -> note(now, component, task, "| " + line));
        if (!root.remedy().isEmpty()) {
            note(now, component, task, "remedy: " + root.remedy());
        }
    }

    private void note(Duration now, String component, String task, String text) {
        text.lines().forEach(line -> log.add(new Note(now.minus(since), component, task, line)));
        while (log.size() > LONGEST_LOG) {
            log.removeFirst();
        }
    }

    Optional<RunEvent.Started> run() {
        return run;
    }

    Duration took(Duration now) {
        return now.minus(since);
    }

    /** Gives the components that have something to do, in the order of the plan. */
    Collection<Part> parts() {
        return Collections.unmodifiableCollection(parts.values());
    }

    Collection<Note> log() {
        return Collections.unmodifiableCollection(log);
    }

    /** Gives what was said to whoever watches, last. */
    String said() {
        return said;
    }
}
