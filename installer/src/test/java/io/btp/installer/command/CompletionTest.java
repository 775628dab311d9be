package io.btp.installer.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.host.backend.Backend;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Completion scripts, in the shells that they are for. */
class CompletionTest {
    @TempDir
    private Path folder;

    private Path script(String shell) throws IOException {
        var program = new ProgramRun();
        assertThat(program.run(folder, "completion", shell)).isZero();
        return Files.writeString(folder.resolve("completion." + shell), program.output());
    }

    private String run(String... command) throws IOException, InterruptedException {
        var output = folder.resolve("output");
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    private static void require(String shell) {
        Backend.program(shell, "/bin/" + shell, "/usr/bin/" + shell, "/usr/local/bin/" + shell);
    }

    private List<String> inBash(String words) throws IOException, InterruptedException {
        var line =
                "compopt() { :; }; source %s; COMP_WORDS=(%s); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _complete_btp; printf '%%s\\n' \"${COMPREPLY[@]}\""
                        .formatted(script("bash"), words);
        return run("bash", "--norc", "-c", line).lines().toList();
    }

    @Test
    void completesCommandsOptionsAndWordsInBash() throws IOException, InterruptedException {
        require("bash");
        run("bash", "-n", script("bash").toString());
        assertThat(inBash("btp pl")).contains("plan", "plugins").doesNotContain("install");
        assertThat(inBash("btp lock ''")).contains("show", "break");
        assertThat(inBash("btp plan --det")).contains("--detailed-exitcode");
        assertThat(inBash("btp plan --output ''")).containsExactlyInAnyOrder("text", "json");
    }

    @Test
    void registersItselfInZsh() throws IOException, InterruptedException {
        require("zsh");
        var line = "autoload -U compinit && compinit -u -D; source " + script("zsh") + "; print -r -- ${_comps[btp]}";
        assertThat(run("zsh", "-f", "-c", line)).contains("_complete_btp");
    }

    private List<String> inFish(String line) throws IOException, InterruptedException {
        var command = "set -gx HOME %s; source %s; complete -C '%s'".formatted(folder, script("fish"), line);
        return run("fish", "--no-config", "-c", command)
                .lines()
                .map(word -> word.split("\t", -1)[0])
                .toList();
    }

    @Test
    void completesCommandsOptionsAndWordsInFish() throws IOException, InterruptedException {
        require("fish");
        assertThat(inFish("btp pl")).containsExactlyInAnyOrder("plan", "plugins");
        assertThat(inFish("btp lock ")).contains("show", "break").doesNotContain("plan");
        assertThat(inFish("btp -f some.yaml lock ")).contains("show", "break");
        assertThat(inFish("btp plan --det")).containsExactly("--detailed-exitcode");
        assertThat(inFish("btp plan --output ")).containsExactlyInAnyOrder("text", "json");
        assertThat(inFish("btp completion ")).contains("bash", "zsh", "fish");
    }
}
