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
import java.util.Set;

/** cert-manager, of which a cluster can hold one. See {@link SharedRelease} for how installations share it. */
final class CertManagerOperator implements SupportProvider<Map<String, Object>> {
    static final String NAMESPACE = "cert-manager";
    /** The service account that its own chart makes for its controller. */
    static final String SERVICE_ACCOUNT = "btp-cert-manager";

    private static final String RELEASE = "btp-cert-manager";

    private static final SharedApi API =
            new SharedApi(CertManager.GROUP_VERSION, "certificates.cert-manager.io", "cert-manager");

    @Override
    public Description description() {
        return Description.of(
                        "kubernetes",
                        "cert-manager-operator",
                        "cert-manager",
                        "Issues and renews certificates; one for the whole Kubernetes cluster, shared between installations.")
                .adds("3 pods")
                .usually(Duration.ofMinutes(4))
                .madeOf(Chart.oci("oci://quay.io/jetstack/charts/cert-manager", "v1.21.1"));
    }

    @Override
    public Set<String> groupVersions() {
        return Set.of(CertManager.GROUP_VERSION);
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
        return new SharedRelease("cert-manager", NAMESPACE, context);
    }

    private static HelmRelease release(Context context) {
        return shared(context).described().values(values(context.installation()));
    }

    private static Map<String, Object> values(Installation installation) {
        var images = new Images(installation);
        var global = new LinkedHashMap<String, Object>(images.pullSecretValues());
        // Its own default is kube-system, where not everybody may write.
        global.put("leaderElection", Map.of("namespace", NAMESPACE));
        var values = new LinkedHashMap<String, Object>();
        values.put("global", global);
        // The definitions stay when the release goes; with them would go every certificate of the cluster.
        values.put("crds", Map.of("enabled", true, "keep", true));
        images.registry().ifPresent(mirror -> values.put("imageRegistry", mirror));
        // It asks authorities of the ACME protocol and DNS providers, which are outside.
        values.putAll(new Outbound(installation.connection(), RELEASE, NAMESPACE).values());
        return values;
    }

    @Override
    public Plan removal(Removal<Map<String, Object>> removal, Context context) throws InterruptedException {
        return shared(context).removal(removal.places(), List.of());
    }
}
