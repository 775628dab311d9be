package io.btp.installer.engine;

import io.btp.installer.api.Need;
import io.btp.installer.api.Slot;
import io.btp.installer.api.Slots;
import io.btp.installer.api.contract.Cluster;
import io.btp.installer.api.contract.Secret;
import io.btp.installer.event.RunEvent;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A small installation: a cluster, a database in it, and two things that need the database. */
final class Stack {
    /** What the database publishes. */
    record Database(String address) {}

    /** What the others publish. */
    record Leaf(String uses) {}

    static final Slot<Database> DATABASE = Slot.of("data.database", Database.class, "database");
    static final Slot<Leaf> LEFT = Slot.of("leaves.left", Leaf.class, "left leaf");
    static final Slot<Leaf> RIGHT = Slot.of("leaves.right", Leaf.class, "right leaf");

    private final World world;
    private final FakeHost host = new FakeHost();
    private final ThingProvider.Hook hook;
    private final List<RunEvent> events = new ArrayList<>();
    private final Stop stop = new Stop();

    Stack(World world, ThingProvider.Hook hook) {
        this.world = world;
        this.hook = hook;
    }

    List<Member<?, ?>> members() {
        var cluster = new ThingProvider<>(world, Slots.CLUSTER, Set.of(), records -> cluster(), hook);
        var database = new ThingProvider<>(
                world, DATABASE, Set.of(Need.place(Slots.CLUSTER)), records -> new Database("db.example"), hook);
        return List.of(
                Member.of(leaf(RIGHT), Map.of()),
                Member.of(leaf(LEFT), Map.of()),
                Member.of(database, Map.of()),
                Member.of(cluster, Map.of()));
    }

    private ThingProvider<Leaf> leaf(Slot<Leaf> slot) {
        return new ThingProvider<>(
                world,
                slot,
                Set.of(Need.place(Slots.CLUSTER), Need.input(DATABASE)),
                records -> new Leaf(records.get(DATABASE).address()),
                hook);
    }

    static Cluster cluster() {
        return new Cluster(
                "uid-1",
                "test",
                URI.create("https://127.0.0.1:1"),
                Secret.of("kubeconfig"),
                "v1.35.4",
                Optional.empty(),
                Cluster.Identities.PLAIN,
                true);
    }

    Blueprint blueprint() {
        return Blueprint.of(members(), List.of(), host);
    }

    Project project() {
        var all = members();
        return new Project(
                FakeHost.INSTALLATION,
                "home",
                all,
                List.of(),
                List.of(),
                List.of(),
                "answers: 1",
                answers -> members(),
                List.of());
    }

    Engine engine(Path state) {
        var settings = new Settings("run-1", "install", "0.1.0", state, 4, Map.of(), Map.of(), true, Set.of());
        return new Engine(host, this::hear, stop, Pace.real(), InstantSource.system(), settings, records -> List.of());
    }

    /** Gives the digest of the plan, as it is saved. */
    String digest(Path state) throws InterruptedException {
        var digests = new ArrayList<String>();
        engine(state).plan(project(), false, plan -> digests.add(plan.digest()));
        return digests.getFirst();
    }

    private synchronized void hear(RunEvent event) {
        events.add(event);
    }

    synchronized List<RunEvent> events() {
        return List.copyOf(events);
    }

    Stop stop() {
        return stop;
    }

    FakeHost host() {
        return host;
    }
}
