package io.btp.installer.plugin.kubernetes;

import io.btp.installer.api.Chart;
import io.btp.installer.api.Provider;
import io.btp.installer.api.contract.Redis;
import io.btp.installer.testkit.ProviderContract;
import java.util.Optional;

final class ValkeyContractTest extends ProviderContract<Valkey.Configuration, Redis> {
    @Override
    protected Provider<Valkey.Configuration, Redis> provider() {
        return new Valkey();
    }

    @Override
    protected Optional<Chart> chart() {
        return Optional.of(TestCharts.named("valkey"));
    }
}
