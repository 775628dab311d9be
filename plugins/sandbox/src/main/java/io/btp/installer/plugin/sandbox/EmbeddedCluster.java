package io.btp.installer.plugin.sandbox;

import io.btp.installer.api.Component;
import io.btp.installer.api.Context;
import io.btp.installer.api.Description;
import io.btp.installer.api.Form;
import io.btp.installer.api.Installation;
import io.btp.installer.api.Observation;
import io.btp.installer.api.Plan;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Provider;
import io.btp.installer.api.Question;
import io.btp.installer.api.Records;
import io.btp.installer.api.Removal;
import io.btp.installer.api.Slot;
import io.btp.installer.api.Slots;
import io.btp.installer.api.Step;
import io.btp.installer.api.contract.Cluster;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Fills the cluster slot with the embedded Kubernetes API in a folder, and simulated nodes. The cluster is there once its
 * folder is; to look at it is to serve it, or to join another program that does, until this program ends.
 *
 * <p>The cluster holds the data of every stand-in in it: it is removed only where those may be deleted.
 */
final class EmbeddedCluster implements Provider<EmbeddedCluster.Place, Cluster> {
    private static final Question<String> FOLDER = Question.path("folder", "folder")
            .defaultsTo(".btp/sandbox")
            .because("All of the sandbox cluster is kept in it, from one run to the next")
            .help("A folder of its own; to remove it is to remove the cluster");

    private final OpenClusters open;

    EmbeddedCluster(OpenClusters open) {
        this.open = open;
    }

    /**
     * Where the cluster is kept.
     *
     * @param folder as it was answered
     */
    record Place(String folder) {
        Path path() {
            return Path.of(folder).toAbsolutePath().normalize();
        }

        String title() {
            return "sandbox cluster in " + folder;
        }
    }

    @Override
    public Description description() {
        return Description.of(
                        "sandbox",
                        "embedded",
                        "Sandbox",
                        "A Kubernetes API inside this program, with simulated nodes: for trying everything, running nothing.")
                .adds("a folder on this machine");
    }

    @Override
    public Slot<Cluster> slot() {
        return Slots.CLUSTER;
    }

    @Override
    public Form<Place> form() {
        return Form.of(answers -> new Place(answers.get(FOLDER)), FOLDER);
    }

    @Override
    public Component<Cluster> open(Place configuration, Context context) {
        return new Embedded(configuration, context, open);
    }

    @Override
    public Plan removal(Removal<Place> removal, Context context) throws InterruptedException {
        if (removal.keepsData() || removal.configuration().isEmpty()) {
            return Plan.nothing();
        }
        var place = removal.configuration().get();
        if (!open.isThere(place.path())) {
            return Plan.nothing();
        }
        var blocked = inTheWay(removal.places(), place, context);
        if (blocked.isPresent()) {
            return Plan.blocked(blocked.get());
        }
        return Plan.of(Step.delete(place.title(), progress -> open.delete(place.path()))
                .withImpact(Step.Impact.DATA_LOSS));
    }

    private Optional<Problem> inTheWay(Records places, Place place, Context context) throws InterruptedException {
        if (places.find(Slots.CLUSTER).isEmpty()) {
            return Optional.of(Problem.of(
                    Problem.Reason.UNREACHABLE,
                    "The %s does not say what is in it".formatted(place.title()),
                    "If nothing in it is needed any more, remove the folder by hand"));
        }
        if (!open.isServed(place.path())) {
            return Optional.of(Problem.of(
                    Problem.Reason.CONFLICT,
                    "The %s is open in another program".formatted(place.title()),
                    "End that program, then run again"));
        }
        var others = others(places, context);
        if (!others.isEmpty()) {
            return Optional.of(Problem.of(
                    Problem.Reason.CONFLICT,
                    "The %s still holds other installations: %s".formatted(place.title(), String.join(", ", others)),
                    "Uninstall them first, or keep the cluster: leave out --delete-data cluster"));
        }
        return Optional.empty();
    }

    private static Set<String> others(Records places, Context context) throws InterruptedException {
        var own = context.installation().name();
        var others = new TreeSet<String>();
        for (var namespace : context.kubernetes(places).list("v1", "Namespace", Optional.empty(), Map.of())) {
            if (namespace.get("metadata") instanceof Map<?, ?> metadata
                    && metadata.get("labels") instanceof Map<?, ?> labels
                    && labels.get(Installation.LABEL) instanceof String owner
                    && !owner.equals(own)) {
                others.add(owner);
            }
        }
        return others;
    }

    private record Embedded(Place place, Context context, OpenClusters open) implements Component<Cluster> {
        @Override
        public Observation<Cluster> observe(Records records) throws InterruptedException {
            if (!open.isThere(place.path())) {
                return absent(records);
            }
            var cluster = context.cluster("sandbox", open.kubeconfig(place.path()));
            return Observation.of(Optional.of(cluster), Plan.nothing());
        }

        @Override
        public Observation<Cluster> absent(Records records) {
            return Observation.of(
                    Optional.empty(), Plan.of(Step.create(place.title(), progress -> open.create(place.path()))));
        }
    }
}
