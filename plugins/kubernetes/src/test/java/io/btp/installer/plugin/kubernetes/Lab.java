package io.btp.installer.plugin.kubernetes;

import io.btp.installer.api.Component;
import io.btp.installer.api.Connection;
import io.btp.installer.api.Installation;
import io.btp.installer.api.Need;
import io.btp.installer.api.Observation;
import io.btp.installer.api.Plan;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Progress;
import io.btp.installer.api.Provider;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.Records;
import io.btp.installer.api.Removal;
import io.btp.installer.api.Slot;
import io.btp.installer.api.Slots;
import io.btp.installer.api.Step;
import io.btp.installer.api.SupportProvider;
import io.btp.installer.api.contract.Namespaces;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An engine of a few lines: plans, runs and removes some providers in a world, one after the other. */
final class Lab {
    static final ManagedNamespaces.Configuration NAMES =
            new ManagedNamespaces.Configuration(true, "settlemint", "deployments", "btp-deps");
    static final CloudNativePg.Configuration POSTGRES =
            new CloudNativePg.Configuration(1, Quantity.of("20Gi"), Optional.empty(), "17", Map.of(), true);
    static final Valkey.Configuration VALKEY = new Valkey.Configuration(0, Quantity.of("8Gi"), Optional.empty());

    static final Traefik.Configuration TRAEFIK = new Traefik.Configuration(
            2,
            "traefik",
            false,
            true,
            new Traefik.Opening("LoadBalancer", Map.of(), List.of(), Optional.empty()),
            false);

    final World world;
    private final Installation installation;
    private final List<Member<?, ?>> members = new ArrayList<>();
    private boolean clusterIsThere = true;
    private boolean recordIsLost;

    private record Member<C, O extends Record>(Provider<C, O> provider, C configuration, FakeContext context) {
        Component<O> open() {
            return provider.open(configuration, context);
        }

        Plan removal(Records places, boolean recordIsLost, boolean keepsData) throws InterruptedException {
            var known = recordIsLost ? Optional.<C>empty() : Optional.of(configuration);
            return provider.removal(new Removal<>(places, known, keepsData), context);
        }
    }

    /** Tells that the run was stopped, as if it had been killed. */
    static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private Lab(World world, String installation, Connection connection) {
        this.world = world;
        this.installation = new Installation(installation, "btp.acme.example", connection);
    }

    static Lab of(World world, String installation) {
        return of(world, installation, Connection.direct());
    }

    static Lab of(World world, String installation, Connection connection) {
        return new Lab(world, installation, connection);
    }

    /** Everything that this plugin can install, for the installation {@code acme}. */
    static Lab whole(World world) {
        return of(world, "acme")
                .with(new ManagedNamespaces(), NAMES)
                .with(new PlainSecrets(), Map.of())
                .with(new CloudNativePgOperator(), Map.of())
                .with(new CloudNativePg(), POSTGRES)
                .with(new Valkey(), VALKEY);
    }

    <C, O extends Record> Lab with(Provider<C, O> provider, C configuration, String... uses) {
        var all = new LinkedHashSet<>(List.of(uses));
        if (provider instanceof SupportProvider<?> support) {
            all.addAll(support.groupVersions());
        } else {
            all.add(Need.PLATFORM_USE);
        }
        var context = new FakeContext(world, provider, installation, Set.copyOf(all));
        members.removeIf(member -> member.provider().getClass().equals(provider.getClass()));
        members.add(new Member<>(provider, configuration, context));
        return this;
    }

    Lab withoutCluster() {
        clusterIsThere = false;
        return this;
    }

    Lab withoutRecord() {
        recordIsLost = true;
        return this;
    }

    /** Published records by slot and use. */
    static final class Board implements Records {
        private final Map<String, Record> published = new LinkedHashMap<>();

        static Board of(Slot<?> slot, Record record) {
            return new Board().publish(slot, Need.PLATFORM_USE, record);
        }

        Board publish(Slot<?> slot, String use, Record record) {
            published.put(slot + "[" + use + "]", record);
            return this;
        }

        @Override
        public <O extends Record> Optional<O> find(Need<O> need) {
            return Optional.ofNullable(published.get(need.slot() + "[" + need.use() + "]"))
                    .map(need.slot().type()::cast);
        }

        @Override
        public boolean isFilled(Slot<?> slot) {
            return true;
        }
    }

    private Board start() {
        var board = new Board();
        if (clusterIsThere) {
            board.publish(
                    Slots.CLUSTER, Need.PLATFORM_USE, FakeContext.cluster("prod", "v1.35.4", Optional.of("standard")));
        }
        return board;
    }

    /** Records of a cluster and namespaces that are there. */
    static Board places() {
        return Board.of(Slots.CLUSTER, FakeContext.cluster("prod", "v1.35.4", Optional.of("standard")))
                .publish(
                        Slots.NAMESPACES,
                        Need.PLATFORM_USE,
                        new Namespaces("settlemint", "deployments", "btp-deps", Map.of()));
    }

    /** Plans everything; what is published is seen by those behind. */
    List<Step> plan() throws InterruptedException {
        var board = start();
        var steps = new ArrayList<Step>();
        for (var member : members) {
            var observation = look(member, board);
            publish(member, observation, board);
            steps.addAll(unblocked(observation.install()));
        }
        return steps;
    }

    List<String> planned() throws InterruptedException {
        return plan().stream().map(Step::toString).toList();
    }

    /** Gives the records at the end of what is there. */
    Board published() throws InterruptedException {
        var board = start();
        for (var member : members) {
            publish(member, look(member, board), board);
        }
        return board;
    }

    private Observation<?> look(Member<?, ?> member, Board board) throws InterruptedException {
        try (var component = member.open()) {
            return clusterIsThere ? component.observe(board) : component.absent(board);
        }
    }

    private static void publish(Member<?, ?> member, Observation<?> observation, Board board) {
        observation
                .outputs()
                .forEach((use, output) -> board.publish(member.provider().slot(), use, output));
    }

    private static List<Step> unblocked(Plan plan) {
        plan.blocked().ifPresent(problem -> {
            throw new ProviderException(problem);
        });
        return plan.steps();
    }

    /** Installs to the end. */
    int install() throws InterruptedException {
        return install(Integer.MAX_VALUE);
    }

    /** Installs, and is stopped after a number of steps; gives how many steps it ran. */
    int install(int limit) throws InterruptedException {
        var board = start();
        int ran = 0;
        for (var member : members) {
            for (int round = 0; ; round++) {
                var observation = look(member, board);
                var steps = unblocked(observation.install());
                if (steps.isEmpty()) {
                    member.context().uses().forEach(use -> {
                        if (!observation.outputs().containsKey(use)) {
                            throw new AssertionError(
                                    member.provider().description().id() + " publishes nothing for " + use);
                        }
                    });
                    publish(member, observation, board);
                    break;
                }
                if (round > 5) {
                    throw new AssertionError("does not converge: " + steps);
                }
                for (var step : steps) {
                    requireMet(step, board);
                    if (ran++ == limit) {
                        throw new Stopped();
                    }
                    run(step);
                }
            }
        }
        return ran;
    }

    private static void requireMet(Step step, Board board) {
        for (var need : step.after()) {
            if (board.find(need).isEmpty()) {
                throw new AssertionError(step + " runs before " + need + " is published");
            }
        }
    }

    /** Removes everything, consumers first, as the engine does: planned before, then round by round. */
    List<String> remove(boolean keepsData) throws InterruptedException {
        return remove(keepsData, Integer.MAX_VALUE);
    }

    /** Removes, and ends after a number of steps, as if it had been killed. */
    List<String> remove(boolean keepsData, int limit) throws InterruptedException {
        var places = Board.of(Slots.CLUSTER, FakeContext.cluster("prod", "v1.35.4", Optional.of("standard")));
        var confirmed = new LinkedHashSet<String>();
        for (var member : members) {
            unblocked(member.removal(places, recordIsLost, keepsData)).forEach(step -> confirmed.add(step.toString()));
        }
        var ran = new ArrayList<String>();
        for (var member : members.reversed()) {
            for (int round = 0; ; round++) {
                var steps = unblocked(member.removal(places, recordIsLost, keepsData));
                if (steps.isEmpty()) {
                    break;
                }
                if (round > 5) {
                    throw new AssertionError("is never gone: " + steps);
                }
                for (var step : steps) {
                    if (!confirmed.contains(step.toString())) {
                        throw new AssertionError("was not confirmed: " + step + ", but " + confirmed);
                    }
                    if (ran.size() == limit) {
                        return ran;
                    }
                    run(step);
                    ran.add(step.toString());
                }
            }
        }
        return ran;
    }

    /** Plans what removes everything, data too. */
    List<Step> removal() throws InterruptedException {
        var places = Board.of(Slots.CLUSTER, FakeContext.cluster("prod", "v1.35.4", Optional.of("standard")));
        var steps = new ArrayList<Step>();
        for (var member : members.reversed()) {
            steps.addAll(unblocked(member.removal(places, recordIsLost, false)));
        }
        return steps;
    }

    static void run(Step step) throws InterruptedException {
        step.action().run(new Polling());
    }

    /** Polls a few times at once: a world in memory is ready when it was asked to be. */
    private static final class Polling implements Progress {
        @Override
        public void say(String message) {
            // Nobody watches.
        }

        @Override
        public void at(int done, int total) {
            // Nobody watches.
        }

        @Override
        public void until(Duration usually, Poll poll) throws InterruptedException {
            var missing = poll.missing();
            for (int look = 0; look < 5 && missing.isPresent(); look++) {
                missing = poll.missing();
            }
            if (missing.isPresent()) {
                throw new ProviderException(Problem.of(Problem.Reason.NOT_READY, "No progress", "look")
                        .causedBy(missing.get()));
            }
        }
    }
}
