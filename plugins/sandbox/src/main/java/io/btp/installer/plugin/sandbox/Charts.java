package io.btp.installer.plugin.sandbox;

import io.btp.installer.api.Chart;
import java.net.URISyntaxException;
import java.nio.file.Path;

/**
 * The folder of the sandbox's charts, one folder for each.
 *
 * @param folder where they lie
 */
record Charts(Path folder) {
    /** Finds the charts beside the jar of these classes, or beside the folder of these classes. Does no I/O. */
    static Charts besideClasses() {
        var source = Charts.class.getProtectionDomain().getCodeSource();
        if (source == null) {
            throw new IllegalStateException("the sandbox's classes come from a jar or a folder");
        }
        try {
            return new Charts(Path.of(source.getLocation().toURI()).resolveSibling("charts"));
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException("the address of loaded classes is an address", impossible);
        }
    }

    Chart chart(String name) {
        return Chart.file(folder.resolve(name), name);
    }
}
