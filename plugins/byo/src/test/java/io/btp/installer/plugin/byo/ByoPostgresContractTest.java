package io.btp.installer.plugin.byo;

import io.btp.installer.api.Provider;
import io.btp.installer.api.contract.Postgres;
import io.btp.installer.testkit.ProviderContract;
import java.util.Map;

final class ByoPostgresContractTest extends ProviderContract<ByoPostgres.Configuration, Postgres> {
    @Override
    protected Provider<ByoPostgres.Configuration, Postgres> provider() {
        return new ByoPostgres();
    }

    @Override
    protected Map<String, Object> answers() {
        return Map.of("host", "db.contract.example", "database", "btp", "username", "btp");
    }
}
