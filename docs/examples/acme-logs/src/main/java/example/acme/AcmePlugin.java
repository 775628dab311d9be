package example.acme;

import io.btp.installer.api.Plugin;
import io.btp.installer.api.Provider;
import java.util.List;

/** What the installer finds in the jar. */
public final class AcmePlugin implements Plugin {
    @Override
    public List<Provider<?, ?>> providers() {
        return List.of(new AcmeLogs());
    }
}
