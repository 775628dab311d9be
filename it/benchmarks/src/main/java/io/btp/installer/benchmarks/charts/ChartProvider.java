package io.btp.installer.benchmarks.charts;

import io.btp.installer.api.Chart;
import io.btp.installer.api.Component;
import io.btp.installer.api.Context;
import io.btp.installer.api.Description;
import io.btp.installer.api.Form;
import io.btp.installer.api.Installation;
import io.btp.installer.api.Need;
import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Observation;
import io.btp.installer.api.Plan;
import io.btp.installer.api.Provider;
import io.btp.installer.api.Records;
import io.btp.installer.api.Removal;
import io.btp.installer.api.Slot;
import io.btp.installer.api.Slots;
import io.btp.installer.api.Step;
import io.btp.installer.api.contract.Namespaces;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** One release of one chart. */
final class ChartProvider<O extends Record> implements Provider<Map<String, Object>, O> {
    private final Offer<O> offer;
    private final Chart chart;

    ChartProvider(Offer<O> offer, Chart chart) {
        this.offer = offer;
        this.chart = chart;
    }

    @Override
    public Description description() {
        return Description.of("bench", offer.chart(), offer.chart(), "Installs the chart " + offer.chart() + ".")
                .madeOf(chart);
    }

    @Override
    public Slot<O> slot() {
        return offer.slot();
    }

    @Override
    public Form<Map<String, Object>> form() {
        return Form.empty();
    }

    @Override
    public Set<Need<?>> needs(Map<String, Object> configuration) {
        var needs = new HashSet<Need<?>>(Set.of(Need.place(Slots.CLUSTER), Need.input(Slots.NAMESPACES)));
        needs.addAll(offer.after());
        return Set.copyOf(needs);
    }

    @Override
    public Component<O> open(Map<String, Object> configuration, Context context) {
        return new Opened(context);
    }

    private String release(Installation installation) {
        return installation.nameOf(offer.chart());
    }

    /** The release and its claims: the charts keep nothing else. */
    @Override
    public Plan removal(Removal<Map<String, Object>> removal, Context context) throws InterruptedException {
        var kubernetes = context.kubernetes(removal.places());
        var release = release(context.installation());
        var namespaces = new TreeSet<String>();
        for (var secret : kubernetes.list("v1", "Secret", Optional.empty(), Map.of("owner", "helm", "name", release))) {
            ObjectRef.to(secret).namespace().ifPresent(namespaces::add);
        }
        var steps = new ArrayList<Step>();
        for (var namespace : namespaces) {
            steps.addAll(context.helm(removal.places()).removal(namespace, release));
        }
        if (!removal.keepsData()) {
            var selector = Map.of("app.kubernetes.io/instance", release);
            var claims = kubernetes.list("v1", "PersistentVolumeClaim", Optional.empty(), selector).stream()
                    .map(ObjectRef::to)
                    .toList();
            kubernetes.removal(claims).forEach(step -> steps.add(step.withImpact(Step.Impact.DATA_LOSS)));
        }
        return Plan.of(steps);
    }

    private final class Opened implements Component<O> {
        private final Context context;

        Opened(Context context) {
            this.context = context;
        }

        @Override
        public Observation<O> observe(Records records) throws InterruptedException {
            var namespace = records.show(Slots.NAMESPACES, Namespaces::dependencies);
            var name = release(context.installation());
            var after = new HashSet<>(offer.after());
            after.add(Need.input(Slots.NAMESPACES));
            var described = context.release(namespace, name).after(after.toArray(Need<?>[]::new));
            var known = records.find(Slots.NAMESPACES).isPresent();
            var steps = context.helm(records).steps(known ? described.values(values(name)) : described);
            var output = known && steps.isEmpty()
                    ? Optional.of(offer.output().apply(new Site(context.installation(), namespace, name)))
                    : Optional.<O>empty();
            return Observation.of(output, Plan.of(List.copyOf(steps)));
        }

        @Override
        public Observation<O> absent(Records records) throws InterruptedException {
            return observe(records);
        }

        private Map<String, Object> values(String name) {
            return Map.of("fullnameOverride", name, "config", Map.of("logLevel", "info"));
        }
    }
}
