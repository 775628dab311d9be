package io.btp.installer.engine;

import io.btp.installer.api.Chart;
import io.btp.installer.api.Move;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Provider;
import io.btp.installer.api.ProviderException;
import io.btp.installer.host.Host;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which version of each component is in force. What was installed stays in the version that it was first installed in,
 * whatever a newer program or changed answers know; only an upgrade that was asked for moves it. An upgrade that did not
 * come to its end goes on.
 */
final class Pins {
    private final Map<String, Standing> standings;
    private final Project project;

    private Pins(Map<String, Standing> standings, Project project) {
        this.standings = standings;
        this.project = project;
    }

    /**
     * Where one component stands.
     *
     * @param inForce the versions that it is brought to
     * @param pinned the versions that the record pins; empty where nothing is pinned
     * @param known the versions that the answers or the program name
     * @param said whether the answers name them
     */
    record Standing(Versions inForce, Optional<Versions> pinned, Versions known, boolean said) {
        /** Gives the moves that are under way, or asked for. */
        List<Move> moves() {
            return pinned.map(from -> from.movesTo(inForce)).orElse(List.of());
        }

        /** Gives the moves that an upgrade would make. */
        List<Move> pending() {
            return inForce.movesTo(known);
        }
    }

    /**
     * Compares what is pinned with what is known now.
     *
     * @param wish says what is to be moved
     */
    static Pins of(Project project, Optional<InstallationRecord> record, Wish wish, Host host)
            throws InterruptedException {
        var past = new Past(project, record);
        var standings = new LinkedHashMap<String, Standing>();
        var members = new ArrayList<Member<?, ?>>();
        for (var member : project.members()) {
            members.add(pinned(member, record, wish, past, standings, host));
        }
        var support = new ArrayList<Member<?, ?>>();
        for (var member : project.support()) {
            support.add(pinned(member, record, wish, past, standings, host));
        }
        return new Pins(standings, project.with(members, support));
    }

    /** What is to be moved to the versions that are known now. */
    @FunctionalInterface
    interface Wish {
        /** Nothing: what is pinned stays. */
        Wish NOTHING = provider -> false;

        boolean moves(Provider<?, ?> provider);
    }

    private static <C, O extends Record> Member<C, O> pinned(
            Member<C, O> member,
            Optional<InstallationRecord> record,
            Wish wish,
            Past past,
            Map<String, Standing> standings,
            Host host)
            throws InterruptedException {
        var provider = member.provider();
        var known = new Versions(
                chartVersion(member, host),
                member.engine().map(it -> it.version()).orElse(""));
        var said = !member.chart()
                        .map(chart -> chart.readBy(Optional.empty()))
                        .equals(provider.description().chart())
                || member.engine().filter(it -> it.said()).isPresent();
        var entry = record.flatMap(it -> it.entry(provider)).filter(it -> it.converged() || !said);
        if (entry.isEmpty()) {
            standings.put(Node.id(provider), new Standing(known, Optional.empty(), known, said));
            return member;
        }
        var pinned = entry.get().pinned().or(new Versions("", past.engine(provider)));
        var held = entry.get().moving().orElse(pinned).or(known);
        var inForce = wish.moves(provider) ? known.or(held) : held;
        standings.put(Node.id(provider), new Standing(inForce, Optional.of(pinned), known, said));
        return at(member, known, inForce);
    }

    /** A chart's file may be gone while what it once held still runs: then nothing newer is known. */
    private static String chartVersion(Member<?, ?> member, Host host) throws InterruptedException {
        try {
            return member.chart().isPresent()
                    ? host.version(member.chart().get()).orElse("")
                    : "";
        } catch (ProviderException unreadable) {
            if (unreadable.problem().reason() == Problem.Reason.CONFLICT) {
                throw unreadable; // It is there, and not the one whose digest is named.
            }
            return "";
        }
    }

    private static <C, O extends Record> Member<C, O> at(Member<C, O> member, Versions known, Versions inForce) {
        var chart = known.chart().equals(inForce.chart())
                ? member.chart()
                : member.chart().map(it -> in(it, inForce.chart()));
        var configuration = member.engine()
                .filter(engine -> !engine.version().equals(inForce.engine()))
                .map(engine -> engine.at().apply(inForce.engine()))
                .orElse(member.configuration());
        return new Member<>(member.provider(), configuration, chart, member.values(), member.engine());
    }

    /** The digest that was named is that of another version. */
    private static Chart in(Chart chart, String version) {
        return new Chart(chart.location(), chart.name(), Optional.of(version), Optional.empty()).readBy(chart.login());
    }

    /** Gives the project with the versions in force. */
    Project project() {
        return project;
    }

    /** Gives the versions in force of what a provider makes. */
    Versions inForce(Provider<?, ?> provider) {
        return standing(provider).map(Standing::inForce).orElse(new Versions("", ""));
    }

    /** Gives the versions that what a provider makes is pinned at. */
    Versions pinned(Provider<?, ?> provider) {
        return standing(provider).flatMap(Standing::pinned).orElse(new Versions("", ""));
    }

    /** Gives what moves, or is to be moved, of what a provider makes. */
    List<Move> moves(Provider<?, ?> provider) {
        return standing(provider).map(Standing::moves).orElse(List.of());
    }

    private Optional<Standing> standing(Provider<?, ?> provider) {
        return Optional.ofNullable(standings.get(Node.id(provider)));
    }

    /** Says what is held back at its pin, and how it is moved. */
    List<String> pending(Blueprint blueprint) {
        var words = new ArrayList<String>();
        for (var node : blueprint.nodes()) {
            standing(node.provider())
                    .filter(standing -> !standing.pending().isEmpty())
                    .ifPresent(standing -> words.add("%s stays at %s; %s %s: btp upgrade %s"
                            .formatted(
                                    node.id(),
                                    listed(standing.pending(), true),
                                    standing.said() ? "the answers name" : "this program knows",
                                    listed(standing.pending(), false),
                                    node.id())));
        }
        return words;
    }

    private static String listed(List<Move> moves, boolean from) {
        return String.join(
                ", ",
                moves.stream()
                        .map(move -> move.part() + " " + (from ? move.from() : move.to()))
                        .toList());
    }

    /** Says what moves. */
    List<String> moving(Blueprint blueprint) {
        var words = new ArrayList<String>();
        for (var node : blueprint.nodes()) {
            moves(node.provider()).forEach(move -> words.add(node.id() + ": " + move));
        }
        return words;
    }

    /** Says which moves are not supported. */
    List<Problem> hindrances(Blueprint blueprint) {
        var problems = new ArrayList<Problem>();
        for (var node : blueprint.nodes()) {
            for (var move : moves(node.provider())) {
                Faults.of(node, () -> node.provider().hindrance(move)).ifPresent(problems::add);
            }
        }
        return problems;
    }

    /** What earlier answers chose: records of the first form do not say in which version something runs. */
    private static final class Past {
        private final Project project;
        private final Optional<InstallationRecord> record;
        private Optional<List<Member<?, ?>>> members = Optional.empty();

        Past(Project project, Optional<InstallationRecord> record) {
            this.project = project;
            this.record = record;
        }

        String engine(Provider<?, ?> provider) {
            if (members.isEmpty()) {
                members = Optional.of(record.map(InstallationRecord::answers)
                        .filter(answers -> !answers.isEmpty())
                        .map(answers -> List.<Member<?, ?>>copyOf(project.past().members(answers)))
                        .orElse(List.of()));
            }
            return members.get().stream()
                    .filter(member -> isSame(member.provider(), provider))
                    .flatMap(member -> member.engine().stream())
                    .map(engine -> engine.version())
                    .findFirst()
                    .orElse("");
        }

        private static boolean isSame(Provider<?, ?> one, Provider<?, ?> other) {
            return Node.id(one).equals(Node.id(other))
                    && one.description().id().equals(other.description().id());
        }
    }
}
