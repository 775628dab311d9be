package io.btp.installer.plugin.byo;

import io.btp.installer.api.Provider;
import io.btp.installer.api.contract.Redis;
import io.btp.installer.testkit.ProviderContract;
import java.util.Map;

final class ByoRedisContractTest extends ProviderContract<ByoRedis.Configuration, Redis> {
    @Override
    protected Provider<ByoRedis.Configuration, Redis> provider() {
        return new ByoRedis();
    }

    @Override
    protected Map<String, Object> answers() {
        return Map.of("host", "redis.contract.example");
    }
}
