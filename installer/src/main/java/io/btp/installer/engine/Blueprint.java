package io.btp.installer.engine;

import io.btp.installer.api.Component;
import io.btp.installer.api.Context;
import io.btp.installer.api.Need;
import io.btp.installer.api.Problem;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.Records;
import io.btp.installer.api.SecretStorage;
import io.btp.installer.api.SecretsProvider;
import io.btp.installer.api.Slot;
import io.btp.installer.api.Slots;
import io.btp.installer.api.SupportProvider;
import io.btp.installer.host.Host;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The components of an installation, opened and ordered by need. */
public final class Blueprint implements AutoCloseable {
    private final List<Node> nodes;
    private final Map<Slot<?>, List<Node>> bySlot;
    private final Map<String, Node> byId;

    private Blueprint(List<Node> nodes) {
        this.nodes = List.copyOf(nodes);
        this.bySlot = nodes.stream().collect(Collectors.groupingBy(Node::slot));
        this.byId = nodes.stream().collect(Collectors.toMap(Node::id, Function.identity()));
    }

    /**
     * Opens what was chosen, and the support components that it needs.
     *
     * @param members what was chosen, at most one for each slot
     * @param support what can be installed where something needs it: members of support providers
     * @throws ProviderException if a need can never be met, or needs go in a circle
     */
    public static Blueprint of(Collection<Member<?, ?>> members, Collection<Member<?, ?>> support, Host host) {
        return of(members, support, host::lend);
    }

    /** As above, with what lends to each component. */
    static Blueprint of(
            Collection<Member<?, ?>> members, Collection<Member<?, ?>> support, Function<Host.Loan, Context> host) {
        var all = new ArrayList<Member<?, ?>>(members);
        var needs = new LinkedHashMap<Member<?, ?>, Set<Need<?>>>();
        var open = new ArrayDeque<Member<?, ?>>(members);
        while (!open.isEmpty()) {
            var member = open.remove();
            var asked = needsOf(member);
            needs.put(member, asked);
            for (var need : asked) {
                if (need.slot().equals(Slots.KUBERNETES_API)
                        && supporter(all, need.use()).isEmpty()) {
                    var supporter = supporter(support, need.use())
                            .orElseGet(() -> Member.of(new ServedApi(need.use()), need.use()));
                    all.add(supporter);
                    open.add(supporter);
                }
            }
        }
        Map<Slot<?>, List<Member<?, ?>>> bySlot = needs.keySet().stream()
                .collect(Collectors.groupingBy(member -> member.provider().slot()));
        var uses = uses(needs, bySlot);
        var nodes = new ArrayList<Node>();
        for (var member : ordered(needs, bySlot)) {
            nodes.add(open(member, uses.getOrDefault(Node.id(member.provider()), Set.of()), needs, host, nodes));
        }
        return new Blueprint(nodes);
    }

    /** Sorted, so that equal answers always give the same order, and a saved plan the same digest. */
    private static <C, O extends Record> Set<Need<?>> needsOf(Member<C, O> member) {
        try {
            return Faults.interruptiblyOf(member.provider(), () -> {
                var sorted = new TreeSet<Need<?>>(Comparator.comparing(Need::toString));
                sorted.addAll(member.provider().needs(member.configuration()));
                return sorted;
            });
        } catch (InterruptedException impossible) {
            throw new IllegalStateException("needs does no I/O", impossible);
        }
    }

    private static Optional<Member<?, ?>> supporter(Collection<Member<?, ?>> members, String groupVersion) {
        return members.stream()
                .filter(member -> member.provider() instanceof SupportProvider<?> support
                        && support.groupVersions().contains(groupVersion))
                .findFirst();
    }

    /** Collects by node id which uses are asked of it. */
    private static Map<String, Set<String>> uses(
            Map<Member<?, ?>, Set<Need<?>>> needs, Map<Slot<?>, List<Member<?, ?>>> bySlot) {
        var uses = new HashMap<String, Set<String>>();
        for (var member : needs.keySet()) {
            if (!(member.provider() instanceof SupportProvider<?>)) {
                use(member, Need.PLATFORM_USE, uses);
            }
        }
        for (var asked : needs.values()) {
            for (var need : asked) {
                providers(need, bySlot).forEach(member -> use(member, need.use(), uses));
            }
        }
        return uses;
    }

    private static void use(Member<?, ?> member, String use, Map<String, Set<String>> uses) {
        uses.computeIfAbsent(Node.id(member.provider()), id -> new TreeSet<>()).add(use);
    }

    private static Stream<Member<?, ?>> providers(Need<?> need, Map<Slot<?>, List<Member<?, ?>>> bySlot) {
        return bySlot.getOrDefault(need.slot(), List.of()).stream().filter(member -> provides(member, need));
    }

    private static boolean provides(Member<?, ?> member, Need<?> need) {
        if (!member.provider().slot().equals(need.slot())) {
            return false;
        }
        return !(member.provider() instanceof SupportProvider<?> support)
                || support.groupVersions().contains(need.use());
    }

    /** Orders providers of needs before those who need them. */
    private static List<Member<?, ?>> ordered(
            Map<Member<?, ?>, Set<Need<?>>> needs, Map<Slot<?>, List<Member<?, ?>>> bySlot) {
        var done = new LinkedHashSet<Member<?, ?>>();
        var path = new ArrayDeque<Member<?, ?>>();
        needs.keySet().forEach(member -> visit(member, needs, bySlot, done, path));
        return List.copyOf(done);
    }

    private static void visit(
            Member<?, ?> member,
            Map<Member<?, ?>, Set<Need<?>>> needs,
            Map<Slot<?>, List<Member<?, ?>>> bySlot,
            Set<Member<?, ?>> done,
            ArrayDeque<Member<?, ?>> path) {
        if (done.contains(member)) {
            return;
        }
        if (path.contains(member)) {
            throw new ProviderException(circle(path, member));
        }
        path.addLast(member);
        for (var need : needs.getOrDefault(member, Set.of())) {
            var provider = providers(need, bySlot).findFirst();
            if (provider.isEmpty() && need.kind() != Need.Kind.OPTIONAL) {
                throw new ProviderException(Board.unmet(member.provider(), need));
            }
            provider.ifPresent(other -> visit(other, needs, bySlot, done, path));
        }
        path.removeLast();
        done.add(member);
    }

    private static Problem circle(ArrayDeque<Member<?, ?>> path, Member<?, ?> member) {
        var names = path.stream()
                .dropWhile(other -> other != member)
                .map(other -> Node.id(other.provider()) + " ("
                        + other.provider().description().id() + ")")
                .collect(Collectors.joining(", which needs "));
        return Problem.of(
                Problem.Reason.FAILED,
                "Providers need each other in a circle: " + names + ", which needs the first",
                "Choose another provider for one of them and tell the plugin's author");
    }

    private static <C, O extends Record> Node open(
            Member<C, O> member,
            Set<String> uses,
            Map<Member<?, ?>, Set<Need<?>>> needs,
            Function<Host.Loan, Context> host,
            List<Node> before) {
        var context = host.apply(new Host.Loan(
                member.provider(),
                uses,
                member.chart(),
                member.values(),
                records -> storage(needs.keySet(), host, records)));
        try {
            Component<O> component = Faults.interruptiblyOf(
                    member.provider(), () -> member.provider().open(member.configuration(), context));
            return new Node(member, uses, needs.getOrDefault(member, Set.of()), component);
        } catch (ProviderException fault) {
            before.forEach(Node::close);
            throw fault;
        } catch (InterruptedException impossible) {
            throw new IllegalStateException("open contacts nothing", impossible);
        }
    }

    private static Optional<SecretStorage> storage(
            Collection<Member<?, ?>> members, Function<Host.Loan, Context> host, Records records) {
        return members.stream()
                .filter(member -> member.provider() instanceof SecretsProvider<?>)
                .findFirst()
                .filter(member -> records.find(Slots.SECRETS).isPresent())
                .map(member -> storage(member, host, records));
    }

    /** The member's provider is a secrets provider: filtered by the caller. */
    @SuppressWarnings("unchecked")
    private static <C> SecretStorage storage(Member<C, ?> member, Function<Host.Loan, Context> host, Records records) {
        var provider = (SecretsProvider<C>) member.provider();
        Context context = host.apply(new Host.Loan(
                provider, Set.of(Need.PLATFORM_USE), member.chart(), member.values(), nothing -> Optional.empty()));
        try {
            return Faults.interruptiblyOf(provider, () -> provider.storage(member.configuration(), records, context));
        } catch (InterruptedException impossible) {
            throw new IllegalStateException("storage contacts nothing", impossible);
        }
    }

    /** Gives the nodes, providers of needs first. */
    List<Node> nodes() {
        return nodes;
    }

    /** Gives the node of this id; there is one. */
    Node node(String id) {
        return Objects.requireNonNull(byId.get(id), id);
    }

    /** Gives the slots that somebody fills. */
    Set<Slot<?>> filled() {
        return nodes.stream().map(Node::slot).collect(Collectors.toUnmodifiableSet());
    }

    /** Gives the nodes whose records a node needs. */
    List<Node> providersFor(Node node) {
        return node.needs().stream()
                .flatMap(need -> bySlot.getOrDefault(need.slot(), List.of()).stream()
                        .filter(other -> provides(other.member(), need)))
                .distinct()
                .toList();
    }

    /** Gives the nodes that need a node's records. */
    List<Node> consumersOf(Node node) {
        return nodes.stream()
                .filter(other -> other.needs().stream().anyMatch(need -> provides(node.member(), need)))
                .toList();
    }

    @Override
    public void close() {
        nodes.reversed().forEach(Node::close);
    }
}
