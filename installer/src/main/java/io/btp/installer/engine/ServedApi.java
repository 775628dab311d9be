package io.btp.installer.engine;

import io.btp.installer.api.Component;
import io.btp.installer.api.Context;
import io.btp.installer.api.Description;
import io.btp.installer.api.Form;
import io.btp.installer.api.Need;
import io.btp.installer.api.Observation;
import io.btp.installer.api.Plan;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Records;
import io.btp.installer.api.Removal;
import io.btp.installer.api.Slots;
import io.btp.installer.api.SupportProvider;
import io.btp.installer.api.contract.KubernetesApi;
import java.util.Optional;
import java.util.Set;

/** Stands for an API that no loaded plugin can install: the cluster serves it, or nothing goes. */
final class ServedApi implements SupportProvider<String> {
    private final String groupVersion;

    ServedApi(String groupVersion) {
        this.groupVersion = groupVersion;
    }

    @Override
    public Set<String> groupVersions() {
        return Set.of(groupVersion);
    }

    @Override
    public Description description() {
        return Description.of("cluster", groupVersion, groupVersion, "Served by the cluster");
    }

    @Override
    public Form<String> form() {
        return Form.of(answers -> groupVersion);
    }

    @Override
    public Set<Need<?>> needs(String configuration) {
        return Set.of(Need.place(Slots.CLUSTER));
    }

    @Override
    public Component<KubernetesApi> open(String configuration, Context context) {
        return new Component<>() {
            @Override
            public Observation<KubernetesApi> observe(Records records) throws InterruptedException {
                if (context.kubernetes(records).serves(configuration)) {
                    var api = new KubernetesApi(configuration, "the cluster", true);
                    return Observation.<KubernetesApi>of(Optional.empty(), Plan.nothing())
                            .use(configuration, api);
                }
                return absent(records);
            }

            @Override
            public Observation<KubernetesApi> absent(Records records) {
                return Observation.of(
                        Optional.empty(),
                        Plan.blocked(Problem.of(
                                Problem.Reason.NOT_FOUND,
                                "The cluster does not serve " + configuration + ", and no loaded plugin installs it",
                                "Install the operator that serves it, or add a plugin that does")));
            }
        };
    }

    @Override
    public Plan removal(Removal<String> removal, Context context) {
        return Plan.nothing();
    }
}
