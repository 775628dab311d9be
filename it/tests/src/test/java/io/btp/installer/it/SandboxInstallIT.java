package io.btp.installer.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first command of the README: everything on the embedded sandbox. */
final class SandboxInstallIT {
    @TempDir
    Path folder;

    @Test
    void installsHasNothingToDoAgainAndIsRemoved() {
        var program = new Program(folder);
        var installed = program.run("install", "--sandbox", "--yes");
        assertThat(installed.code()).as(installed::words).isZero();
        assertThat(installed.output()).contains("https://", "btp status --sandbox", "btp uninstall --sandbox");

        var stored = contents();
        var again = program.run("install", "--sandbox", "--yes");
        assertThat(again.code()).as(again::words).isZero();
        assertThat(again.output()).contains("Nothing to do");
        assertThat(contents()).as("what the cluster keeps").isEqualTo(stored);

        var status = program.run("status", "--sandbox");
        assertThat(status.code()).as(status::words).isZero();

        var removed = program.run("uninstall", "--sandbox", "--yes", "--delete-data", "all");
        assertThat(removed.code()).as(removed::words).isZero();
        assertThat(folder.resolve(".btp/sandbox")).doesNotExist();
    }

    /** Heartbeats of nodes are no request of the program's. */
    private Map<String, String> contents() {
        var program = new Program(folder);
        var listed = program.run("plan", "--sandbox", "--output", "json");
        var contents = new TreeMap<String, String>();
        contents.put("plan", String.join("\n", listed.planned()));
        try (var runs = Files.list(folder.resolve(".btp/state"))) {
            runs.filter(path -> path.getFileName().toString().equals("record.json"))
                    .forEach(path -> contents.put("record", path.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return contents;
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
