package io.btp.installer.command;

import io.btp.installer.plugin.Plugins;
import io.btp.installer.plugin.Trust;
import io.btp.installer.plugin.TrustList;
import io.btp.installer.plugin.TrustedDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Where plugins stand, and who decides on them.
 *
 * @param bundled folder of those that came with the program
 * @param others folders of third-party plugins
 * @param trust decides on third-party plugins
 * @param copies folder of the copies that are loaded
 */
record PluginFolders(Path bundled, List<Path> others, Trust trust, Path copies) {
    static PluginFolders of(Surroundings surroundings, CommonOptions options, Map<String, String> answers) {
        var others = new ArrayList<>(options.pluginsDirs);
        others.add(surroundings.userPlugins());
        return new PluginFolders(
                surroundings.program().resolve("plugins"),
                List.copyOf(others),
                new Trust(answers, TrustList.read(surroundings.trustList())),
                surroundings.cache().resolve("plugins"));
    }

    Plugins load() {
        return Plugins.load(bundled, others, trust, copies);
    }

    List<TrustedDirectory> verify() {
        return TrustedDirectory.verify(bundled, others, trust);
    }
}
