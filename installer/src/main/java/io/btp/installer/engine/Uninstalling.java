package io.btp.installer.engine;

import io.btp.installer.api.Provider;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.Records;
import io.btp.installer.api.Slots;
import io.btp.installer.api.SupportProvider;
import io.btp.installer.event.RunEvent;
import io.btp.installer.event.RunListener;
import io.btp.installer.host.Home;
import io.btp.installer.host.Host;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Removes an installation: from its record, and where that is lost from owner labels. */
final class Uninstalling {
    private static final Duration USUAL_END = Duration.ofMinutes(1);

    private final Host host;
    private final RunListener listener;
    private final Stop stop;
    private final Pace pace;
    private final InstantSource clock;
    private final Settings settings;
    private final Project project;
    private final Records places;
    private final Optional<Home> home;
    private final Ledger ledger;

    Uninstalling(
            Host host,
            RunListener listener,
            Stop stop,
            Pace pace,
            InstantSource clock,
            Settings settings,
            Project project,
            Records places,
            Optional<Home> home) {
        this.host = host;
        this.listener = listener;
        this.stop = stop;
        this.pace = pace;
        this.clock = clock;
        this.settings = settings;
        this.project = project;
        this.places = places;
        this.home = home;
        this.ledger = new Ledger(settings.state().resolve("record.json"));
    }

    int run(Engine.Confirmation confirmation, Engine.Ending ending) throws InterruptedException {
        var record = home.isPresent() ? ledger.enter(home.get()) : ledger.local();
        record.ifPresent(project::requireSamePlugins);
        var unknown = new ArrayList<String>();
        var owners = home.isPresent() ? home.get().owners() : Set.<String>of();
        var leavers = leavers(record, owners, unknown);
        var removals = new Removals(leavers.only(leaver -> home.isPresent() && !isPlace(leaver)), places, host);
        var clearing = new Removals(leavers.only(Uninstalling::isPlace), places, host);
        var entries = new ArrayList<>(removals.plan().components());
        entries.addAll(clearing.plan().components());
        var plan = new Drawn(entries);
        plan.events().forEach(listener::on);
        if (!plan.blocked().isEmpty()) {
            return ending.end(ExitCode.CHECKS, "The plan is blocked; nothing was changed", plan.blocked(), List.of());
        }
        if (plan.isEmpty() && (home.isEmpty() || home.get().remaining().isEmpty())) {
            return ending.end(ExitCode.DONE, "Nothing of this installation is there", List.of(), left(unknown));
        }
        if (!confirmation.isGiven(plan)) {
            return ending.end(ExitCode.INTERRUPTED, "Not confirmed; nothing was changed", List.of(), List.of());
        }
        var urgency = Urgency.of(leavers.leavers(), leavers::consumersOf, Leaver::id, plan);
        return remove(removals, clearing, plan.confirmed(), urgency, unknown, ending);
    }

    private int remove(
            Removals removals,
            Removals clearing,
            Confirmed confirmed,
            Map<String, Duration> urgency,
            List<String> unknown,
            Engine.Ending ending)
            throws InterruptedException {
        var owner = Owner.self(settings.run(), settings.command(), clock.instant());
        var file = settings.state().resolve("lock");
        try (var lock =
                new RunLock(file, owner, pace, clock, message -> listener.on(new RunEvent.Said(true, message)))) {
            lock.holdHere();
            if (home.isPresent() && home.get().exists()) {
                stop.abandonable(() -> {
                    lock.holdIn(home.get());
                    return lock;
                });
            }
            host.permit(lock::left);
            var steps = new StepRun(lock, stop, pace, settings, urgency, listener);
            var endings = removals.run(confirmed, steps, stop, listener);
            if (Engine.code(endings) != ExitCode.DONE || hasSkipped(endings)) {
                return failed(endings, ending);
            }
            return emptied(lock, clearing, confirmed, steps, endings, unknown, ending);
        } catch (LockLost lost) {
            return ending.end(ExitCode.LOCKED, String.valueOf(lost.getMessage()), List.of(), List.of("btp lock show"));
        }
    }

    /** Gives up the home, which is empty by now, and then the place that it was in. */
    private int emptied(
            RunLock lock,
            Removals clearing,
            Confirmed confirmed,
            StepRun steps,
            Map<String, Runner.Ending> endings,
            List<String> unknown,
            Engine.Ending ending)
            throws InterruptedException {
        try {
            lock.requireOwnership();
            if (home.isPresent()) {
                home.get().dissolve();
            }
            lock.leave();
            awaitEndOfHome();
            var left = left(unknown);
            endings.putAll(clearing.run(confirmed, steps, stop, listener));
            if (Engine.code(endings) != ExitCode.DONE) {
                return failed(endings, ending);
            }
            ledger.delete();
            var words = left.isEmpty() ? "Uninstalled; nothing is left" : "Uninstalled";
            return ending.end(ExitCode.DONE, words, List.of(), left);
        } catch (ProviderException failed) {
            return ending.end(
                    ExitCode.STEP,
                    "A step failed; run again to go on",
                    List.of(failed.problem()),
                    List.of("btp uninstall"));
        }
    }

    private void awaitEndOfHome() throws InterruptedException {
        if (home.isPresent()) {
            var poller = new Poller(pace, Optional.empty(), words -> listener.on(new RunEvent.Said(false, words)));
            stop.abandonable(() -> {
                poller.until(USUAL_END, home.get()::remaining);
                return poller;
            });
        }
    }

    private static boolean hasSkipped(Map<String, Runner.Ending> endings) {
        return endings.values().stream().anyMatch(Runner.Ending.Skipped.class::isInstance);
    }

    private static int failed(Map<String, Runner.Ending> endings, Engine.Ending ending) {
        int code = Engine.code(endings);
        var words = switch (code) {
            case ExitCode.INTERRUPTED -> "Interrupted; run again to go on";
            case ExitCode.LOCKED -> "The lock was lost; nothing more was changed";
            default -> "A step failed; run again to go on";
        };
        return ending.end(
                code == ExitCode.DONE ? ExitCode.STEP : code,
                words,
                Engine.problems(endings),
                List.of("btp uninstall"));
    }

    private Order leavers(Optional<InstallationRecord> record, Iterable<String> owners, List<String> unknown) {
        var before = new ArrayList<Member<?, ?>>(
                record.map(it -> project.past().members(it.answers())).orElse(List.of()));
        if (before.isEmpty()) {
            before.addAll(project.members());
        }
        var leavers = new ArrayList<Leaver<?>>();
        before.forEach(member -> leavers.add(leaver(member)));
        record.ifPresent(it -> it.components().forEach(entry -> addKnown(entry, leavers)));
        for (var owner : owners) {
            var found = project.catalogue().stream()
                    .filter(provider -> provider.description().id().equals(owner))
                    .toList();
            found.forEach(provider -> addUnlessThere(provider, leavers));
            if (found.isEmpty()
                    && leavers.stream()
                            .noneMatch(it -> it.provider().description().id().equals(owner))) {
                unknown.add("made by provider " + owner + ", which is not loaded: load its plugin and run again");
            }
        }
        return Order.of(leavers, before);
    }

    private <C, O extends Record> Leaver<C> leaver(Member<C, O> member) {
        return Leaver.of(member, keepsData(member.provider()));
    }

    private void addKnown(InstallationRecord.Entry entry, List<Leaver<?>> leavers) {
        project.catalogue().stream().filter(entry::isOf).forEach(provider -> addUnlessThere(provider, leavers));
    }

    private void addUnlessThere(Provider<?, ?> provider, List<Leaver<?>> leavers) {
        if (leavers.stream().noneMatch(leaver -> isSame(leaver.provider(), provider))) {
            leavers.add(Leaver.unknown(provider, keepsData(provider)));
        }
    }

    private static boolean isSame(Provider<?, ?> one, Provider<?, ?> other) {
        return Node.id(one).equals(Node.id(other))
                && one.description().id().equals(other.description().id());
    }

    private boolean keepsData(Provider<?, ?> provider) {
        return !settings.deletesDataOf(provider.slot());
    }

    private static boolean isPlace(Leaver<?> leaver) {
        var provider = leaver.provider();
        return !(provider instanceof SupportProvider<?>)
                && (provider.slot().equals(Slots.CLUSTER)
                        || provider.slot().path().equals("network")
                        || provider.slot().path().equals("cloud"));
    }

    private List<String> left(List<String> unknown) throws InterruptedException {
        var left = new TreeSet<>(unknown);
        if (home.isPresent()) {
            home.get().owned().forEach(thing -> left.add("kept: " + thing));
        }
        var next = new ArrayList<>(left);
        if (!left.isEmpty() && !settings.deleteData().contains("all")) {
            next.add("btp uninstall --delete-data all");
        }
        return List.copyOf(next);
    }
}
