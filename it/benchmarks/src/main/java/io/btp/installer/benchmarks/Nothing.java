package io.btp.installer.benchmarks;

import io.btp.installer.api.Plugin;
import io.btp.installer.api.Provider;
import java.util.List;

/** A plugin that offers nothing. */
public final class Nothing implements Plugin {
    /** For Java's service loader. */
    public Nothing() {}

    @Override
    public List<Provider<?, ?>> providers() {
        return List.of();
    }
}
