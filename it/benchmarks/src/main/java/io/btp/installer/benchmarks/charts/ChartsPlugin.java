package io.btp.installer.benchmarks.charts;

import io.btp.installer.api.Chart;
import io.btp.installer.api.Plugin;
import io.btp.installer.api.Provider;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Fills the slots with charts that lie beside the plugin's jar. */
public final class ChartsPlugin implements Plugin {
    /** For Java's service loader. */
    public ChartsPlugin() {}

    @Override
    public List<Provider<?, ?>> providers() {
        var folder = folder();
        var providers = new ArrayList<Provider<?, ?>>();
        for (var offer : Offers.all()) {
            providers.add(provider(offer, folder));
        }
        return List.copyOf(providers);
    }

    private static <O extends Record> Provider<?, O> provider(Offer<O> offer, Path folder) {
        return new ChartProvider<>(offer, Chart.file(folder.resolve(offer.chart()), offer.chart()));
    }

    private static Path folder() {
        try {
            return Path.of(ChartsPlugin.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .resolveSibling("charts");
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException("the address of loaded classes is an address", impossible);
        }
    }
}
