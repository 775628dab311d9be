package io.btp.installer.answers;

import io.btp.installer.api.Provider;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.Question;
import io.btp.installer.api.Slot;
import io.btp.installer.event.Fault;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What can be answered, from the forms of all providers that are loaded. A file to begin with, explanations, schema and
 * reference are all read from it.
 *
 * @param places in the order of the answers file
 */
public record Outline(List<Place> places) {
    /**
     * A place that is answered as a whole: a slot, or what stands beside the slots.
     *
     * @param path in the answers
     * @param title what people call it
     * @param slot empty for what stands beside the slots
     * @param leftOut whether nobody fills it, or a plugin's own is used, where the answers say nothing
     * @param ways how it can be filled
     */
    public record Place(String path, String title, Optional<Slot<?>> slot, boolean leftOut, List<Way> ways) {
        /** Copies the list. */
        public Place {
            ways = List.copyOf(ways);
        }

        /** Tells whether its mode may be {@code disabled}. */
        public boolean isDispensable() {
            return slot.filter(Slot::isDispensable).isPresent();
        }
    }

    /**
     * One way to fill a place.
     *
     * @param provider who fills it; empty for what stands beside the slots
     * @param questions what is asked
     * @param usual whether it is the one where the answers name none
     */
    public record Way(Optional<Provider<?, ?>> provider, List<Question<?>> questions, boolean usual) {
        /** Copies the list. */
        public Way {
            questions = List.copyOf(questions);
        }

        /** Gives {@code mode/provider}; empty for what stands beside the slots. */
        public String name() {
            return provider.map(it ->
                            it.description().mode() + "/" + it.description().provider())
                    .orElse("");
        }
    }

    /** Copies the list. */
    public Outline {
        places = List.copyOf(places);
    }

    /** Outlines what these providers ask. */
    public static Outline of(Collection<? extends Provider<?, ?>> providers, Defaults defaults) {
        var places = new ArrayList<Place>();
        places.add(beside(Sections.INSTALLATION, "installation", Basics.INSTALLATION));
        places.add(beside(
                Sections.CONNECTION,
                "connection: how this program and what it installs reach the world",
                Basics.CONNECTION));
        Binder.candidates(providers).forEach((slot, candidates) -> {
            var usual = defaults.leavesOut(slot) && defaults.preferred().isEmpty()
                    ? List.<Provider<?, ?>>of()
                    : defaults.among(slot, candidates);
            var ways = candidates.stream()
                    .map(provider -> way(provider, usual.size() == 1 && usual.contains(provider)))
                    .toList();
            places.add(new Place(slot.path(), slot.title(), Optional.of(slot), defaults.leavesOut(slot), ways));
        });
        return new Outline(places);
    }

    private static Place beside(String path, String title, List<Question<?>> questions) {
        return new Place(path, title, Optional.empty(), false, List.of(new Way(Optional.empty(), questions, true)));
    }

    /** What it asks is the provider's code. */
    @SuppressWarnings("PMD.AvoidCatchingThrowable")
    private static Way way(Provider<?, ?> provider, boolean usual) {
        try {
            return asked(provider, usual);
        } catch (RuntimeException | Error fault) {
            throw new ProviderException(Fault.of(provider, "its form failed: " + Fault.words(fault)), fault);
        }
    }

    private static Way asked(Provider<?, ?> provider, boolean usual) {
        var form = provider.form();
        var questions = Stream.concat(
                        form.questions().stream(), ChartReader.questions(provider.description(), form).stream())
                .<Question<?>>map(question -> question)
                .toList();
        return new Way(Optional.of(provider), questions, usual);
    }

    /** Gives every path that can be explained: places, groups, and keys. */
    public List<String> paths() {
        return places.stream()
                .flatMap(place -> Stream.concat(
                        Stream.of(place.path().split("\\.", 2)[0], place.path()),
                        place.ways().stream()
                                .flatMap(way -> way.questions().stream())
                                .map(question -> place.path() + "." + question.key())))
                .distinct()
                .toList();
    }
}
