package io.btp.installer.plugin.kubernetes;

import io.btp.installer.api.Change;
import io.btp.installer.api.Helm;
import io.btp.installer.api.HelmRelease;
import io.btp.installer.api.Installation;
import io.btp.installer.api.Need;
import io.btp.installer.api.Step;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Helm on a world in memory: a release is what was described, or it is brought there. */
final class FakeHelm implements Helm {
    private final World world;
    private final boolean there;
    private final Map<String, String> labels;

    FakeHelm(World world, boolean there, Map<String, String> labels) {
        this.world = world;
        this.there = there;
        this.labels = labels;
    }

    @Override
    public List<Step> steps(HelmRelease release) {
        var target = "release %s/%s".formatted(release.namespace(), release.name());
        var live = there
                ? Optional.ofNullable(world.releases.get(release.namespace() + "/" + release.name()))
                : Optional.<HelmRelease>empty();
        if (live.isPresent()
                && live.get().values().equals(release.values())
                && live.get().chart().equals(release.chart())) {
            return List.of();
        }
        Step.Action action = progress -> world.install(release, labels(release));
        var step = live.isPresent() ? Step.update(target, action) : Step.create(target, action);
        return List.of(step.changing(Change.to("values", release.values().orElseThrow()))
                .after(release.after().toArray(Need<?>[]::new)));
    }

    private Map<String, String> labels(HelmRelease release) {
        var all = new LinkedHashMap<>(labels);
        release.shared().ifPresent(thing -> {
            all.remove(Installation.LABEL);
            all.put(Installation.SHARED_LABEL, thing);
        });
        return all;
    }

    @Override
    public List<Step> removal(String namespace, String name) {
        return there && world.releases.containsKey(namespace + "/" + name)
                ? List.of(Step.delete(
                        "release %s/%s".formatted(namespace, name), progress -> world.uninstall(namespace, name)))
                : List.of();
    }
}
