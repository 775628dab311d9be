package io.btp.installer.plugin.sandbox;

import io.btp.installer.api.Chart;
import io.btp.installer.api.Plugin;
import io.btp.installer.api.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The sandbox: a cluster in this process and stand-ins for every slot. */
public final class SandboxPlugin implements Plugin {
    private final Charts charts;

    /** Takes the charts that lie beside the plugin's jar. */
    public SandboxPlugin() {
        this(Charts.besideClasses());
    }

    SandboxPlugin(Charts charts) {
        this.charts = charts;
    }

    @Override
    public List<Provider<?, ?>> providers() {
        var providers = new ArrayList<Provider<?, ?>>();
        providers.add(new EmbeddedCluster(new OpenClusters()));
        Recipes.all().forEach(recipe -> providers.add(new StandIn<>(recipe, charts)));
        providers.add(new SandboxRecords());
        return List.copyOf(providers);
    }

    @Override
    public Optional<Chart> platformChart() {
        return Optional.of(charts.chart("platform"));
    }
}
