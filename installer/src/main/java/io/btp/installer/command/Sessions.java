package io.btp.installer.command;

import com.google.inject.Inject;
import io.btp.installer.answers.AnswerProblem;
import io.btp.installer.answers.AnswersFile;
import io.btp.installer.answers.AnswersTree;
import io.btp.installer.answers.BoundAnswers;
import io.btp.installer.answers.InvalidAnswers;
import io.btp.installer.answers.Outline;
import io.btp.installer.api.Problem;
import io.btp.installer.api.ProviderException;
import io.btp.installer.engine.Engine;
import io.btp.installer.engine.ExitCode;
import io.btp.installer.engine.LockLost;
import io.btp.installer.engine.Pace;
import io.btp.installer.engine.Project;
import io.btp.installer.engine.Recalled;
import io.btp.installer.engine.Settings;
import io.btp.installer.engine.SkipRefused;
import io.btp.installer.engine.Stop;
import io.btp.installer.event.Durations;
import io.btp.installer.event.RunEvent;
import io.btp.installer.event.RunListener;
import io.btp.installer.platform.Smoke;
import io.btp.installer.plugin.PluginRejected;
import io.btp.installer.plugin.Plugins;
import io.btp.installer.wizard.Questionnaire;
import io.btp.installer.wizard.World;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens what a command works with, runs it, and turns whatever happened into an exit code. */
final class Sessions {
    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
    private static final DateTimeFormatter RUN_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final Duration SMOKE_PATIENCE = Duration.ofSeconds(20);

    private static final String PLUGIN_REFUSED = "A plugin cannot be used; nothing was changed";

    private final Surroundings surroundings;
    private final Pace pace;
    private final GivenAnswers given;

    @Inject
    Sessions(Surroundings surroundings, Pace pace) {
        this.surroundings = surroundings;
        this.pace = pace;
        this.given = new GivenAnswers(surroundings);
    }

    /** What a command does. */
    @FunctionalInterface
    interface Work {
        /** Does it. Gives the exit code. */
        int run(Session session) throws InterruptedException;
    }

    /** Runs a command on an installation. */
    int run(Wishes wishes, Work work) {
        var screen = screen(wishes);
        if (wishes.mustConfirm() && !wishes.yes() && !canAsk(wishes.options())) {
            surroundings
                    .messages()
                    .println("btp " + wishes.command() + " asks before it changes anything, and nobody can be"
                            + " asked here: add --yes");
            return ExitCode.USAGE;
        }
        try {
            return told(screen, () -> opened(wishes, screen, work));
        } finally {
            screen.close();
        }
    }

    /** Binds the answers and says what is wrong with them; contacts nothing. */
    int validate(Wishes wishes) {
        var screen = screen(wishes);
        return told(screen, () -> {
            var options = wishes.options();
            var tree = given.tree(options);
            var bound = new Projects(surroundings, plugins(options, tree), options.sandbox).bind(tree);
            tell(bound, screen, options);
            var words = "The answers are valid: " + bound.chosen().size() + " components";
            screen.on(new RunEvent.Finished(ExitCode.DONE, words, List.of(), List.of()));
            return ExitCode.DONE;
        });
    }

    private static int told(RunListener screen, IntSupplier work) {
        try {
            return work.getAsInt();
        } catch (InvalidAnswers invalid) {
            return refused(
                    screen, ExitCode.ANSWERS, "The answers cannot be used; nothing was changed", problems(invalid));
        } catch (Misused misused) {
            return refused(screen, ExitCode.USAGE, String.valueOf(misused.getMessage()), misused.problems());
        } catch (PluginRejected rejected) {
            return refused(screen, ExitCode.PLUGIN, PLUGIN_REFUSED, List.of(rejected.problem()));
        } catch (ProviderException failed) {
            return refused(screen, ExitCode.CHECKS, "Nothing was changed", List.of(failed.problem()));
        }
    }

    private boolean canAsk(CommonOptions options) {
        return surroundings.terminal() && options.canAsk();
    }

    private RunListener screen(Wishes wishes) {
        var options = wishes.options();
        return screen(options, TextLines.Asked.by(wishes.command()), options.verbose || options.diff);
    }

    private RunListener screen(OutputOptions options, TextLines.Asked asked, boolean details) {
        if (options.isJson()) {
            return new JsonLines(surroundings.output(), surroundings.clock());
        }
        return new Renderer(surroundings, options).of(asked, details, pace);
    }

    private static int refused(RunListener screen, int code, String outcome, List<Problem> problems) {
        screen.on(new RunEvent.Finished(code, outcome, problems, List.of()));
        return code;
    }

    private static List<Problem> problems(InvalidAnswers invalid) {
        var problems = new ArrayList<>(
                invalid.problems().stream().map(AnswerProblem::problem).toList());
        if (invalid.more() > 0) {
            problems.add(Problem.of(Problem.Reason.INVALID, "and " + invalid.more() + " more problems", ""));
        }
        return problems;
    }

    private int opened(Wishes wishes, RunListener screen, Work work) {
        var options = wishes.options();
        var tree = given.tree(options);
        var plugins = plugins(options, tree);
        var projects = new Projects(surroundings, plugins, options.sandbox);
        var isByName = given.isByName(options);
        var bound = isByName ? projects.bindCluster(tree) : projects.bind(tree);
        var name = bound.installation().name();
        var run = RUN_TIME.format(surroundings.clock().instant()) + "-"
                + Integer.toString(surroundings.random().nextInt(1 << 20), Character.MAX_RADIX);
        var state = state(options, name);
        requireKnownSlots(projects, wishes);
        var settings = new Settings(
                run,
                wishes.command(),
                surroundings.version(),
                state,
                options.parallelism,
                deadlines(projects, options),
                options.skippedChecks,
                wishes.trials(),
                wishes.deleteData());
        var told = RunListener.all(List.of(screen));
        Consumer<String> warning = words -> told.on(new RunEvent.Said(true, words));
        try (var folder =
                RunFolder.open(state, run, Optional.ofNullable(options.logFile), surroundings.clock(), warning)) {
            var all = RunListener.all(List.of(told, folder.listener()));
            var stop = new Stop();
            var signals = Signals.listen(stop, all);
            var listener = ending(suffix(options), signals, all);
            listener.on(new RunEvent.Started(run, wishes.command(), name, surroundings.version(), options.sandbox));
            plugins.refused().forEach(problem -> listener.on(new RunEvent.Said(true, problem.summary())));
            try (var ignored = Ticking.start(pace, all)) {
                return signals.exitCode(guarded(wishes, listener, folder.path(), () -> {
                    if (isByName) {
                        var recalled = stop.abandonable(() -> recalled(projects, bound, wishes));
                        return worked(wishes, settings, listener, recalled, projects, work, stop, signals);
                    }
                    tell(bound, listener, options);
                    return worked(wishes, settings, listener, projects.project(bound), projects, work, stop, signals);
                }));
            }
        }
    }

    private Path state(CommonOptions options, String name) {
        return (options.sandbox ? surroundings.folder().resolve(".btp/state") : surroundings.state()).resolve(name);
    }

    private int worked(
            Wishes wishes,
            Settings settings,
            RunListener listener,
            Project project,
            Projects projects,
            Work work,
            Stop stop,
            Signals signals)
            throws InterruptedException {
        try (var host = Hosts.open(project.installation(), surroundings, projects.environmentOfPrograms())) {
            var smoke = new Smoke(project.installation().connection(), Smoke.Resolver.system(), pace, SMOKE_PATIENCE);
            var engine = new Engine(host, listener, stop, pace, surroundings.clock(), settings, smoke);
            signals.abortBy(host::abort);
            var confirming = new Confirming(surroundings, stop, wishes.yes());
            var session = new Session(
                    engine,
                    project,
                    confirming,
                    given.file(wishes.options()),
                    listener,
                    RunFolder.runs(settings.state()),
                    settings.run());
            return work.run(session);
        }
    }

    /** Finds the answers of an installation that was named in its own record. */
    private Project recalled(Projects projects, BoundAnswers cluster, Wishes wishes) throws InterruptedException {
        var partial = projects.project(cluster, "", "");
        try (var host = Hosts.open(cluster.installation(), surroundings, projects.environmentOfPrograms())) {
            var recalled = Recalled.of(partial, host);
            if (recalled.answers().isPresent()) {
                var record = AnswersFile.parse(
                        "the installation record",
                        surroundings.folder(),
                        recalled.answers().get().getBytes(StandardCharsets.UTF_8));
                return projects.project(projects.bind(record.with(given.overlays(wishes.options(), ""))));
            }
            if (wishes.command().equals("uninstall") || recalled.home().isPresent()) {
                return projects.project(cluster, recalled.home().orElse(Projects.USUAL_HOME), "");
            }
            throw new ProviderException(Problem.of(
                    Problem.Reason.NOT_FOUND,
                    "There is no installation " + cluster.installation().name() + " in this cluster",
                    "Name its answers file with --answers, or choose another --context"));
        }
    }

    private static Map<String, Duration> deadlines(Projects projects, CommonOptions options) {
        var deadlines = new HashMap<String, Duration>();
        options.deadlines.forEach((word, duration) -> projects.slots("--deadline", word)
                .forEach(path -> {
                    try {
                        deadlines.put(path, Durations.parse(duration));
                    } catch (IllegalArgumentException invalid) {
                        throw new Misused(
                                "--deadline " + word + "=" + duration + ": " + invalid.getMessage(), List.of());
                    }
                }));
        return deadlines;
    }

    /** A misspelt slot would mean that nothing is checked, or that no data are given up. */
    private static void requireKnownSlots(Projects projects, Wishes wishes) {
        var place = wishes.command().equals("upgrade") ? "btp upgrade" : "--only";
        wishes.only().forEach(word -> projects.slots(place, word));
        wishes.deleteData().stream()
                .filter(word -> !word.equals("all"))
                .forEach(word -> projects.slots("--delete-data", word));
    }

    private static void tell(BoundAnswers bound, RunListener listener, CommonOptions options) {
        if (options.verbose) {
            bound.origins()
                    .forEach(origin -> listener.on(new RunEvent.Said(
                            false, origin.path() + " = " + origin.shown() + " (" + origin.where() + ")")));
        }
    }

    /** Adds to the commands that come next what makes them mean the same installation; names the signal that ended it. */
    private static RunListener ending(String suffix, Signals signals, RunListener listener) {
        return event -> listener.on(
                event instanceof RunEvent.Finished(int code, String outcome, var problems, var next)
                        ? new RunEvent.Finished(
                                signals.exitCode(code),
                                outcome,
                                problems,
                                next.stream()
                                        .map(line -> line.startsWith("btp ") ? line + suffix : line)
                                        .toList())
                        : event);
    }

    private static String suffix(CommonOptions options) {
        if (options.sandbox) {
            return " --sandbox";
        }
        if (options.answers != null) {
            return " -f " + options.answers;
        }
        return options.installation != null ? " --installation " + options.installation : "";
    }

    /** Work that may be interrupted. */
    @FunctionalInterface
    private interface Guarded {
        int run() throws InterruptedException;
    }

    private static int guarded(Wishes wishes, RunListener listener, Path folder, Guarded work) {
        try {
            return work.run();
        } catch (InterruptedException stopped) {
            var words = PastRun.isLook(wishes.command()) ? "Interrupted" : "Interrupted; run again to go on";
            return refused(listener, ExitCode.INTERRUPTED, words, List.of());
        } catch (SkipRefused refused) {
            return refused(listener, ExitCode.USAGE, String.valueOf(refused.getMessage()), List.of());
        } catch (LockLost lost) {
            return refused(listener, ExitCode.LOCKED, String.valueOf(lost.getMessage()), List.of());
        } catch (ProviderException failed) {
            return refused(listener, ExitCode.CHECKS, "Nothing was changed", List.of(failed.problem()));
        } catch (PluginRejected rejected) {
            return refused(listener, ExitCode.PLUGIN, PLUGIN_REFUSED, List.of(rejected.problem()));
        } catch (InvalidAnswers invalid) {
            return refused(listener, ExitCode.ANSWERS, "The answers cannot be used", problems(invalid));
        } catch (RuntimeException bug) {
            LOG.error("internal error", bug);
            var words = "Internal error (" + bug.getClass().getSimpleName() + "); the debug log in " + folder
                    + " has the details";
            return refused(listener, ExitCode.INTERNAL, words, List.of());
        }
    }

    /** Work on plugins alone. */
    @FunctionalInterface
    interface PluginWork {
        /** Does it. Gives the exit code. */
        int run(PluginFolders folders);
    }

    /** Runs a command that needs no answers; where answers are there, what they trust holds. */
    int onPlugins(CommonOptions options, PluginWork work) {
        return told(screen(Wishes.toLook("plugins", options)), () -> {
            var tree = given.file(options).isPresent() ? given.tree(options) : AnswersTree.empty(surroundings.folder());
            return work.run(PluginFolders.of(surroundings, options, tree.trust()));
        });
    }

    /** Work on answers as they stand in their file. */
    @FunctionalInterface
    interface FileWork {
        /** Does it. Gives the exit code. */
        int run(AnswersTree answers, RunListener listener);
    }

    /** Runs a command on the answers file alone. */
    int onFile(CommonOptions options, FileWork work) {
        var screen = screen(Wishes.toLook("answers", options));
        return told(screen, () -> work.run(given.tree(options), screen));
    }

    /** Work on what can be answered. */
    @FunctionalInterface
    interface OutlineWork {
        /** Does it. Gives the exit code. */
        int run(Outline outline, RunListener listener);
    }

    /** Runs a command on what can be answered; no answers have to be there. */
    int onOutline(CommonOptions options, OutlineWork work) {
        var screen = screen(Wishes.toLook("answers", options));
        return told(screen, () -> {
            var plugins = PluginFolders.of(surroundings, options, Map.of()).load();
            return work.run(new Projects(surroundings, plugins, options.sandbox).outline(), screen);
        });
    }

    /** Asking a person for answers. */
    @FunctionalInterface
    interface Asking {
        /** Asks. Gives the exit code. */
        int run(Questionnaire questionnaire, World world);
    }

    /** Runs the wizard on an answers file, which need not be there yet. */
    int onWizard(CommonOptions options, Path file, Asking asking) {
        return told(screen(Wishes.toLook("wizard", options)), () -> {
            var base = Files.exists(file) ? AnswersFile.read(file) : AnswersTree.empty(surroundings.folder());
            var tree = base.with(given.overlays(options, ""));
            var plugins = plugins(options, tree);
            var page = surroundings.messagesPage(options.color);
            plugins.refused().forEach(problem -> page.print(PlanText.problem(problem, "")));
            var projects = new Projects(surroundings, plugins, options.sandbox);
            var world =
                    new World(new Proving(surroundings, pace, projects, options), new Finding(surroundings, projects));
            return asking.run(projects.questionnaire(tree), world);
        });
    }

    /** Work on saved runs. */
    @FunctionalInterface
    interface RunsWork {
        /** Does it with the folder of the runs of an installation. Gives the exit code. */
        int run(Path runs, Replaying replaying);
    }

    /** Runs a command on saved runs of an installation, which need not be reached. */
    int onRuns(CommonOptions options, RunsWork work) {
        return told(screen(Wishes.toLook("history", options)), () -> {
            var tree = given.tree(options);
            var projects = new Projects(surroundings, plugins(options, tree), options.sandbox);
            var bound = given.isByName(options) ? projects.bindCluster(tree) : projects.bind(tree);
            var state = state(options, bound.installation().name());
            return work.run(RunFolder.runs(state), new Replaying(surroundings, options, 0));
        });
    }

    /** Shows a saved run again. */
    int replay(OutputOptions options, Path file, double speed) {
        var screen = screen(options, TextLines.Asked.DEEDS, options.verbose);
        return told(screen, () -> new Replaying(surroundings, options, speed).run(file));
    }

    private Plugins plugins(CommonOptions options, AnswersTree tree) {
        return PluginFolders.of(surroundings, options, tree.trust()).load();
    }
}
