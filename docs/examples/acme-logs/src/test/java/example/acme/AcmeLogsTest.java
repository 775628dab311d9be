package example.acme;

import io.btp.installer.api.Provider;
import io.btp.installer.api.contract.Logs;
import io.btp.installer.testkit.ProviderContract;

/** Every law that the installer relies on. */
class AcmeLogsTest extends ProviderContract<AcmeLogs.Configuration, Logs> {
    @Override
    protected Provider<AcmeLogs.Configuration, Logs> provider() {
        return new AcmeLogs();
    }
}
