package io.btp.installer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.btp.installer.api.Connection;
import io.btp.installer.api.Installation;
import io.btp.installer.plugin.PluginDirectory;
import io.btp.installer.plugin.PluginRejected;
import io.btp.installer.plugin.Plugins;
import io.btp.installer.plugin.Trust;
import io.btp.installer.plugin.TrustList;
import io.btp.installer.plugin.TrustedDirectory;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the installation record says of a third-party plugin against the one that is loaded. */
class PluginRecordTest {
    @TempDir
    private Path folder;

    private PluginDirectory acme;
    private KeyPair keys;
    private InstallationRecord record;

    @BeforeEach
    void install() {
        acme = PluginDirectory.make(folder.resolve("plugins"), "acme", "1");
        keys = PluginDirectory.keys("Ed25519");
        acme.sign(keys);
        TrustedDirectory.trust(acme.path(), Optional.of(PluginDirectory.pem(folder.resolve("key.pem"), keys)), list());
        var project = project(Map.of());
        var provider = project.catalogue().getFirst();
        var entry = new InstallationRecord.Entry(
                Node.id(provider),
                provider.description().id(),
                new Versions("", ""),
                Optional.empty(),
                true,
                project.digest(provider));
        record = new InstallationRecord("a", "0.1.0", "", "", List.of(entry), List.of());
    }

    private TrustList list() {
        return TrustList.read(folder.resolve("trust.json"));
    }

    private Project project(Map<String, String> answers) {
        var plugins = Plugins.load(
                folder.resolve("none"),
                List.of(folder.resolve("plugins")),
                new Trust(answers, list()),
                folder.resolve("copies"));
        var members = List.<Member<?, ?>>of(Member.byDefault(plugins.providers().getFirst()));
        return new Project(
                new Installation("a", "a.example", Connection.direct()),
                "home",
                members,
                List.of(),
                plugins.providers(),
                List.of(),
                "",
                past -> List.of(),
                plugins.loaded());
    }

    @Test
    void keepsTheDigestInTheRecord() {
        var read = RecordCodec.record(RecordCodec.data(record), "a test");

        assertThat(read.components().getFirst().digest()).contains(acme.digest());
    }

    @Test
    void readsRecordsThatWereWrittenWithoutDigests() {
        var text = "{\"installation\":\"a\",\"program\":\"0\",\"clusterUid\":\"\",\"answers\":\"\",\"runs\":[],"
                + "\"components\":[{\"component\":\"a\",\"provider\":\"b\",\"chart\":\"\",\"converged\":true}]}";
        var read = RecordCodec.record(Map.of("form", "1", "record", text), "a test");

        assertThat(read.components().getFirst().digest()).isEmpty();
    }

    @Test
    void refusesASignedPluginThatChangedUnderTheInstallation() {
        assertThatCode(() -> project(Map.of()).requireSamePlugins(record)).doesNotThrowAnyException();
        acme.tamper();
        acme.sign(keys);
        var changed = project(Map.of());

        assertThatThrownBy(() -> changed.requireSamePlugins(record))
                .isInstanceOf(PluginRejected.class)
                .hasMessageContaining("has changed since it made dataPlane.redis");
    }

    @Test
    void takesTheNewVersionOnceSomebodyHasDecidedOnIt() {
        acme.tamper();
        acme.sign(keys);
        assertThatCode(() -> project(Map.of("acme", acme.digest())).requireSamePlugins(record))
                .doesNotThrowAnyException();

        TrustedDirectory.trust(acme.path(), Optional.of(folder.resolve("key.pem")), list());
        assertThatCode(() -> project(Map.of()).requireSamePlugins(record)).doesNotThrowAnyException();
    }
}
