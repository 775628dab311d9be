package io.btp.installer.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.simulator.api.EmbeddedApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first command of the README: everything on the embedded sandbox. */
final class SandboxInstallIT {
    @TempDir
    Path folder;

    @Test
    void installsHasNothingToDoAgainAndIsRemoved() throws IOException, InterruptedException {
        var program = new Program(folder);
        var installed = program.run("install", "--sandbox", "--yes");
        assertThat(installed.code()).as(installed::words).isZero();
        assertThat(installed.output()).contains("https://", "btp status --sandbox", "btp uninstall --sandbox");

        var made = versions();
        var again = program.run("install", "--sandbox", "--yes");
        assertThat(again.code()).as(again::words).isZero();
        assertThat(again.output()).contains("Nothing to do");
        assertThat(versions()).as("what a run with nothing to do wrote").isEqualTo(made);

        var status = program.run("status", "--sandbox");
        assertThat(status.code()).as(status::words).isZero();

        var removed = program.run("uninstall", "--sandbox", "--yes", "--delete-data", "all");
        assertThat(removed.code()).as(removed::words).isZero();
        assertThat(folder.resolve(".btp/sandbox")).doesNotExist();
    }

    /** Looks into the store of the cluster while no program has it open. */
    private Map<String, String> versions() throws IOException, InterruptedException {
        try (var api = EmbeddedApi.open(folder.resolve(".btp/sandbox"));
                var inventory = new ClusterInventory(api.kubeconfig())) {
            return inventory.versions();
        }
    }

    @Test
    void refusesAnswersThatNameARealCluster() throws IOException {
        Files.writeString(folder.resolve("btp.yaml"), """
                apiVersion: installer.btp/v1
                installation: {name: acme, domain: btp.acme.example}
                cluster: {mode: byo}
                """);
        var result = new Program(folder).run("install", "--sandbox", "--yes");
        assertThat(result.code()).as(result::words).isEqualTo(2);
        assertThat(result.messages()).contains("cluster");
    }
}
