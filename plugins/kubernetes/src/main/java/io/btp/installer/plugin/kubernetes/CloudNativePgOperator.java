package io.btp.installer.plugin.kubernetes;

import io.btp.installer.api.Chart;
import io.btp.installer.api.Component;
import io.btp.installer.api.Context;
import io.btp.installer.api.Description;
import io.btp.installer.api.Form;
import io.btp.installer.api.HelmRelease;
import io.btp.installer.api.Installation;
import io.btp.installer.api.Need;
import io.btp.installer.api.Plan;
import io.btp.installer.api.Removal;
import io.btp.installer.api.Slots;
import io.btp.installer.api.SupportProvider;
import io.btp.installer.api.contract.KubernetesApi;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The CloudNativePG operator, of which a cluster can hold one: its webhook's names are fixed. See {@link SharedRelease}
 * for how installations share it.
 */
final class CloudNativePgOperator implements SupportProvider<Map<String, Object>> {
    static final String GROUP_VERSION = "postgresql.cnpg.io/v1";
    static final String NAMESPACE = "cnpg-system";

    private static final String IMAGE = "ghcr.io/cloudnative-pg/cloudnative-pg";
    private static final SharedApi API = new SharedApi(GROUP_VERSION, "clusters.postgresql.cnpg.io", "cloudnative-pg");

    @Override
    public Description description() {
        return Description.of(
                        "kubernetes",
                        "cloudnative-pg-operator",
                        "CloudNativePG operator",
                        "Runs PostgreSQL clusters; one for the whole Kubernetes cluster, shared between installations.")
                .adds("1 pod")
                .usually(Duration.ofMinutes(4))
                .madeOf(Chart.repository("https://cloudnative-pg.github.io/charts", "cloudnative-pg", "0.29.0"));
    }

    @Override
    public Set<String> groupVersions() {
        return Set.of(GROUP_VERSION);
    }

    @Override
    public Form<Map<String, Object>> form() {
        return Form.empty();
    }

    @Override
    public Set<Need<?>> needs(Map<String, Object> configuration) {
        return Set.of(Need.place(Slots.CLUSTER));
    }

    @Override
    public Component<KubernetesApi> open(Map<String, Object> configuration, Context context) {
        return API.component(shared(context), release(context));
    }

    private static SharedRelease shared(Context context) {
        return new SharedRelease("cloudnative-pg", NAMESPACE, context);
    }

    private static HelmRelease release(Context context) {
        var images = new Images(context.installation());
        var values = new LinkedHashMap<String, Object>(images.pullSecretValues());
        values.put("crds", Map.of("create", true));
        values.put("image", images.registry().isPresent() ? Map.of("repository", images.of(IMAGE)) : Map.of());
        return shared(context).described().values(values);
    }

    /** The operator stays beneath data that are kept. */
    @Override
    public Plan removal(Removal<Map<String, Object>> removal, Context context) throws InterruptedException {
        var own = Map.of(Installation.LABEL, context.installation().name());
        var databases = context.kubernetes(removal.places()).list(GROUP_VERSION, "Cluster", Optional.empty(), own);
        return removal.keepsData() && !databases.isEmpty()
                ? Plan.nothing()
                : shared(context).removal(removal.places(), List.of());
    }
}
