package io.btp.installer.plugin.kubernetes;

import io.btp.installer.api.Component;
import io.btp.installer.api.Context;
import io.btp.installer.api.Description;
import io.btp.installer.api.Form;
import io.btp.installer.api.Need;
import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Observation;
import io.btp.installer.api.Plan;
import io.btp.installer.api.Records;
import io.btp.installer.api.Removal;
import io.btp.installer.api.SecretStorage;
import io.btp.installer.api.SecretsProvider;
import io.btp.installer.api.Slots;
import io.btp.installer.api.Step;
import io.btp.installer.api.contract.SecretStore;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Keeps generated secrets as Kubernetes Secrets in the namespace of the dependencies. */
final class PlainSecrets implements SecretsProvider<Map<String, Object>> {
    @Override
    public Description description() {
        return Description.of(
                        "kubernetes",
                        "plain",
                        "Kubernetes Secrets",
                        "Keeps generated secrets in the cluster: whoever may read Secrets of the namespace can read them, and"
                                + " they are encrypted at rest only where the cluster does that.")
                .adds("a Secret for each generated secret");
    }

    @Override
    public Form<Map<String, Object>> form() {
        return Form.empty();
    }

    @Override
    public Set<Need<?>> needs(Map<String, Object> configuration) {
        return Set.of(Need.place(Slots.CLUSTER), Need.input(Slots.NAMESPACES));
    }

    @Override
    public Component<SecretStore> open(Map<String, Object> configuration, Context context) {
        return new Component<>() {
            @Override
            public Observation<SecretStore> observe(Records records) {
                return Observation.of(store(records), Plan.nothing());
            }

            @Override
            public Observation<SecretStore> absent(Records records) {
                return observe(records);
            }

            private Optional<SecretStore> store(Records records) {
                return records.find(Slots.NAMESPACES)
                        .map(namespaces -> new SecretStore(
                                SecretStore.Kind.KUBERNETES,
                                Optional.empty(),
                                namespaces.dependencies() + "/" + PlainSecretStorage.prefix(context.installation()),
                                Optional.empty()));
            }
        };
    }

    @Override
    public SecretStorage storage(Map<String, Object> configuration, Records records, Context context) {
        return new PlainSecretStorage(
                context.kubernetes(records),
                context.installation(),
                records.get(Slots.NAMESPACES).dependencies());
    }

    /** Generated secrets open kept data: they stay with them. */
    @Override
    public Plan removal(Removal<Map<String, Object>> removal, Context context) throws InterruptedException {
        if (removal.keepsData()) {
            return Plan.nothing();
        }
        var kubernetes = context.kubernetes(removal.places());
        var refs = kubernetes.list("v1", "Secret", Optional.empty(), context.labels()).stream()
                .map(ObjectRef::to)
                .toList();
        return Plan.of(kubernetes.removal(refs).stream()
                .map(step -> step.withImpact(Step.Impact.DATA_LOSS))
                .toList());
    }
}
