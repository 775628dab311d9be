package io.btp.installer.plugin.sandbox;

import io.btp.installer.api.Component;
import io.btp.installer.api.Context;
import io.btp.installer.api.Description;
import io.btp.installer.api.Form;
import io.btp.installer.api.Need;
import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Plan;
import io.btp.installer.api.Provider;
import io.btp.installer.api.Removal;
import io.btp.installer.api.Slot;
import io.btp.installer.api.Slots;
import io.btp.installer.api.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Fills a slot with a stand-in: a small chart whose pods a simulated node calls ready.
 *
 * @param <O> what is published
 */
final class StandIn<O extends Record> implements Provider<Size, O> {
    private static final String INSTANCE = "app.kubernetes.io/instance";

    private final Recipe<O> recipe;
    private final Charts charts;

    StandIn(Recipe<O> recipe, Charts charts) {
        this.recipe = recipe;
        this.charts = charts;
    }

    @Override
    public Description description() {
        return Description.of(
                        "sandbox",
                        recipe.thing(),
                        "Stand-in (" + recipe.title() + ")",
                        "To try the installer: the objects of the real thing, nothing behind.")
                .adds("nothing but objects in the sandbox")
                .usually(Duration.ofMinutes(1))
                .madeOf(charts.chart(recipe.thing()));
    }

    @Override
    public Slot<O> slot() {
        return recipe.slot();
    }

    @Override
    public Form<Size> form() {
        return recipe.stores() ? Size.formWithStorage() : Size.formWithoutStorage();
    }

    @Override
    public Set<Need<?>> needs(Size configuration) {
        var needs = new HashSet<Need<?>>(Set.of(Need.place(Slots.CLUSTER), Need.input(Slots.NAMESPACES)));
        recipe.credentials().ifPresent(credentials -> needs.add(Need.input(Slots.SECRETS)));
        return Set.copyOf(needs);
    }

    @Override
    public Component<O> open(Size configuration, Context context) {
        return new StandInComponent<>(recipe, configuration, context);
    }

    /**
     * Removes the release, the delivered credentials and, unless data are kept, the volumes and what was generated: who
     * keeps a database keeps its password. The namespace is not known any more; the release tells it.
     */
    @Override
    public Plan removal(Removal<Size> removal, Context context) throws InterruptedException {
        var places = removal.places();
        var kubernetes = context.kubernetes(places);
        var release = Site.release(context.installation(), recipe.thing());
        var steps = new ArrayList<Step>();
        var selector = Map.of("owner", "helm", "name", release);
        var history = refs(kubernetes.list("v1", "Secret", Optional.empty(), selector));
        for (var namespace : new TreeSet<>(
                history.stream().map(ref -> ref.namespace().orElseThrow()).toList())) {
            steps.addAll(context.helm(places).removal(namespace, release));
        }
        var copies = new ArrayList<>(refs(kubernetes.list("v1", "Secret", Optional.empty(), context.labels())));
        copies.removeAll(history);
        steps.addAll(kubernetes.removal(copies));
        if (!removal.keepsData()) {
            var pods = Map.of(INSTANCE, release);
            var claims = refs(kubernetes.list("v1", "PersistentVolumeClaim", Optional.empty(), pods));
            kubernetes.removal(claims).forEach(step -> steps.add(step.withImpact(Step.Impact.DATA_LOSS)));
        }
        if (!removal.keepsData() && recipe.credentials().isPresent()) {
            steps.addAll(context.secrets(places).removal(StandInComponent.secretName(recipe.thing())));
        }
        return Plan.of(steps);
    }

    private static List<ObjectRef> refs(List<Map<String, Object>> objects) {
        return objects.stream().map(ObjectRef::to).toList();
    }
}
