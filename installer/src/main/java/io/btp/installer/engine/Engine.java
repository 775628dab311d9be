package io.btp.installer.engine;

import io.btp.installer.api.Check;
import io.btp.installer.api.Permission;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Provider;
import io.btp.installer.api.Records;
import io.btp.installer.api.Slots;
import io.btp.installer.api.Step;
import io.btp.installer.api.contract.Cluster;
import io.btp.installer.event.RunEvent;
import io.btp.installer.event.RunListener;
import io.btp.installer.host.Home;
import io.btp.installer.host.Host;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** The commands on an installation, each from looking at the world to an exit code. */
public final class Engine {
    /** Asks the user, once. */
    @FunctionalInterface
    public interface Confirmation {
        /** Shows what is left to confirm and asks. */
        boolean isGiven(Drawn plan) throws InterruptedException;
    }

    private final Host host;
    private final RunListener listener;
    private final Stop stop;
    private final Pace pace;
    private final InstantSource clock;
    private final Settings settings;
    private final Function<Records, List<Check>> smoke;

    /**
     * Prepares a run.
     *
     * @param smoke gives the end-to-end checks of the running platform
     */
    public Engine(
            Host host,
            RunListener listener,
            Stop stop,
            Pace pace,
            InstantSource clock,
            Settings settings,
            Function<Records, List<Check>> smoke) {
        this.host = host;
        this.listener = listener;
        this.stop = stop;
        this.pace = pace;
        this.clock = clock;
        this.settings = settings;
        this.smoke = smoke;
    }

    /**
     * Looks at the world and proves what can be proved. Changes nothing but for trials.
     *
     * @param only slots or groups to prove; empty for all
     */
    public int check(Project project, Set<String> only) throws InterruptedException {
        try (var scene = look(project)) {
            var problems = new ArrayList<>(prove(scene, only));
            problems.addAll(scene.plan().blocked());
            return finish(
                    problems.isEmpty() ? ExitCode.DONE : ExitCode.CHECKS,
                    problems.isEmpty() ? "No check failed" : "Checks failed; nothing was changed",
                    problems,
                    List.of());
        }
    }

    /**
     * Shows the whole plan. Changes nothing.
     *
     * @param seen gets the plan, unless it is blocked
     */
    public int plan(Project project, boolean detailedExitCode, Consumer<Drawn> seen) throws InterruptedException {
        try (var scene = look(project)) {
            show(scene.plan());
            var blocked = scene.plan().blocked();
            if (!blocked.isEmpty()) {
                return finish(ExitCode.CHECKS, "The plan is blocked; nothing was changed", blocked, List.of());
            }
            seen.accept(scene.plan());
            var pending = !scene.plan().isEmpty();
            var code = pending && detailedExitCode ? ExitCode.DRIFT : ExitCode.DONE;
            var words = pending ? Count.steps(scene.plan()) + " to do" : "Nothing to do";
            return finish(code, words, List.of(), pending ? List.of("btp install") : List.of());
        }
    }

    /**
     * Gives the rights that exactly this plan needs in its cluster, as a document. Changes nothing.
     *
     * @param document writes rights as a file
     */
    public int rights(Project project, Function<Set<Permission>, String> document) throws InterruptedException {
        try (var scene = look(project)) {
            var blocked = scene.plan().blocked();
            if (!blocked.isEmpty()) {
                return finish(ExitCode.CHECKS, "The plan is blocked; its rights are not known", blocked, List.of());
            }
            if (scene.cluster().isEmpty()) {
                return finish(
                        ExitCode.CHECKS,
                        "There is no cluster yet whose rights could be told",
                        List.of(),
                        List.of("btp plan"));
            }
            var needed = stop.abandonable(
                    () -> Needed.of(scene, host.rights(scene.cluster().get())));
            listener.on(new RunEvent.Document("rbac", document.apply(needed.all())));
            return finish(ExitCode.DONE, needed.all().size() + " rights", List.of(), List.of());
        }
    }

    /** Tells health and drift: the steps of an install are the drift report. */
    public int status(Project project) throws InterruptedException {
        try (var scene = look(project)) {
            show(scene.plan());
            var plan = scene.plan();
            Whereabouts.of(scene.blueprint(), scene.records()).forEach(listener::on);
            if (plan.isEmpty()) {
                var failed = edge(scene);
                return failed.isEmpty()
                        ? finish(ExitCode.DONE, "Healthy, exactly as configured", List.of(), List.of())
                        : finish(ExitCode.NOT_CONVERGED, "Not healthy", failed, List.of("btp check"));
            }
            if (plan.onlyWaits() || !plan.blocked().isEmpty()) {
                return finish(ExitCode.NOT_CONVERGED, "Not healthy", plan.blocked(), List.of("btp install"));
            }
            return finish(
                    ExitCode.DRIFT,
                    Count.steps(plan) + " away from what is configured",
                    List.of(),
                    List.of("btp install"));
        }
    }

    /** Names and certificates change without anybody's doing: the one thing of health that no observation sees. */
    private List<Problem> edge(Scene scene) throws InterruptedException {
        return new Checks(listener, settings.skippedChecks())
                .run(List.of(), scene.blueprint(), Set.of("edge"), host, scene.records(), false, Set.of());
    }

    /**
     * Moves what is pinned to the versions that the answers and this program know, and brings the installation to its
     * configuration.
     *
     * @param words slots, groups or components to move; empty for all
     */
    public int upgrade(Project project, Set<String> words, Confirmation confirmation) throws InterruptedException {
        host.expectChanges();
        Pins.Wish wish = provider -> words.isEmpty() || words.stream().anyMatch(word -> isMeant(provider, word));
        try (var scene = look(project, wish)) {
            var pins = scene.pins();
            var hindrances = pins.hindrances(scene.blueprint());
            if (!hindrances.isEmpty()) {
                return finish(
                        ExitCode.CHECKS, "The upgrade is not supported; nothing was changed", hindrances, List.of());
            }
            var moving = pins.moving(scene.blueprint());
            if (moving.isEmpty() && !isUnfinished(scene)) {
                return finish(ExitCode.DONE, "Nothing to upgrade", List.of(), List.of("btp status"));
            }
            moving.forEach(move -> listener.on(new RunEvent.Said(false, move)));
            return carryOut(scene, confirmation, Optional.empty());
        }
    }

    /** An upgrade that was killed after it had moved everything may have had more to do. */
    private static boolean isUnfinished(Scene scene) {
        var runs = scene.ledger().latest().map(InstallationRecord::runs).orElse(List.of());
        return !runs.isEmpty()
                && runs.getLast().command().equals("upgrade")
                && runs.getLast().outcome() != ExitCode.DONE;
    }

    private static boolean isMeant(Provider<?, ?> provider, String word) {
        return provider.slot().isMeantBy(word) || Node.id(provider).equals(word);
    }

    /** Brings the installation to its configuration. */
    public int install(Project project, Confirmation confirmation, Optional<String> digest)
            throws InterruptedException {
        host.expectChanges();
        try (var scene = look(project)) {
            return carryOut(scene, confirmation, digest);
        }
    }

    private int carryOut(Scene scene, Confirmation confirmation, Optional<String> digest) throws InterruptedException {
        var plan = scene.plan();
        show(plan);
        if (digest.isPresent() && !digest.get().equals(plan.digest())) {
            return finish(
                    ExitCode.NOT_CONVERGED,
                    "The plan changed since it was saved",
                    List.of(stale()),
                    List.of("btp plan --out PLAN"));
        }
        if (!plan.blocked().isEmpty()) {
            return finish(ExitCode.CHECKS, "The plan is blocked; nothing was changed", plan.blocked(), List.of());
        }
        var failed = plan.isEmpty() ? List.<Problem>of() : prove(scene, Set.of());
        if (!failed.isEmpty()) {
            return finish(ExitCode.CHECKS, "Checks failed; nothing was changed", failed, List.of("btp check"));
        }
        var lossy = unconfirmedLoss(scene);
        if (!lossy.isEmpty()) {
            return finish(ExitCode.CHECKS, "Data would be lost; nothing was changed", lossy, List.of());
        }
        if (plan.isEmpty() && scene.isRecorded()) {
            return proved(scene.blueprint(), scene.records(), "Nothing to do: exactly as configured", this::finish);
        }
        if (!plan.isEmpty() && !confirmation.isGiven(plan)) {
            return finish(ExitCode.INTERRUPTED, "Not confirmed; nothing was changed", List.of(), List.of());
        }
        return new Installing(host, listener, stop, pace, clock, settings)
                .run(
                        scene,
                        (records, words, ending) -> proved(scene.blueprint(), records, words, ending),
                        this::finish);
    }

    private static Problem stale() {
        return Problem.of(
                Problem.Reason.CONFLICT,
                "The answers or the world differ from what the saved plan was made of",
                "Make a new plan and look at it");
    }

    private int proved(Blueprint blueprint, Records records, String words, Ending ending) throws InterruptedException {
        var failed = stop.abandonable(
                () -> new Checks(listener, settings.skippedChecks()).run("platform", smoke.apply(records)));
        if (!failed.isEmpty()) {
            return ending.end(
                    ExitCode.NOT_CONVERGED,
                    "Installed, but the platform does not answer",
                    failed,
                    List.of("btp status"));
        }
        Whereabouts.of(blueprint, records).forEach(listener::on);
        var next = new ArrayList<String>();
        records.find(Slots.PLATFORM).ifPresent(platform -> next.add("open " + platform.url()));
        next.add("btp status");
        next.add("btp uninstall");
        return ending.end(ExitCode.DONE, words, List.of(), next);
    }

    /** Removes the installation. */
    public int uninstall(Project project, Confirmation confirmation) throws InterruptedException {
        host.expectChanges();
        var places = Places.of(project, host);
        var home = places.find(Slots.CLUSTER).map(cluster -> home(project, cluster));
        return new Uninstalling(host, listener, stop, pace, clock, settings, project, places, home)
                .run(confirmation, this::finish);
    }

    /** Shows who holds the lock, and takes it from him. */
    public Locks locks() {
        return new Locks(host, listener, stop, pace, clock, settings, this::finish);
    }

    /** Gives the record of the installation, if there is one. */
    public Optional<InstallationRecord> record(Project project) throws InterruptedException {
        var ledger = new Ledger(settings.state().resolve("record.json"));
        var cluster = Places.of(project, host).find(Slots.CLUSTER);
        return cluster.isPresent() ? ledger.enter(home(project, cluster.get())) : ledger.local();
    }

    /** Runs the end-to-end checks of the running platform. Changes nothing. */
    public int verify(Project project) throws InterruptedException {
        try (var scene = look(project)) {
            return new Verifying(listener, stop, settings).run(smoke.apply(scene.records()), this::finish);
        }
    }

    private Home home(Project project, Cluster cluster) {
        return host.home(cluster, project.home());
    }

    private Scene look(Project project) throws InterruptedException {
        var scene = look(project, Pins.Wish.NOTHING);
        scene.pins().pending(scene.blueprint()).forEach(words -> listener.on(new RunEvent.Said(false, words)));
        return scene;
    }

    private Scene look(Project project, Pins.Wish wish) throws InterruptedException {
        return stop.abandonable(() -> seen(project, wish));
    }

    private Scene seen(Project project, Pins.Wish wish) throws InterruptedException {
        var ledger = new Ledger(settings.state().resolve("record.json"));
        var cluster = Places.of(project, host).find(Slots.CLUSTER);
        var home = cluster.map(found -> home(project, found));
        var record = home.isPresent() ? ledger.enter(home.get()) : ledger.local();
        record.ifPresent(found -> requireSameCluster(found, cluster));
        record.ifPresent(project::requireSamePlugins);
        var pins = Pins.of(project, record, wish, host);
        var blueprint = Blueprint.of(pins.project().members(), pins.project().support(), host);
        var seen = new Planner(blueprint).plan();
        var leavers = Retired.of(project, record, blueprint, settings);
        var removals = new Removals(leavers, seen.records(), host);
        var entries = new ArrayList<>(seen.plan().components());
        entries.addAll(removals.plan().components());
        return new Scene(project, blueprint, ledger, home, cluster, new Drawn(entries), seen.records(), pins, leavers);
    }

    private static void requireSameCluster(InstallationRecord record, Optional<Cluster> cluster) {
        var uid = cluster.map(Cluster::uid).orElse("");
        if (!record.clusterUid().isEmpty()
                && !uid.isEmpty()
                && !record.clusterUid().equals(uid)) {
            throw new io.btp.installer.api.ProviderException(Problem.of(
                    Problem.Reason.CONFLICT,
                    "The installation record belongs to cluster " + record.clusterUid() + ", this is " + uid,
                    "Choose the right kubeconfig context, or another installation name"));
        }
    }

    private List<Problem> prove(Scene scene, Set<String> only) throws InterruptedException {
        var checks = new ArrayList<>(scene.project().checks());
        scene.cluster().map(host::rights).ifPresent(rights -> checks.add(Needed.check(scene, rights)));
        var later = smoke.apply(scene.records()).stream().map(Check::id).toList();
        return new Checks(listener, settings.skippedChecks())
                .run(checks, scene.blueprint(), only, host, scene.records(), settings.trials(), later);
    }

    private List<Problem> unconfirmedLoss(Scene scene) {
        var problems = new ArrayList<Problem>();
        for (var entry : scene.plan().components()) {
            for (var step : entry.plan().steps()) {
                if (step.impact() == Step.Impact.DATA_LOSS && !isDeleteConfirmed(scene, entry.component())) {
                    problems.add(Problem.of(
                            Problem.Reason.CONFLICT,
                            "To " + step + " loses data of " + entry.component(),
                            "If that is meant: --delete-data " + entry.component()));
                }
            }
        }
        return problems;
    }

    private boolean isDeleteConfirmed(Scene scene, String component) {
        return scene.blueprint().nodes().stream()
                .map(Node::provider)
                .map(Provider::slot)
                .anyMatch(slot -> component.startsWith(slot.path()) && settings.deletesDataOf(slot));
    }

    private void show(Drawn plan) {
        plan.events().forEach(listener::on);
    }

    private int finish(int code, String outcome, List<Problem> problems, List<String> next) {
        listener.on(new RunEvent.Finished(code, outcome, problems, next));
        return code;
    }

    /** Ends a run with a sentence. */
    @FunctionalInterface
    interface Ending {
        int end(int code, String outcome, List<Problem> problems, List<String> next);
    }

    /** Ends a run with the smoke checks. */
    @FunctionalInterface
    interface Proof {
        int of(Records records, String words, Ending ending) throws InterruptedException;
    }

    /** Gives the exit code of the worst ending. */
    static int code(Map<String, Runner.Ending> endings) {
        var codes = endings.values().stream().map(Engine::code).toList();
        return List.of(ExitCode.INTERRUPTED, ExitCode.LOCKED, ExitCode.STEP, ExitCode.NOT_CONVERGED).stream()
                .filter(codes::contains)
                .findFirst()
                .orElse(ExitCode.DONE);
    }

    private static int code(Runner.Ending ending) {
        return switch (ending) {
            case Runner.Ending.Converged ignored -> ExitCode.DONE;
            case Runner.Ending.Failed ignored -> ExitCode.STEP;
            case Runner.Ending.Unconfirmed ignored -> ExitCode.NOT_CONVERGED;
            case Runner.Ending.Restless ignored -> ExitCode.NOT_CONVERGED;
            case Runner.Ending.Skipped ignored -> ExitCode.DONE;
            case Runner.Ending.Stopped ignored -> ExitCode.INTERRUPTED;
            case Runner.Ending.Unlocked ignored -> ExitCode.LOCKED;
        };
    }

    /** Gives the problems of components that failed. */
    static List<Problem> problems(Map<String, Runner.Ending> endings) {
        return endings.values().stream()
                .map(Engine::problem)
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Problem> problem(Runner.Ending ending) {
        return switch (ending) {
            case Runner.Ending.Failed(Problem problem) -> Optional.of(problem);
            case Runner.Ending.Unconfirmed(Problem problem) -> Optional.of(problem);
            case Runner.Ending.Restless(Problem problem) -> Optional.of(problem);
            case Runner.Ending.Unlocked(String message) ->
                Optional.of(Problem.of(Problem.Reason.CONFLICT, message, "Look at btp lock show"));
            case Runner.Ending.Converged ignored -> Optional.empty();
            case Runner.Ending.Skipped ignored -> Optional.empty();
            case Runner.Ending.Stopped ignored -> Optional.empty();
        };
    }
}
