package io.btp.installer.engine;

import io.btp.installer.api.Check;
import io.btp.installer.api.Permission;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Step;
import io.btp.installer.host.Rights;
import io.btp.installer.host.kubernetes.Right;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The rights that a plan needs in its cluster: to look, to keep record and lease, to do each step, and to say why
 * something is not ready.
 *
 * @param sure what is needed for certain
 * @param likely what steps may need beside that were planned with an unknown
 */
record Needed(Set<Permission> sure, Set<Permission> likely) {
    private static final String EVERYWHERE = "*";
    private static final int NAMED = 40;

    /** Plans once more, with every right of every release, and collects them. */
    static Needed of(Scene scene, Rights rights) throws InterruptedException {
        rights.detail();
        var seen = new Planner(scene.blueprint()).plan();
        var sure = new LinkedHashSet<Permission>();
        var likely = new LinkedHashSet<Permission>();
        var places = new LinkedHashSet<String>();
        // What goes is in the first plan only.
        for (var step : Stream.concat(scene.plan().steps().stream(), seen.plan().steps().stream())
                .toList()) {
            var known = step.after().stream()
                    .allMatch(need -> seen.records().find(need).isPresent());
            for (var permission : ofCluster(step)) {
                (known ? sure : likely).add(permission);
                places.add(permission.scope());
            }
        }
        places.remove(EVERYWHERE);
        places.forEach(namespace -> sure.addAll(rights.diagnosis(namespace)));
        scene.home().ifPresent(home -> sure.addAll(home.permissions()));
        sure.addAll(rights.used());
        likely.removeAll(sure);
        return new Needed(Set.copyOf(sure), Set.copyOf(likely));
    }

    private static List<Permission> ofCluster(Step step) {
        return step.permissions().stream()
                .filter(permission -> permission.system().equals(Right.SYSTEM))
                .toList();
    }

    /** Gives all of them. */
    Set<Permission> all() {
        var all = new LinkedHashSet<>(sure);
        all.addAll(likely);
        return Set.copyOf(all);
    }

    /** Proves each with the cluster, unless everything is allowed. */
    static Check check(Scene scene, Rights rights) {
        return Check.of("cluster.rights", "The cluster allows what this plan does", () -> {
            if (rights.areUnlimited()) {
                return new Check.Result.Passed("everything is allowed");
            }
            var needed = of(scene, rights);
            var missing = rights.missing(needed.sure());
            var perhaps = rights.missing(needed.likely());
            if (missing.isEmpty() && perhaps.isEmpty()) {
                return new Check.Result.Passed(needed.all().size() + " rights");
            }
            var problem = Problem.of(
                            Problem.Reason.FORBIDDEN,
                            missing.isEmpty()
                                    ? "%d rights that this plan may need are not granted".formatted(perhaps.size())
                                    : "%d rights that this plan needs are not granted".formatted(missing.size()),
                            "Have somebody who may grant them apply what btp plan --rbac prints")
                    .evidence(words(missing.isEmpty() ? perhaps : missing));
            return missing.isEmpty() ? new Check.Result.Warned(problem) : new Check.Result.Failed(problem);
        });
    }

    private static List<String> words(Set<Permission> missing) {
        var words =
                missing.stream().map(Right::of).sorted().map(Right::toString).toList();
        return words.size() <= NAMED
                ? words
                : Stream.concat(words.stream().limit(NAMED), Stream.of("and " + (words.size() - NAMED) + " more"))
                        .toList();
    }
}
