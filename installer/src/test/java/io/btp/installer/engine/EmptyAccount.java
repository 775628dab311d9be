package io.btp.installer.engine;

import io.btp.installer.api.Need;
import io.btp.installer.api.Slot;
import io.btp.installer.api.Slots;
import io.btp.installer.api.contract.Cluster;
import io.btp.installer.api.contract.Namespaces;
import io.btp.installer.api.contract.Postgres;
import io.btp.installer.api.contract.Redis;
import io.btp.installer.api.contract.Secret;
import io.btp.installer.api.contract.SecretStore;
import io.btp.installer.api.contract.Tls;
import io.btp.installer.engine.Sketch.Thing;
import io.btp.installer.event.RunEvent;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An installation in a cloud account that holds nothing: network, managed cluster, managed database, an operator. */
final class EmptyAccount {
    record Account(String id, String region) {}

    record Network(List<String> subnets) {}

    record Site(String url) {}

    static final Slot<Account> CLOUD = Slot.of("cloud", Account.class, "cloud account");
    static final Slot<Network> NETWORK = Slot.of("network", Network.class, "network");
    static final Slot<Site> SITE = Slot.of("site", Site.class, "site");
    static final Need<?> VALKEY_API = Need.api("valkey.example/v1");

    private static final Need<?> ACCOUNT = Need.place(CLOUD);
    private static final Need<?> CLUSTER = Need.place(Slots.CLUSTER);
    private static final Need<?> IN_NETWORK = Need.input(NETWORK);
    private static final Need<?> FROM_CLUSTER = Need.input(Slots.CLUSTER);
    private static final Need<?> NAMESPACES = Need.input(Slots.NAMESPACES);
    private static final Need<?> SECRETS = Need.input(Slots.SECRETS);

    private final World world;
    private final FakeHost host;
    private final Sketch.Hook hook;
    private final Stop stop = new Stop();
    private final List<RunEvent> events = new ArrayList<>();

    /** Opens it once; host and world outlive a run, all else does not. */
    EmptyAccount(World world, FakeHost host, Sketch.Hook hook) {
        this.world = world;
        this.host = host;
        this.hook = hook;
    }

    /** The sketches, consumers first: order must come from needs alone. */
    List<Sketch<?>> sketches() {
        return List.of(site(), valkey(), postgres(), secrets(), namespaces(), cluster(), network(), cloud());
    }

    private Sketch<Account> cloud() {
        return new Sketch<>(world, CLOUD, Set.of(), List.of(), records -> new Account("1", "eu-central-1"), hook);
    }

    private Sketch<Network> network() {
        return new Sketch<>(
                world,
                NETWORK,
                Set.of(ACCOUNT),
                List.of(
                        Thing.made("vpc", Set.of(ACCOUNT)),
                        Thing.made("subnets", Set.of(ACCOUNT), "vpc"),
                        Thing.awaited("nat available", Set.of(ACCOUNT), "subnets")),
                records -> new Network(List.of("subnet-1", "subnet-2")),
                hook);
    }

    private Sketch<Cluster> cluster() {
        return new Sketch<>(
                world,
                Slots.CLUSTER,
                Set.of(ACCOUNT, IN_NETWORK),
                List.of(
                        Thing.made("eks role", Set.of(ACCOUNT)),
                        Thing.made("eks", Set.of(IN_NETWORK), "eks role", "subnets"),
                        Thing.awaited("eks active", Set.of(IN_NETWORK), "eks"),
                        Thing.made("nodes", Set.of(IN_NETWORK), "eks active"),
                        Thing.awaited("nodes active", Set.of(IN_NETWORK), "nodes")),
                records -> new Cluster(
                        "uid-1",
                        "eks",
                        URI.create("https://127.0.0.1:1"),
                        Secret.of("kubeconfig"),
                        "v1.35.4",
                        Optional.of("gp3"),
                        Cluster.Identities.POD_IDENTITY,
                        true),
                hook);
    }

    private Sketch<Namespaces> namespaces() {
        return new Sketch<>(
                world,
                Slots.NAMESPACES,
                Set.of(CLUSTER),
                List.of(Thing.made("namespaces", Set.of(CLUSTER), "nodes active")),
                records -> new Namespaces("settlemint", "deployments", "btp-deps", Map.of()),
                hook);
    }

    private Sketch<SecretStore> secrets() {
        return new Sketch<>(
                world,
                Slots.SECRETS,
                Set.of(CLUSTER, NAMESPACES),
                List.of(Thing.made("secret store", Set.of(NAMESPACES), "namespaces")),
                records -> new SecretStore(SecretStore.Kind.KUBERNETES, Optional.empty(), "acme", Optional.empty()),
                hook);
    }

    private Sketch<Postgres> postgres() {
        var inside = Set.of(FROM_CLUSTER, SECRETS);
        return new Sketch<>(
                world,
                Slots.POSTGRES,
                Set.of(ACCOUNT, IN_NETWORK, FROM_CLUSTER, SECRETS),
                List.of(
                        Thing.made("subnet group", Set.of(IN_NETWORK), "subnets"),
                        Thing.made("db instance", Set.of(IN_NETWORK), "subnet group"),
                        Thing.awaited("db available", Set.of(IN_NETWORK), "db instance"),
                        Thing.made("db role", inside, "db available", "secret store", "nodes active"),
                        Thing.made("database", inside, "db role")),
                records -> new Postgres("db", 5432, "btp", "btp", Secret.of("password"), Tls.required()),
                hook);
    }

    private Sketch<Redis> valkey() {
        return new Sketch<>(
                world,
                Slots.REDIS,
                Set.of(CLUSTER, NAMESPACES, SECRETS, VALKEY_API),
                List.of(
                        Thing.made("valkey password", Set.of(SECRETS), "secret store"),
                        Thing.made(
                                "valkey",
                                Set.of(NAMESPACES, SECRETS, VALKEY_API),
                                "valkey password",
                                "operator ready")),
                records -> new Redis("valkey", 6379, Optional.empty(), Optional.empty(), Tls.disabled()),
                hook);
    }

    private Sketch<Site> site() {
        var inputs = Set.<Need<?>>of(NAMESPACES, Need.input(Slots.POSTGRES), Need.input(Slots.REDIS));
        return new Sketch<>(
                world,
                SITE,
                Set.of(CLUSTER, NAMESPACES, Need.input(Slots.POSTGRES), Need.input(Slots.REDIS)),
                List.of(Thing.made("site", inputs, "database", "valkey")),
                records -> new Site(records.get(Slots.POSTGRES).host() + " "
                        + records.get(Slots.REDIS).host()),
                hook);
    }

    Sketch.Operator operator() {
        return new Sketch.Operator(
                world,
                "valkey.example/v1",
                Set.of(CLUSTER, NAMESPACES),
                List.of(
                        Thing.made("operator", Set.of(NAMESPACES), "namespaces"),
                        Thing.awaited("operator ready", Set.of(NAMESPACES), "operator")),
                hook);
    }

    /** Every thing of every component, the operator's among them. */
    List<Thing> things() {
        var all = new ArrayList<Thing>();
        sketches().forEach(sketch -> all.addAll(sketch.things()));
        all.addAll(operator().things());
        return all;
    }

    private List<Member<?, ?>> members() {
        return sketches().stream()
                .<Member<?, ?>>map(sketch -> Member.of(sketch, Map.of()))
                .toList();
    }

    private List<Member<?, ?>> support() {
        return List.of(Member.byDefault(operator()));
    }

    Drawn plan() throws InterruptedException {
        try (var blueprint = Blueprint.of(members(), support(), host)) {
            return new Planner(blueprint).plan().plan();
        }
    }

    int install(Path state) throws InterruptedException {
        return engine(state).install(project(), plan -> true, Optional.empty());
    }

    int status(Path state) throws InterruptedException {
        return engine(state).status(project());
    }

    private Project project() {
        return new Project(
                FakeHost.INSTALLATION,
                "settlemint",
                members(),
                support(),
                List.of(operator()),
                List.of(),
                "answers: 1",
                answers -> members(),
                List.of());
    }

    private Engine engine(Path state) {
        var settings = new Settings("run-1", "install", "0.1.0", state, 8, Map.of(), Map.of(), true, Set.of());
        return new Engine(host, this::hear, stop, new Hurry(), InstantSource.system(), settings, records -> List.of());
    }

    /** Real time whose waits for things are short. */
    private static final class Hurry implements Pace {
        private static final Duration LONGEST_OF_POLLER = Duration.ofSeconds(2);

        private final Pace real = Pace.real();

        @Override
        public Duration now() {
            return real.now();
        }

        @Override
        public void pause(Duration duration) throws InterruptedException {
            real.pause(duration.compareTo(LONGEST_OF_POLLER) > 0 ? duration : Duration.ofMillis(1));
        }
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
}
