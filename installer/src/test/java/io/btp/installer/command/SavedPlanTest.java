package io.btp.installer.command;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.btp.installer.api.Connection;
import io.btp.installer.api.Installation;
import io.btp.installer.engine.Member;
import io.btp.installer.engine.Project;
import io.btp.installer.plugin.PluginDirectory;
import io.btp.installer.plugin.PluginRejected;
import io.btp.installer.plugin.Plugins;
import io.btp.installer.plugin.Trust;
import io.btp.installer.plugin.TrustList;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedPlanTest {
    @TempDir
    private Path folder;

    private Project project(PluginDirectory plugin) {
        var trust = new Trust(Map.of("acme", plugin.digest()), TrustList.read(folder.resolve("trust.json")));
        var plugins = Plugins.load(
                folder.resolve("none"), List.of(folder.resolve("plugins")), trust, folder.resolve("copies"));
        return new Project(
                new Installation("a", "a.example", Connection.direct()),
                "home",
                List.of(Member.byDefault(plugins.providers().getFirst())),
                List.of(),
                plugins.providers(),
                List.of(),
                "",
                answers -> List.of(),
                plugins.loaded());
    }

    @Test
    void refusesPluginsThatChangedSinceThePlanEvenIfTheyAreTrustedAnew() {
        var acme = PluginDirectory.make(folder.resolve("plugins"), "acme", "1");
        var saved = SavedPlan.of("digest", Optional.empty(), project(acme));
        saved.write(folder.resolve("plan"));
        var read = SavedPlan.read(folder.resolve("plan"));

        assertThatCode(() -> read.requireSamePlugins(project(acme))).doesNotThrowAnyException();
        acme.tamper();
        var changed = project(acme);
        assertThatThrownBy(() -> read.requireSamePlugins(changed))
                .isInstanceOf(PluginRejected.class)
                .hasMessageContaining("has changed since the plan was saved");
    }
}
