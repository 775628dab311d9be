package io.btp.installer.plugin.byo;

import io.btp.installer.api.Provider;
import io.btp.installer.api.contract.ObjectStore;
import io.btp.installer.testkit.ProviderContract;
import java.util.Map;

final class ByoObjectStoreContractTest extends ProviderContract<ByoObjectStore.Configuration, ObjectStore> {
    @Override
    protected Provider<ByoObjectStore.Configuration, ObjectStore> provider() {
        return new ByoObjectStore();
    }

    @Override
    protected Map<String, Object> answers() {
        return Map.of(
                "endpoint", "https://s3.contract.example", "bucket", "btp", "accessKey", "${env:CONTRACT_PUBLIC}");
    }
}
