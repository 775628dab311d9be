package io.btp.installer.command;

import io.btp.installer.answers.AnswerProblem;
import io.btp.installer.answers.AnswersFile;
import io.btp.installer.answers.AnswersTree;
import io.btp.installer.answers.Asked;
import io.btp.installer.answers.Binder;
import io.btp.installer.answers.BoundAnswers;
import io.btp.installer.answers.Chosen;
import io.btp.installer.answers.Defaults;
import io.btp.installer.answers.InvalidAnswers;
import io.btp.installer.answers.Outline;
import io.btp.installer.answers.Overlays;
import io.btp.installer.answers.References;
import io.btp.installer.api.Chart;
import io.btp.installer.api.Check;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Provider;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.Slots;
import io.btp.installer.api.SupportProvider;
import io.btp.installer.engine.Member;
import io.btp.installer.engine.Project;
import io.btp.installer.platform.PlatformProvider;
import io.btp.installer.plugin.LoadedPlugin;
import io.btp.installer.plugin.PluginRejected;
import io.btp.installer.plugin.Plugins;
import io.btp.installer.wizard.Questionnaire;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Binds answers to the providers that are loaded, and makes what the engine works on. */
final class Projects {
    private static final String HOME = "namespaces.platform";
    static final String USUAL_HOME = "settlemint";

    private final Surroundings surroundings;
    private final Plugins plugins;
    private final boolean sandbox;
    private final List<Provider<?, ?>> catalogue;
    private final References references;

    /**
     * Works with these plugins.
     *
     * @param sandbox whether every slot is put on the sandbox
     */
    Projects(Surroundings surroundings, Plugins plugins, boolean sandbox) {
        this.surroundings = surroundings;
        this.plugins = plugins;
        this.sandbox = sandbox;
        this.catalogue = catalogue(plugins, surroundings.clock());
        this.references = new References(surroundings.variables(), Optional.empty());
    }

    private static List<Provider<?, ?>> catalogue(Plugins plugins, InstantSource clock) {
        var all = new ArrayList<>(plugins.providers());
        all.add(new PlatformProvider(clock));
        return List.copyOf(all);
    }

    /** Gives the environment of programs that are started for the answers that have been bound. */
    Map<String, String> environmentOfPrograms() {
        return references.environmentOfPrograms();
    }

    /** Outlines what can be answered. */
    Outline outline() {
        return Outline.of(catalogue, sandbox ? Defaults.preferring("sandbox") : Defaults.standard());
    }

    /** Asks what these answers do not say yet. */
    Questionnaire questionnaire(AnswersTree base) {
        return new Questionnaire(outline(), binder(catalogue), base, plugins.refused());
    }

    private Binder binder(Collection<? extends Provider<?, ?>> providers) {
        return new Binder(providers, references, sandbox ? Defaults.preferring("sandbox") : Defaults.standard());
    }

    /**
     * Binds whole answers.
     *
     * @throws InvalidAnswers with everything that is wrong
     * @throws Misused if they name what is not on the sandbox, and all is to be there
     * @throws PluginRejected if they ask for a plugin that was refused
     */
    BoundAnswers bind(AnswersTree tree) {
        requirePlugins(tree.trust().keySet());
        try {
            return bound(tree);
        } catch (InvalidAnswers invalid) {
            var unknown = invalid.problems().stream()
                    .filter(AnswerProblem::isUnknownChoice)
                    .findFirst();
            if (unknown.isPresent() && !plugins.refused().isEmpty()) {
                throw PluginRejected.needed(
                        unknown.get().problem().summary() + "; a plugin that may provide it was refused",
                        plugins.refused());
            }
            throw invalid;
        }
    }

    /** What the answers trust, they need. */
    private void requirePlugins(Set<String> names) {
        for (var name : names) {
            if (plugins.loaded().stream()
                            .noneMatch(plugin -> plugin.manifest().name().equals(name))
                    && !plugins.refused().isEmpty()) {
                throw PluginRejected.needed(
                        "The answers trust the plugin " + name + ", which is not in use", plugins.refused());
            }
        }
    }

    private BoundAnswers bound(AnswersTree tree) {
        var binder = binder(catalogue);
        var conflicts = binder.conflicts(tree);
        if (!conflicts.isEmpty()) {
            throw new Misused(
                    "--sandbox puts everything on the sandbox, and the answers name something else; nothing was changed",
                    conflicts.stream().map(conflict -> conflict.problem()).toList());
        }
        return binder.bind(tree);
    }

    /** Binds only which cluster it is: for an installation whose answers are not at hand. */
    BoundAnswers bindCluster(AnswersTree tree) {
        return binder(catalogue.stream()
                        .filter(provider -> provider.slot().equals(Slots.CLUSTER))
                        .toList())
                .bind(tree);
    }

    /**
     * Makes what the engine looks at where only one place is to be proved: it, the cluster, and how that is reached.
     *
     * @throws InvalidAnswers with what is wrong of these
     */
    Project alone(AnswersTree answers, String place) {
        var kept = new TreeSet<>(List.of("installation", "connection", "cluster", "namespaces", place));
        var tree = answers;
        for (var other : outline().places()) {
            var group = other.path().replaceFirst("\\..*", "");
            if (kept.stream().noneMatch(path -> path.equals(group) || path.startsWith(group + "."))) {
                tree = tree.without(group);
            } else if (!kept.contains(other.path())) {
                tree = tree.without(other.path());
            }
        }
        var providers = catalogue.stream()
                .filter(provider -> kept.contains(provider.slot().path()))
                .toList();
        return project(binder(providers).bind(tree));
    }

    /**
     * Makes what the engine looks at where only the cluster is to be reached, before the installation has a valid name.
     *
     * @throws InvalidAnswers with what is wrong with how the cluster is reached
     */
    Project reaching(AnswersTree answers) {
        try {
            return alone(answers, Slots.CLUSTER.path());
        } catch (InvalidAnswers incomplete) {
            var unnamed = Overlays.of(Map.of())
                    .type("installation.name", "unnamed")
                    .type("installation.domain", "unnamed.invalid");
            return alone(answers.without("installation").with(unnamed), Slots.CLUSTER.path());
        }
    }

    /** Tells who would fill which place, and what they are answered; as far as the answers can tell. */
    List<Asked> asked(AnswersTree answers) {
        return binder(catalogue).asked(answers);
    }

    /** Makes what the engine works on. */
    Project project(BoundAnswers bound) {
        var home = bound.origins().stream()
                .filter(origin -> origin.path().equals(HOME))
                .map(origin -> origin.shown().replace("\"", ""))
                .findFirst();
        return project(bound, home.orElse(USUAL_HOME), bound.canonical());
    }

    /** Makes what the engine works on, where only the cluster and the home are known. */
    Project project(BoundAnswers bound, String home, String answers) {
        return new Project(
                bound.installation(),
                home,
                members(bound),
                support(bound),
                catalogue,
                List.of(secrets(bound)),
                answers,
                this::past,
                plugins.loaded());
    }

    /** Whoever needs a secret in the middle of an install had better know before. */
    private static Check secrets(BoundAnswers bound) {
        return Check.of("answers.secrets", "Every secret that the answers refer to is there", () -> {
                    var missing = new ArrayList<Problem>();
                    for (var secret : bound.secrets().values()) {
                        try {
                            secret.reveal();
                        } catch (ProviderException unresolved) {
                            missing.add(unresolved.problem());
                        }
                    }
                    return missing.isEmpty()
                            ? new Check.Result.Passed(bound.secrets().size() + " secrets")
                            : new Check.Result.Failed(missing.size() == 1 ? missing.getFirst() : together(missing));
                })
                .asStrict();
    }

    private static Problem together(List<Problem> missing) {
        return Problem.of(Problem.Reason.INVALID, missing.size() + " secrets are not there", "See each")
                .causedBy(missing.toArray(Problem[]::new));
    }

    private List<Member<?, ?>> members(BoundAnswers bound) {
        return bound.chosen().stream()
                .filter(chosen -> !(chosen.provider() instanceof SupportProvider<?>))
                .<Member<?, ?>>map(chosen -> member(chosen, platformChart(bound)))
                .toList();
    }

    /** Gives the chart that stands for the platform on a cluster that one of the plugins makes. */
    private Optional<Chart> platformChart(BoundAnswers bound) {
        return bound.chosen().stream()
                .map(Chosen::provider)
                .filter(provider -> provider.slot().equals(Slots.CLUSTER))
                .flatMap(provider -> Plugins.of(provider, plugins.loaded()).map(LoadedPlugin::plugin).stream())
                .flatMap(plugin -> plugin.platformChart().stream())
                .findFirst();
    }

    private static <C, O extends Record> Member<C, O> member(Chosen<C, O> chosen, Optional<Chart> platformChart) {
        var provider = chosen.provider();
        var isUnsaid = chosen.chart().equals(provider.description().chart());
        var chart =
                provider.slot().equals(Slots.PLATFORM) && isUnsaid ? platformChart.or(chosen::chart) : chosen.chart();
        return new Member<>(provider, chosen.configuration(), chart, chosen.values(), chosen.engine());
    }

    private List<Member<?, ?>> support(BoundAnswers bound) {
        var members = new ArrayList<Member<?, ?>>();
        for (var provider : catalogue) {
            if (provider instanceof SupportProvider<?> support) {
                members.add(bound.chosen().stream()
                        .filter(chosen -> chosen.provider().equals(provider))
                        .findFirst()
                        .<Member<?, ?>>map(chosen -> member(chosen, Optional.empty()))
                        .orElseGet(() -> Member.byDefault(support)));
            }
        }
        return members;
    }

    private Collection<Member<?, ?>> past(String answers) {
        try {
            var tree = AnswersFile.parse(
                    "the installation record", surroundings.folder(), answers.getBytes(StandardCharsets.UTF_8));
            return members(binder(catalogue).bind(tree));
        } catch (InvalidAnswers outdated) {
            return List.of();
        }
    }

    /**
     * Gives the paths of the slots that a word of an option means.
     *
     * @throws Misused if it means none
     */
    Set<String> slots(String option, String word) {
        var meant = catalogue.stream()
                .filter(provider -> provider.slot().isMeantBy(word) || isSupport(provider, word))
                .map(provider -> provider.slot().path())
                .collect(Collectors.toCollection(TreeSet::new));
        if (meant.isEmpty()) {
            var known = catalogue.stream()
                    .map(provider -> provider.slot().path())
                    .distinct()
                    .sorted()
                    .toList();
            throw new Misused(
                    option + " " + word + ": there is no slot or group of that name; known are "
                            + String.join(", ", known),
                    List.of());
        }
        return meant;
    }

    private static boolean isSupport(Provider<?, ?> provider, String word) {
        return provider instanceof SupportProvider<?>
                && word.equals(
                        provider.slot().path() + "." + provider.description().provider());
    }
}
