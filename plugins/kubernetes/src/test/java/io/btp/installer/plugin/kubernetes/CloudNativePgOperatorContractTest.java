package io.btp.installer.plugin.kubernetes;

import io.btp.installer.api.Chart;
import io.btp.installer.api.Provider;
import io.btp.installer.api.contract.KubernetesApi;
import io.btp.installer.testkit.ProviderContract;
import java.util.Map;
import java.util.Optional;

final class CloudNativePgOperatorContractTest extends ProviderContract<Map<String, Object>, KubernetesApi> {
    @Override
    protected Provider<Map<String, Object>, KubernetesApi> provider() {
        return new CloudNativePgOperator();
    }

    @Override
    protected Optional<Chart> chart() {
        return Optional.of(TestCharts.named("cloudnative-pg"));
    }
}
