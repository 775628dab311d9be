package io.btp.installer.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.api.Need;
import io.btp.installer.api.Observation;
import io.btp.installer.api.Plan;
import io.btp.installer.api.Step;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The laws that every provider keeps. Extend it in a test, name the provider and, where they are needed, its answers and
 * what stands in for the world; each law is a test.
 *
 * @param <C> the provider's configuration
 * @param <O> what it publishes
 */
public abstract class ProviderContract<C, O extends Record> extends FormLaws<C, O> {
    /** Losing one of these is losing data, which nothing repairs. */
    private static final Set<String> KEEPS_DATA =
            Set.of("PersistentVolumeClaim", "Namespace", "CustomResourceDefinition");

    @Test
    final void contactsNothingWhenItIsOpened() throws InterruptedException {
        var rig = installed();
        long calls = rig.outside().calls();
        try (var lookout = Lookout.open();
                var component = rig.open(new Cautious(rig.lent(), "open"))) {
            assertThat(component).isNotNull();
            assertThat(lookout.seen()).as("contacted").isEmpty();
        }
        assertThat(rig.outside().calls()).as("calls").isEqualTo(calls);
    }

    @Test
    final void saysWithoutLookingWhatAWholeInstallDoes() throws InterruptedException {
        installed();
        var rig = empty();
        long calls = rig.outside().calls();
        Observation<O> absent;
        try (var component = rig.open(new Cautious(rig.lent(), "absent"));
                var lookout = Lookout.open()) {
            absent = component.absent(beforehand(rig));
            assertThat(lookout.seen()).as("contacted").isEmpty();
        }
        assertThat(rig.outside().calls()).as("calls").isEqualTo(calls);
        assertThat(absent.install().blocked()).as("blocked").isEmpty();
        assertThat(words(absent.install())).as("plan of an empty account").containsAll(Set.copyOf(firstInstall));
    }

    private Given beforehand(Rig<C, O> rig) {
        return rig.records()
                .only(need ->
                        need.kind() != Need.Kind.PLACE && knownBeforehand().contains(need.slot()));
    }

    private static List<String> words(Plan plan) {
        return plan.steps().stream().map(Step::toString).toList();
    }

    @Test
    final void canBePlannedWhateverElseIsMissing() throws InterruptedException {
        var rig = empty();
        var plans = new LinkedHashMap<String, Plan>();
        plans.put(
                "nothing",
                rig.absent(Given.nothing(), new Cautious(rig.lent(), "absent")).install());
        plans.put("places", rig.observe(rig.places()).install());
        for (var need : rig.records().records().keySet()) {
            if (need.kind() != Need.Kind.PLACE) {
                var rest = rig.records().only(other -> !other.equals(need));
                plans.put("all but " + need, rig.observe(rest).install());
            }
        }
        plans.forEach((known, plan) ->
                assertThat(plan.blocked()).as("blocked, with %s", known).isEmpty());
    }

    @Test
    final void namesEachStepOnce() throws InterruptedException {
        var rig = empty();

        assertThat(words(rig.observe(rig.records()).install())).as("plan").doesNotHaveDuplicates();
        assertThat(words(rig.absent(beforehand(rig), rig.lent()).install()))
                .as("plan of an empty account")
                .doesNotHaveDuplicates();
    }

    @Test
    final void changesNothingByLooking() throws InterruptedException {
        looks(empty());
        looks(installed());
    }

    private static <C, O extends Record> void looks(Rig<C, O> rig) throws InterruptedException {
        rig.bed().ifPresent(Bed::forget);
        var before = rig.outside().inventory();
        rig.observe(rig.records());
        rig.observe(rig.places());
        try (var component = rig.open(rig.lent())) {
            assertThat(component.checks(rig.records())).as("checks").doesNotContainNull();
        }
        assertThat(rig.bed().map(Bed::writes).orElse(List.of())).as("writes").isEmpty();
        assertThat(rig.outside().inventory()).isEqualTo(before);
    }

    @Test
    final void installsUntilNothingIsLeftToDo() throws InterruptedException {
        var rig = installed();
        var observation = rig.observe(rig.records());

        assertThat(observation.install().blocked()).as("blocked").isEmpty();
        assertThat(words(observation.install())).as("left to do").isEmpty();
        assertThat(observation.outputs().keySet()).as("uses that get a record").containsAll(uses());
    }

    @Test
    final void installingAgainChangesNothing() throws InterruptedException {
        var rig = installed();
        var before = rig.state();

        assertThat(rig.install()).as("steps of the second install").isEmpty();
        assertThat(rig.state()).isEqualTo(before);
    }

    @Test
    final void publishesTheSameWhenItLooksAgain() throws InterruptedException {
        var rig = installed();
        var first = Plain.of(new TreeMap<>(rig.observe(rig.records()).outputs()));

        assertThat(Plain.of(new TreeMap<>(rig.observe(rig.records()).outputs())))
                .isEqualTo(first);
    }

    @Test
    final void convergesToTheSameFromAStopAfterEachStep() throws InterruptedException {
        installed();
        for (int stop = 1; stop < firstInstall.size(); stop++) {
            var rig = empty();
            rig.install(rig.records(), stop, 1);
            rig.install();
            assertThat(rig.state())
                    .as("stopped after: %s", firstInstall.get(stop - 1))
                    .isEqualTo(reference);
            assertThat(words(rig.observe(rig.records()).install()))
                    .as("left to do")
                    .isEmpty();
        }
    }

    @Test
    final void canDoEachStepTwice() throws InterruptedException {
        installed();
        var rig = empty();
        rig.install(rig.records(), Integer.MAX_VALUE, 2);

        assertThat(rig.state()).isEqualTo(reference);
    }

    @Test
    final void doesBeforeANeedIsMetOnlyWhatDoesNotUseIt() throws InterruptedException {
        installed();
        var rig = empty();
        var known = rig.places();
        rig.install(known, Integer.MAX_VALUE, 1);
        for (var need : sorted(rig.records().records().keySet())) {
            known = known.with(need, rig.records().find(need).orElseThrow());
            rig.install(known, Integer.MAX_VALUE, 1);
        }
        assertThat(rig.state()).isEqualTo(reference);
    }

    private static List<Need<?>> sorted(Set<Need<?>> needs) {
        return needs.stream().sorted(Comparator.comparing(Need::toString)).collect(Collectors.toList());
    }

    @Test
    final void seesAndRepairsWhatIsLost() throws InterruptedException {
        var rig = spare();
        for (var key : rig.lookedAfter()) {
            var lost = key.startsWith("outside ")
                    ? rig.outside().lose(key.substring("outside ".length()))
                    : lose(rig, key);
            if (lost) {
                mends(rig, key + " is lost");
            }
        }
    }

    private static <C, O extends Record> boolean lose(Rig<C, O> rig, String key) throws InterruptedException {
        var thing = rig.made().get(key);
        if (thing == null || KEEPS_DATA.contains(thing.kind())) {
            return false;
        }
        rig.bed().orElseThrow().lose(thing);
        return true;
    }

    private void mends(Rig<C, O> rig, String what) throws InterruptedException {
        var plan = rig.observe(rig.records()).install();
        if (plan.blocked().isPresent()) {
            assertThat(plan.blocked().get().remedy()).as("remedy, as %s", what).isNotBlank();
            throw new AssertionError(
                    what + ", and that cannot be repaired: " + plan.blocked().get());
        }
        assertThat(words(plan)).as("plan, as %s", what).isNotEmpty();
        rig.install();
        assertThat(rig.state()).as("repaired, as %s", what).isEqualTo(reference);
    }

    @Test
    final void seesAndRepairsWhatIsChanged() throws InterruptedException {
        var rig = spare();
        for (var key : rig.lookedAfter()) {
            var changed = key.startsWith("outside ")
                    ? rig.outside().change(key.substring("outside ".length()))
                    : change(rig, key);
            if (changed) {
                mends(rig, key + " is changed");
            }
        }
    }

    private static <C, O extends Record> boolean change(Rig<C, O> rig, String key) throws InterruptedException {
        var thing = rig.made().get(key);
        if (thing == null) {
            return false;
        }
        for (var patch : thing.patches()) {
            if (rig.bed().orElseThrow().change(thing, patch)) {
                return true;
            }
        }
        return false;
    }

    @Test
    final void removesEverythingItMade() throws InterruptedException {
        var rig = spare();
        rig.remove(false, false);

        assertThat(rig.settledInventory()).as("left").isEmpty();
        assertThat(words(rig.removal(false, false))).as("a second removal").isEmpty();
    }

    @Test
    final void removesEverythingWithoutItsConfiguration() throws InterruptedException {
        var rig = spare();
        rig.remove(true, false);

        assertThat(rig.settledInventory()).as("left").isEmpty();
        assertThat(words(rig.removal(true, false))).as("a second removal").isEmpty();
    }

    @Test
    final void removesWhateverAStoppedInstallLeft() throws InterruptedException {
        installed();
        for (int stop = 0; stop < firstInstall.size(); stop++) {
            var rig = empty();
            rig.install(rig.records(), stop, 1);
            rig.remove(stop % 2 == 1, false);
            assertThat(rig.settledInventory())
                    .as("left of an install of %d steps", stop)
                    .isEmpty();
        }
    }

    @Test
    final void installsAgainOnTheDataThatItKept() throws InterruptedException {
        var rig = spare();
        rig.remove(false, true);
        assertThat(words(rig.removal(false, true))).as("a second removal").isEmpty();
        rig.install();

        assertThat(words(rig.observe(rig.records()).install())).as("left to do").isEmpty();
        assertThat(rig.state()).isEqualTo(reference);
    }

    @Test
    final void marksWhatItMakesAsItsOwn() throws InterruptedException {
        var rig = installed();
        var labels = rig.lent().labels();
        var made = rig.made();
        var releases = new HashSet<String>();
        made.values().stream()
                .filter(thing -> thing.isHistory() && thing.isMarked(labels))
                .forEach(thing -> releases.add(thing.name().replaceAll("sh\\.helm\\.release\\.v1\\.|\\.v\\d+$", "")));

        made.values()
                .removeIf(thing -> thing.isMarked(labels)
                        || thing.isOwned()
                        || releases.contains(thing.release())
                        || thing.name().startsWith(Rig.INSTALLATION.name() + "-")
                        || thing.name().contains("-" + Rig.INSTALLATION.name() + "-"));
        assertThat(made.keySet())
                .as("what carries no owner label, belongs to nothing, and is not named after the installation")
                .isEmpty();
    }

    @Test
    final void tellsNobodyASecret() throws InterruptedException {
        var rig = spare();
        rig.observe(rig.records());
        rig.made().values().forEach(thing -> isDiscreet(thing.withoutConfidence()));
        rig.outside().inventory().keySet().forEach(FormLaws::isDiscreet);
        rig.remove(false, false);

        transcript().words().forEach(FormLaws::isDiscreet);
    }
}
