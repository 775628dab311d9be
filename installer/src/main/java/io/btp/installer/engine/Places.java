package io.btp.installer.engine;

import io.btp.installer.api.ProviderException;
import io.btp.installer.api.Records;
import io.btp.installer.api.Slots;
import io.btp.installer.host.Host;

/** Finds the places of an installation that are there already, the cluster among them. */
final class Places {
    private Places() {}

    /**
     * Looks at the cluster, and at what it needs.
     *
     * @throws ProviderException if one of them cannot be read
     */
    static Records of(Project project, Host host) throws InterruptedException {
        var members = Closure.of(project.members(), Slots.CLUSTER);
        try (var blueprint = Blueprint.of(members, project.support(), host)) {
            var seen = new Planner(blueprint).plan();
            seen.plan().blocked().stream().findFirst().ifPresent(problem -> {
                throw new ProviderException(problem);
            });
            return seen.records();
        }
    }
}
