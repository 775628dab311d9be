package io.btp.installer.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers that cannot work: exit 3, every problem with its place, nothing touched. */
final class BadAnswersIT {
    @TempDir
    Path folder;

    private Program.Result validated(byte[] content) {
        try {
            Files.write(folder.resolve("btp.yaml"), content);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        var result = new Program(folder).run("answers", "validate");
        assertThat(result.messages()).doesNotContain("\tat ", "Exception");
        return result;
    }

    private Program.Result validated(String content) {
        return validated(content.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void namesEveryProblemWithItsPlaceAndTheNearestName() {
        var result = validated("""
                apiVersion: installer.btp/v1
                installation: {name: Acme_1}
                cluster: {mode: byo, kubeconfg: ~/.kube/config}
                dataPlane:
                  postgres: {mode: byo, host: db.example, port: eighty, username: btp, password: hunter2}
                """);
        assertThat(result.code()).as(result::words).isEqualTo(3);
        assertThat(result.messages())
                .contains("btp.yaml:3:", "kubeconfig", "btp.yaml:2:", "btp.yaml:5:", "port", "domain")
                .doesNotContain("hunter2");
    }

    @Test
    void refusesDuplicateKeys() {
        var result = validated("apiVersion: installer.btp/v1\ninstallation: {name: a}\ninstallation: {name: b}\n");
        assertThat(result.code()).as(result::words).isEqualTo(3);
        assertThat(result.messages()).contains("btp.yaml:3:1");
    }

    @Test
    void refusesTabs() {
        var result = validated("apiVersion: installer.btp/v1\ninstallation:\n\tname: a\n");
        assertThat(result.code()).as(result::words).isEqualTo(3);
        assertThat(result.messages()).contains("btp.yaml:3:");
    }

    @Test
    void refusesAnotherEncoding() {
        var result = validated("installation: {name: \u00e4}\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(result.code()).as(result::words).isEqualTo(3);
        assertThat(result.messages()).contains("UTF-8");
    }

    @Test
    void refusesAliasBombs() {
        var bomb = new StringBuilder("apiVersion: installer.btp/v1\na: &a [x, x, x, x, x, x, x, x, x]\n");
        for (char name = 'b'; name < 'z'; name++) {
            var before = "*" + (char) (name - 1);
            bomb.append(name)
                    .append(": &")
                    .append(name)
                    .append(" [")
                    .append((before + ", ").repeat(8))
                    .append(before)
                    .append("]\n");
        }
        var result = validated(bomb.toString());
        assertThat(result.code()).as(result::words).isEqualTo(3);
    }

    @Test
    void refusesFilesThatAreFarTooLarge() {
        var result = validated("#".repeat(12 << 20));
        assertThat(result.code()).as(result::words).isEqualTo(3);
        assertThat(result.messages()).contains("larger than");
    }

    @Test
    void saysThatThereIsNoFile() {
        var result = new Program(folder).run("install", "--yes");
        assertThat(result.code()).as(result::words).isEqualTo(3);
        assertThat(result.messages()).contains("btp.yaml", "is not there");
    }
}
