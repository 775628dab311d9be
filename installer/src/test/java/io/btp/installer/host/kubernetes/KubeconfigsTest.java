package io.btp.installer.host.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.btp.installer.api.ProviderException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which contexts there are. */
class KubeconfigsTest {
    @TempDir
    private Path home;

    @BeforeEach
    void write() throws IOException {
        Files.createDirectory(home.resolve(".kube"));
        config(".kube/config", "current-context: dev", "prod", "dev");
        config("other", "current-context: prod", "stage", "prod");
    }

    private void config(String name, String current, String... contexts) throws IOException {
        var text = new StringBuilder(current).append("\ncontexts:\n");
        for (var context : contexts) {
            text.append("- {name: ").append(context).append(", context: {cluster: gone, user: gone}}\n");
        }
        Files.writeString(home.resolve(name), text);
    }

    private Kubeconfigs kubeconfigs(Map<String, String> environment) {
        return new Kubeconfigs(
                environment,
                home,
                Clock.systemUTC(),
                (command, variables, deadline) -> {
                    throw new AssertionError("the names of contexts need no login");
                },
                variables -> variables);
    }

    @Test
    void namesTheCurrentContextFirst() {
        assertThat(kubeconfigs(Map.of()).contexts(Optional.empty())).containsExactly("dev", "prod");
        assertThat(kubeconfigs(Map.of()).contexts(Optional.of(home + "/other"))).containsExactly("prod", "stage");
        assertThat(kubeconfigs(Map.of()).contexts(Optional.of("~/other"))).containsExactly("prod", "stage");
    }

    @Test
    void mergesFilesAsKubectlDoes() {
        var list = home + "/missing:" + home + "/other:" + home + "/.kube/config";

        assertThat(kubeconfigs(Map.of("KUBECONFIG", list)).contexts(Optional.empty()))
                .containsExactly("prod", "stage", "dev");
        assertThat(kubeconfigs(Map.of("KUBECONFIG", "/nowhere")).contexts(Optional.of(list)))
                .containsExactly("prod", "stage", "dev");
    }

    @Test
    void namesNoCurrentContextThatIsNotThere() throws IOException {
        config("other", "current-context: gone", "b", "a");

        assertThat(kubeconfigs(Map.of()).contexts(Optional.of("~/other"))).containsExactly("b", "a");
    }

    @Test
    void refusesWhatCannotBeRead() throws IOException {
        Files.writeString(home.resolve("broken"), "contexts: [");

        assertThatThrownBy(() -> kubeconfigs(Map.of()).contexts(Optional.of("~/broken")))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("is not valid YAML");
        assertThatThrownBy(() -> kubeconfigs(Map.of()).contexts(Optional.of("~/missing")))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("There is no kubeconfig");
    }
}
