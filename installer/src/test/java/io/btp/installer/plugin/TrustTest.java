package io.btp.installer.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.btp.installer.api.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustTest {
    @TempDir
    private Path folder;

    private PluginDirectory acme;

    @BeforeEach
    void make() {
        acme = PluginDirectory.make(folder.resolve("plugins"), "acme", "1");
    }

    private Plugins load(Map<String, String> answers) {
        var trust = new Trust(answers, list());
        return Plugins.load(
                folder.resolve("none"), List.of(folder.resolve("plugins")), trust, folder.resolve("copies"));
    }

    private TrustList list() {
        return TrustList.read(folder.resolve("trust.json"));
    }

    private LoadedPlugin.Trust why() {
        return load(Map.of()).loaded().getFirst().trust();
    }

    private void assertRefused(String... words) {
        var plugins = load(Map.of());
        assertThat(plugins.loaded()).isEmpty();
        assertThat(plugins.refused())
                .singleElement()
                .extracting(Problem::summary)
                .asString()
                .contains(words);
    }

    @Test
    void refusesWhatNobodyTrustsAndNamesTheCommandThatWould() {
        var plugins = load(Map.of());

        assertThat(plugins.loaded()).isEmpty();
        assertThat(plugins.refused().getFirst().remedy())
                .contains("btp plugins trust " + acme.path(), "plugins.trust.acme: \"" + acme.digest() + "\"");
    }

    @Test
    void takesADigestFromTheAnswers() {
        assertThat(load(Map.of("acme", acme.digest())).loaded().getFirst().trust())
                .isEqualTo(LoadedPlugin.Trust.PINNED_BY_ANSWERS);
    }

    @Test
    void takesADigestFromTheUsersList() {
        TrustedDirectory.trust(acme.path(), Optional.empty(), list());

        assertThat(why()).isEqualTo(LoadedPlugin.Trust.PINNED_BY_USER);
    }

    @Test
    void letsTheAnswersDecideAloneWhereTheyNameAPlugin() {
        TrustedDirectory.trust(acme.path(), Optional.empty(), list());

        assertThat(load(Map.of("acme", "sha256:" + "0".repeat(64)))
                        .refused()
                        .getFirst()
                        .summary())
                .contains("not what the answers trust");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ed25519", "EC"})
    void takesASignatureByAPinnedKeyAndLaterVersionsToo(String algorithm) {
        var keys = PluginDirectory.keys(algorithm);
        acme.sign(keys);
        TrustedDirectory.trust(acme.path(), Optional.of(PluginDirectory.pem(folder.resolve("key.pem"), keys)), list());
        assertThat(why()).isEqualTo(LoadedPlugin.Trust.PINNED_BY_USER);

        acme.tamper();
        acme.sign(keys);

        assertThat(why()).isEqualTo(LoadedPlugin.Trust.SIGNED);
    }

    @Test
    void refusesWhatWasChangedAfterItWasSigned() {
        var keys = PluginDirectory.keys("Ed25519");
        acme.sign(keys);
        TrustedDirectory.trust(acme.path(), Optional.of(PluginDirectory.pem(folder.resolve("key.pem"), keys)), list());
        acme.tamper();

        assertRefused("signature that is not by the key");
    }

    @Test
    void refusesASignatureByAnotherKey() {
        var keys = PluginDirectory.keys("Ed25519");
        acme.sign(keys);
        TrustedDirectory.trust(acme.path(), Optional.of(PluginDirectory.pem(folder.resolve("key.pem"), keys)), list());
        acme.tamper();
        acme.sign(PluginDirectory.keys("Ed25519"));

        assertRefused("signature that is not by the key");
    }

    @Test
    void pinsNoKeyThatDidNotSign() {
        acme.sign(PluginDirectory.keys("EC"));
        var another = PluginDirectory.pem(folder.resolve("key.pem"), PluginDirectory.keys("EC"));

        assertThatThrownBy(() -> TrustedDirectory.trust(acme.path(), Optional.of(another), list()))
                .isInstanceOf(PluginRejected.class)
                .hasMessageContaining("not signed by that key");
        assertThat(folder.resolve("trust.json")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no key", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"})
    void refusesAKeyThatIsNone(String text) throws IOException {
        var key = Files.writeString(folder.resolve("key.pem"), text);

        assertThatThrownBy(() -> TrustedDirectory.trust(acme.path(), Optional.of(key), list()))
                .isInstanceOf(PluginRejected.class)
                .hasMessageContaining("key.pem");
    }

    @Test
    void refusesWhatChangedBeforeItWasLoaded() {
        TrustedDirectory.trust(acme.path(), Optional.empty(), list());
        acme.tamper();

        assertRefused("has changed since it was trusted");
    }

    @Test
    void refusesWhatChangesBetweenTheDecisionAndTheCopy() throws IOException {
        var candidate = Candidate.of(acme.path());
        Files.write(acme.jar(), new byte[] {1, 2, 3});

        assertThatThrownBy(() -> candidate.copy(folder.resolve("copies")))
                .isInstanceOf(PluginRejected.class)
                .hasMessageContaining("changed while it was read");
        assertThat(folder.resolve("copies")).isEmptyDirectory();
    }

    @Test
    void loadsFromACopyThatLaterChangesDoNotReach() throws Exception {
        TrustedDirectory.trust(acme.path(), Optional.empty(), list());
        var loaded = load(Map.of()).loaded().getFirst();
        Files.delete(acme.path().resolve("library.jar"));

        assertThat(loaded.providers().getFirst().description().title()).isEqualTo("library 1");
    }

    @Test
    void makesADamagedCopyAnew() throws IOException {
        TrustedDirectory.trust(acme.path(), Optional.empty(), list());
        var copy = Candidate.of(acme.path()).copy(folder.resolve("copies"));
        Files.write(copy.resolve("plugin.jar"), new byte[] {1, 2, 3});

        assertThat(load(Map.of()).loaded()).hasSize(1);
        assertThat(DigestList.of(copy).digest()).isEqualTo(acme.digest());
    }

    @Test
    void keepsCopiesAndListForThisUserAlone() throws IOException {
        TrustedDirectory.trust(acme.path(), Optional.empty(), list());
        load(Map.of());

        assertThat(Files.getPosixFilePermissions(folder.resolve("trust.json")))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        assertThat(Files.getPosixFilePermissions(folder.resolve("copies"))).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[]",
                "{\"v\":2,\"plugins\":{}}",
                "{\"v\":1}",
                "{\"v\":1,\"plugins\":{\"acme\":null}}",
                "{\"v\":1,\"plugins\":{\"acme\":{\"digest\":\"sha256:1\"}}}",
                "{\"v\":1,\"plugins\":{\"acme\":{\"digest\":\"sha256:0000000000000000000000000000000000000000000000000000000000000000\",\"key\":\"AAAA\"}}}"
            })
    void trustsNothingByADamagedList(String text) throws IOException {
        Files.writeString(folder.resolve("trust.json"), text);

        assertThatThrownBy(this::list).isInstanceOf(PluginRejected.class).hasMessageContaining("trust.json");
    }

    @Test
    void pinsWhatCoreutilsComputes() throws Exception {
        acme.sign(PluginDirectory.keys("EC"));
        Files.createDirectories(acme.path().resolve("charts/a b"));
        Files.writeString(acme.path().resolve("charts/a b/Chart.yaml"), "name: a\n");
        var script =
                "find . -type f ! -path ./plugin.sig | sed 's|^\\./||' | LC_ALL=C sort | xargs -d '\\n' sha256sum | sha256sum";
        var process = new ProcessBuilder("sh", "-c", script)
                .directory(acme.path().toFile())
                .start();
        var printed = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);

        assertThat("sha256:" + printed.split(" ", 2)[0]).isEqualTo(acme.digest());
    }

    @Test
    void refusesLinks() throws IOException {
        Files.createSymbolicLink(acme.path().resolve("more"), folder);

        assertRefused("holds a link");
    }

    @Test
    void loadsTwoPluginsWithDifferentVersionsOfOneLibrary() {
        var other = PluginDirectory.make(folder.resolve("plugins"), "beta", "2");

        var loaded = load(Map.of("acme", acme.digest(), "beta", other.digest())).loaded();

        assertThat(loaded)
                .extracting(
                        plugin -> plugin.providers().getFirst().description().title())
                .containsExactly("library 1", "library 2");
    }

    @Test
    void leavesOutASecondPluginOfOneName() throws IOException {
        var copy = folder.resolve("plugins/copy");
        Files.createDirectories(copy);
        for (var jar : List.of("plugin.jar", "library.jar")) {
            Files.copy(acme.path().resolve(jar), copy.resolve(jar));
        }

        var plugins = load(Map.of("acme", acme.digest()));

        assertThat(plugins.loaded()).hasSize(1);
        assertThat(plugins.refused().getFirst().summary()).contains("a plugin of the name acme");
    }
}
