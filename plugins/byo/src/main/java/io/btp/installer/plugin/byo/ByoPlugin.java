package io.btp.installer.plugin.byo;

import io.btp.installer.api.Plugin;
import io.btp.installer.api.Provider;
import java.util.List;

/** Endpoints that exist. */
public final class ByoPlugin implements Plugin {
    /** Called by the host. */
    public ByoPlugin() {}

    @Override
    public List<Provider<?, ?>> providers() {
        return List.of(
                new ByoPostgres(),
                new ByoRedis(),
                new ByoObjectStore(),
                new ByoIdentity(),
                new ByoSecrets(),
                new ByoMetrics(),
                new ByoLogs(),
                new ByoIngress(),
                new ByoCertificate(),
                new ByoRecords());
    }
}
