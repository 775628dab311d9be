package io.btp.installer.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.btp.installer.api.ProviderException;
import io.btp.installer.api.Question;
import io.btp.installer.api.contract.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferencesTest {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("TOKEN", "s3cr3t", "EMPTY", "", "PATH", "/usr/bin:/bin", "HOME", "/nowhere");
    private static final Question<Secret> QUESTION = Question.secret("password", "password");

    @TempDir
    Path folder;

    private Secret secret(String text) {
        return secret(text, QUESTION, new References(ENVIRONMENT, Optional.empty()));
    }

    private Secret secret(String text, Question<?> question, References references) {
        var path = "dataPlane.postgres.password";
        return references.secret(Reference.parse(text, path, references.paths(folder)), question, path);
    }

    private void fails(String text, String message) {
        var secret = secret(text);
        assertThatThrownBy(secret::reveal)
                .isInstanceOfSatisfying(
                        ProviderException.class,
                        fault -> assertThat(fault.problem().remedy()).isNotEmpty())
                .hasMessage("The secret " + text + " " + message);
    }

    @Test
    void readsTheEnvironment() {
        assertThat(secret("${env:TOKEN}").reveal()).isEqualTo("s3cr3t");
    }

    @Test
    void saysThatAVariableIsNotSetOrEmpty() {
        fails("${env:ABSENT}", "is not set");
        fails("${env:EMPTY}", "is empty");
    }

    @Test
    void readsAFileBesideTheAnswersWhenItIsRevealedWithoutItsLineEnd() throws Exception {
        var secret = secret("${file:token}");
        Files.writeString(folder.resolve("token"), " two\nlines \n");
        assertThat(secret.reveal()).isEqualTo(" two\nlines ");
    }

    @Test
    void saysWhatIsWrongWithAFile() throws Exception {
        Files.write(folder.resolve("large"), new byte[65 * 1024]);
        Files.write(folder.resolve("binary"), new byte[] {(byte) 0xFF});
        fails("${file:" + folder.resolve("absent") + "}", "is not there");
        fails("${file:" + folder.resolve("large") + "}", "is larger than 64 KiB");
        fails("${file:" + folder.resolve("binary") + "}", "is not UTF-8");
        fails("${file:" + folder + "}", "cannot be read (IOException)");
    }

    @Test
    void runsACommandWithoutAShellOnceAndOnlyWhenRevealed() throws Exception {
        var script =
                Files.writeString(folder.resolve("give"), "#!/bin/sh\necho x >> runs\nprintf '%s\\n' \"$1\" \"$2\"\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        var references = new References(ENVIRONMENT, Optional.empty());
        var text = "${exec:" + script + " 'a $TOKEN; b' \"c\\\" d\"}";
        var first = secret(text, QUESTION, references);
        var second = secret(text, QUESTION, references);
        assertThat(folder.resolve("runs")).doesNotExist();
        assertThat(first.reveal()).isEqualTo("a $TOKEN; b\nc\" d");
        assertThat(second.reveal()).isEqualTo(first.reveal());
        assertThat(folder.resolve("runs")).hasContent("x");
    }

    @Test
    void saysHowACommandFailedWithoutItsWords() {
        fails("${exec:sh -c 'echo s3cr3t; echo s3cr3t >&2; exit 3'}", "failed with exit code 3");
        fails("${exec:no-such-program-here}", "could not be started");
        fails("${exec:true}", "is empty");
        fails("${exec:head -c 100000 /dev/zero}", "is larger than 64 KiB");
    }

    @Test
    void givesACommandNoVariableThatASecretIsTakenFrom() {
        var references = new References(ENVIRONMENT, Optional.empty());
        secret("${env:TOKEN}", QUESTION, references);
        var environment = secret("${exec:env}", QUESTION, references).reveal();
        assertThat(environment).contains("HOME=/nowhere").doesNotContain("TOKEN");
    }

    @Test
    void endsACommandThatIsLateWithItsChildren() throws Exception {
        var references = new References(ENVIRONMENT, Optional.empty(), Duration.ofSeconds(1));
        var secret = secret("${exec:sh -c 'sleep 600 & echo $! > child; wait'}", QUESTION, references);
        assertThatThrownBy(secret::reveal).hasMessageEndingWith("did not end within 1 s");
        var child = Long.parseLong(Files.readString(folder.resolve("child")).strip());
        ProcessHandle.of(child).ifPresent(process -> process.onExit().join());
        assertThat(ProcessHandle.of(child).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void stopsWhenItIsInterrupted() {
        var secret = secret("${exec:sleep 600}");
        Thread.currentThread().interrupt();
        assertThatThrownBy(secret::reveal).hasMessageEndingWith("was interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void asksAPersonOnceForEachAnswer() {
        var asked = new ArrayList<String>();
        var references = new References(ENVIRONMENT, Optional.of(path -> {
            asked.add(path);
            return "typed";
        }));
        var secret = secret("${prompt}", QUESTION, references);
        assertThat(secret.reveal() + secret.reveal()).isEqualTo("typedtyped");
        assertThat(asked).containsExactly("dataPlane.postgres.password");
    }

    @Test
    void saysThatNobodyCanBeAsked() {
        fails("${prompt}", "needs a person, and nobody can be asked");
    }

    @Test
    void checksLengthAndPatternWithoutQuoting() {
        var references = new References(ENVIRONMENT, Optional.empty());
        assertThatThrownBy(() -> secret("${env:TOKEN}", QUESTION.between(8, 128), references)
                        .reveal())
                .hasMessage(
                        "The secret ${env:TOKEN} for dataPlane.postgres.password has the wrong length, expected 8 to 128 characters");
        assertThatThrownBy(() -> secret("${env:TOKEN}", QUESTION.matching("[0-9]+", "1"), references)
                        .reveal())
                .hasMessage("The secret ${env:TOKEN} for dataPlane.postgres.password does not match [0-9]+");
    }
}
