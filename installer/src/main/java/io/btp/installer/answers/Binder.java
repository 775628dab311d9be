package io.btp.installer.answers;

import io.btp.installer.api.Description;
import io.btp.installer.api.Form;
import io.btp.installer.api.Installation;
import io.btp.installer.api.Provider;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.Slot;
import io.btp.installer.api.SupportProvider;
import io.btp.installer.api.contract.KubernetesApi;
import io.btp.installer.event.Fault;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Binds answers to providers: chooses one for each slot and makes its configuration. */
public final class Binder {
    private static final Logger LOG = LoggerFactory.getLogger(Binder.class);

    private final Map<Slot<?>, List<Provider<?, ?>>> candidates;
    private final References references;
    private final Defaults defaults;

    /**
     * @param providers those of the loaded plugins, and the installer's own of the platform; support providers are
     *     chosen only to give them a chart or values, under {@code support}
     * @param references resolves secrets, when they are revealed
     * @param defaults who fills a slot where nothing is said
     */
    public Binder(Collection<? extends Provider<?, ?>> providers, References references, Defaults defaults) {
        this.candidates = candidates(providers);
        this.references = references;
        this.defaults = defaults;
    }

    /** Where its answers stand. Nobody chooses support components, but each may be told chart and values. */
    private static Slot<?> place(Provider<?, ?> provider) {
        return provider instanceof SupportProvider<?>
                ? Slot.of(
                        provider.slot().path() + "." + provider.description().provider(),
                        KubernetesApi.class,
                        provider.description().title())
                : provider.slot();
    }

    static Map<Slot<?>, List<Provider<?, ?>>> candidates(Collection<? extends Provider<?, ?>> providers) {
        var found = new LinkedHashMap<Slot<?>, List<Provider<?, ?>>>();
        for (var provider : providers) {
            found.computeIfAbsent(place(provider), slot -> new ArrayList<>()).add(provider);
        }
        var ordered = new LinkedHashSet<Slot<?>>(found.keySet());
        ordered.removeAll(Defaults.STANDARD);
        ordered.addAll(Defaults.STANDARD);
        ordered.retainAll(found.keySet());
        var sorted = new LinkedHashMap<Slot<?>, List<Provider<?, ?>>>();
        ordered.forEach(slot -> sorted.put(slot, List.copyOf(found.getOrDefault(slot, List.of()))));
        return sorted;
    }

    /**
     * Lists explicit choices against the preferred mode, for slots that have a provider of that mode. Empty without a
     * preferred mode. Does not look at anything else.
     */
    public List<AnswerProblem> conflicts(AnswersTree tree) {
        var choosing = new Choosing(defaults, new Problems());
        return new Sections(tree.root(), candidates.keySet(), new Problems())
                .all().stream()
                        .flatMap(section -> choosing.conflict(section, candidatesFor(section)).stream())
                        .distinct()
                        .toList();
    }

    /** Tells who would fill which slot, as far as the answers can tell; slots that nobody fills are not in it. */
    public Map<Slot<?>, Provider<?, ?>> choices(AnswersTree tree) {
        var choosing = new Choosing(defaults, new Problems());
        var choices = new LinkedHashMap<Slot<?>, Provider<?, ?>>();
        for (var section : new Sections(tree.root(), candidates.keySet(), new Problems()).all()) {
            if (choosing.choose(section, candidatesFor(section)) instanceof Choosing.Outcome.Chosen(var provider)) {
                choices.put(section.slot(), provider);
            }
        }
        return choices;
    }

    /** Tells who would fill which place, and what they are answered; as far as the answers can tell. */
    public List<Asked> asked(AnswersTree tree) {
        var choosing = new Choosing(defaults, new Problems());
        var asked = new ArrayList<Asked>();
        for (var section : new Sections(tree.root(), candidates.keySet(), new Problems()).all()) {
            if (choosing.choose(section, candidatesFor(section)) instanceof Choosing.Outcome.Chosen(var provider)) {
                asked.add(asked(tree, section, provider));
            }
        }
        return List.copyOf(asked);
    }

    private <C> Asked asked(AnswersTree tree, Section section, Provider<C, ?> provider) {
        var ignored = new Problems();
        var path = section.slot().path();
        var form = provider.form();
        var decoder = new Decoder(references, references.paths(tree.folder()), ignored);
        var reader = new FormReader<>(form, path, decoder, ignored);
        return new Asked(path, provider, reader.valid(section.own(), others(provider.description(), form)));
    }

    /** Names the keys of a section that are read elsewhere. */
    private static Set<String> others(Description description, Form<?> form) {
        var others = new TreeSet<>(ChartReader.keys(description, form));
        others.addAll(List.of(Section.MODE, Section.PROVIDER));
        return others;
    }

    private List<Provider<?, ?>> candidatesFor(Section section) {
        return candidates.getOrDefault(section.slot(), List.of());
    }

    /**
     * Binds. Reads the files that {@code caFile} and {@code --set-file} name, but resolves no secret and runs nothing.
     *
     * @throws InvalidAnswers with everything that is wrong
     */
    public BoundAnswers bind(AnswersTree tree) {
        return new Binding(tree, false).bound();
    }

    /**
     * Tells everything that is wrong. A provider whose form fails is one problem of its slot: the rest is looked at all
     * the same.
     */
    public List<AnswerProblem> problems(AnswersTree tree) {
        try {
            new Binding(tree, true).bound();
            return List.of();
        } catch (InvalidAnswers invalid) {
            return invalid.problems();
        }
    }

    /** One binding. */
    private final class Binding {
        private final AnswersTree tree;
        private final boolean forgiving;
        private final Problems problems;
        private final Decoder decoder;
        private final ChartReader charts;
        private final Canonical canonical = new Canonical();
        private final List<Chosen<?, ?>> chosen = new ArrayList<>();

        Binding(AnswersTree tree, boolean forgiving) {
            var paths = references.paths(tree.folder());
            this.tree = tree;
            this.forgiving = forgiving;
            this.problems = tree.problems();
            this.decoder = new Decoder(references, paths, problems);
            this.charts = new ChartReader(decoder, paths, problems);
        }

        BoundAnswers bound() {
            var basics = new Basics(decoder, problems, canonical);
            var sections = new Sections(tree.root(), candidates.keySet(), problems);
            basics.version(tree.root());
            var identity = basics.identity(sections.mapping(tree.root(), Sections.INSTALLATION, ""));
            var connection = basics.connection(sections.mapping(tree.root(), Sections.CONNECTION, ""));
            sections.all().forEach(this::bind);
            var trust = basics.trust(sections, sections.mapping(tree.root(), Sections.PLUGINS, ""));
            problems.throwIfAny();
            var installation = new Installation(
                    identity.orElseThrow().name(), identity.orElseThrow().domain(), connection.orElseThrow());
            return new BoundAnswers(
                    installation, chosen, decoder.secrets(), trust, canonical.text(), canonical.origins());
        }

        private void bind(Section section) {
            switch (new Choosing(defaults, problems).choose(section, candidatesFor(section))) {
                case Choosing.Outcome.Chosen(var provider) -> bind(section, provider);
                case Choosing.Outcome.Disabled() -> choice(section, Section.MODE, Defaults.DISABLED, section.mode());
                case Choosing.Outcome.Absent(), Choosing.Outcome.Wrong() -> {}
            }
        }

        /** Words, form, rules and the configuration that it makes are the provider's code. */
        @SuppressWarnings("PMD.AvoidCatchingThrowable")
        private void bind(Section section, Provider<?, ?> provider) {
            try {
                fill(section, provider).ifPresent(chosen::add);
            } catch (InvalidAnswers expected) {
                throw expected;
            } catch (ProviderException expected) {
                failed(section, expected);
            } catch (RuntimeException | Error fault) {
                LOG.debug("fault in {}", provider.getClass().getName(), fault);
                var problem = Fault.of(provider, "its form failed: " + Fault.words(fault));
                failed(section, new ProviderException(problem, fault));
            }
        }

        private void failed(Section section, ProviderException failure) {
            if (!forgiving) {
                throw failure;
            }
            problems.add(AnswerProblem.of(
                    section.own().where(),
                    section.slot().path() + "." + Section.MODE,
                    "names who cannot be used: " + failure.problem().summary(),
                    "Choose somebody else. " + failure.problem().remedy()));
        }

        private void choice(Section section, String key, String name, Optional<Section.Word> said) {
            Provenance where = said.map(Section.Word::where).orElse(new Provenance.ByDefault());
            canonical.put(section.slot().path() + "." + key, name, where);
        }

        private <C, O extends Record> Optional<Chosen<C, O>> fill(Section section, Provider<C, O> provider) {
            var path = section.slot().path();
            var description = provider.description();
            var form = provider.form();
            choice(section, Section.MODE, description.mode(), section.mode());
            choice(section, Section.PROVIDER, description.provider(), section.provider());
            var reader = new FormReader<>(form, path, decoder, problems);
            var configuration = reader.read(section.own(), others(description, form));
            var chart = charts.read(description, form, path, section.own());
            reader.inForce().forEach((key, answer) -> canonical.put(path + "." + key, answer.plain(), answer.where()));
            chart.ifPresent(read -> read.answers()
                    .forEach((key, answer) -> canonical.put(path + "." + key, answer.plain(), answer.where())));
            if (configuration.isEmpty() || chart.isEmpty()) {
                return Optional.empty();
            }
            var read = chart.get();
            return Optional.of(new Chosen<>(
                    provider, configuration.get(), read.chart(), read.pinned(), read.values(), reader.engine()));
        }
    }
}
