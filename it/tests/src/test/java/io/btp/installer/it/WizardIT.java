package io.btp.installer.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The wizard line by line, as a person meets it on a terminal that can show no more. */
class WizardIT {
    @TempDir
    private Path folder;

    @Test
    void leadsFromNothingToARunningPlatformWhichTheFileAloneFindsAsItIs() throws IOException, InterruptedException {
        try (var terminal = Terminal.run(folder, Map.of(), "wizard", "--sandbox", "--ui", "line")) {
            terminal.answer("name of the installation [demo]: ", "")
                    .answer("[btp.localhost]: ", "")
                    .answer("Number to change, or Enter to go on: ", "")
                    .answer("[plan]: ", "install")
                    .answer("Go on? [y/N] ", "y");
            assertThat(terminal.end()).as(terminal.screen()).isZero();
            assertThat(terminal.screen()).contains("Saved ", "Installed");
        }
        var program = new Program(folder);
        var again = program.run("install", "--sandbox", "-f", "btp.yaml", "--yes");
        assertThat(again.output()).as(again::words).contains("Nothing to do");
        var removed = program.run("uninstall", "--sandbox", "--yes", "--delete-data", "all");
        assertThat(removed.code()).as(removed::words).isZero();
    }

    @Test
    void showsATypedSecretNowhereAndGoesOnWhereItWasLeft() throws IOException, InterruptedException {
        var canary = "canary-typed-5d1";
        try (var terminal = Terminal.run(folder, Map.of(), "wizard", "--ui", "line")) {
            terminal.answer("name of the installation", "acme")
                    .answer("host name", "btp.acme.example")
                    .answer("Enter to go on: ", "4")
                    .answer("who runs it?", "1")
                    .answer("Enter to go on: ", "")
                    .answer("endpoint", "https://s3.acme.example")
                    .answer("bucket", "btp")
                    .answer("access key", "${env:S3_KEY}")
                    .answer("secret key", "")
                    .answer("(not shown): ", canary)
                    .answer("1 to 3 [1]: ", "")
                    .answer("[plan]: ", "quit");
            assertThat(terminal.end()).as(terminal.screen()).isEqualTo(130);
            assertThat(terminal.screen()).doesNotContain(canary);
        }
        assertThat(filesWith(canary)).containsExactly(folder.resolve("btp-secrets/objectStore.secretKey"));
        assertThat(folder.resolve("btp.yaml")).doesNotExist();

        try (var terminal = Terminal.run(folder, Map.of(), "wizard", "--ui", "line")) {
            terminal.await("Going on with the draft").answer("[plan]: ", "save");
            assertThat(terminal.end()).as(terminal.screen()).isZero();
        }
        assertThat(folder.resolve("btp.yaml")).content().contains("${file:btp-secrets/objectStore.secretKey}");
        var valid = new Program(folder).run("answers", "validate");
        assertThat(valid.code()).as(valid::words).isZero();
    }

    private Stream<Path> filesWith(String text) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).filter(file -> holds(file, text)).toList().stream();
        }
    }

    private static boolean holds(Path file, String text) {
        try {
            return new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException gone) {
            return false;
        }
    }

    @Test
    void neverAsksWhereNobodyCanAnswer() {
        var nobody = new Program(folder).run();
        assertThat(nobody.code()).as(nobody::words).isEqualTo(2);
        var wizard = new Program(folder).run("wizard");
        assertThat(wizard.code()).as(wizard::words).isEqualTo(2);
        assertThat(wizard.messages()).contains("nobody can be asked here", "btp answers init");
    }
}
