package io.btp.installer.plugin.kubernetes;

import io.btp.installer.api.SecretsProvider;
import io.btp.installer.testkit.SecretsContract;
import java.util.Map;

final class PlainSecretsContractTest extends SecretsContract<Map<String, Object>> {
    @Override
    protected SecretsProvider<Map<String, Object>> provider() {
        return new PlainSecrets();
    }
}
