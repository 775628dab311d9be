package io.btp.installer.engine;

import io.btp.installer.api.Slots;
import io.btp.installer.api.contract.Cluster;
import io.btp.installer.host.Home;
import io.btp.installer.host.Host;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps the record up to date while a run goes on. */
final class Journal implements Runner.Milestone {
    private final Scene scene;
    private final RunLock lock;
    private final Settings settings;
    private final InstantSource clock;
    private final Host host;
    private InstallationRecord record;

    Journal(Scene scene, RunLock lock, Settings settings, InstantSource clock, Host host) {
        this.scene = scene;
        this.lock = lock;
        this.settings = settings;
        this.clock = clock;
        this.host = host;
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
            var entry = changed.entry(node.provider());
            changed = changed.with(entry.isEmpty() ? entry(node, false) : pinned(entry.get(), node));
        }
        return changed;
    }

    /** Notes what was found out of the versions of an older record, before its answers are written over. */
    private InstallationRecord.Entry pinned(InstallationRecord.Entry entry, Node node) {
        var at = entry.at(entry.pinned().or(scene.pins().pinned(node.provider())));
        return entry.moving().map(at::movingTo).orElse(at);
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
        return new InstallationRecord.Run(
                settings.run(),
                settings.command(),
                began,
                now,
                outcome,
                Optional.of(Owner.here()),
                Optional.of(settings.skippedChecks()).filter(skipped -> !skipped.isEmpty()));
    }

    /** Notes where an upgrade is going before it changes anything: a killed one goes on. */
    @Override
    public synchronized void begins(String component) throws InterruptedException {
        var node = scene.blueprint().node(component);
        var target = scene.pins().inForce(node.provider());
        var entry = record.entry(node.provider())
                .filter(it -> !scene.pins().moves(node.provider()).isEmpty())
                .filter(it -> !it.moving().equals(Optional.of(target)));
        if (entry.isPresent()) {
            var pinned = entry.get().pinned().or(scene.pins().pinned(node.provider()));
            save(record.with(entry.get().at(pinned).movingTo(target)));
        }
    }

    @Override
    public synchronized void converged(String component, Map<String, ? extends Record> outputs)
            throws InterruptedException {
        for (var output : outputs.values()) {
            if (component.equals(Slots.CLUSTER.path()) && output instanceof Cluster cluster) {
                enter(host.home(cluster, scene.project().home()), cluster);
            }
        }
        var node = scene.blueprint().node(component);
        var entry = entry(node, true);
        if (!record.entry(node.provider()).equals(Optional.of(entry))) {
            save(record.with(entry));
        }
    }

    private InstallationRecord.Entry entry(Node node, boolean converged) {
        return new InstallationRecord.Entry(
                node.id(),
                node.provider().description().id(),
                scene.pins().inForce(node.provider()),
                Optional.empty(),
                converged,
                scene.project().digest(node.provider()));
    }

    /** Gives the versions that an upgrade was noted to bring a component to, if one was. */
    synchronized Optional<Versions> moving(Node node) {
        return record.entry(node.provider()).flatMap(InstallationRecord.Entry::moving);
    }

    /** Gives the record as it is when these are back where they were. */
    synchronized InstallationRecord before(List<Node> nodes) {
        var changed = record;
        for (var node : nodes) {
            var entry = changed.entry(node.provider());
            if (entry.isPresent()) {
                changed = changed.with(entry.get().at(entry.get().pinned()));
            }
        }
        return changed;
    }

    /** Notes that a component is back where it was. */
    synchronized void back(Node node) throws InterruptedException {
        save(before(List.of(node)));
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
