package io.btp.installer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.btp.installer.api.ProviderException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordCodecTest {
    /** As the first program wrote it. */
    private static final String FIRST_FORM = """
            {"installation":"acme","program":"0.1.0","clusterUid":"uid-1","answers":"apiVersion: installer.btp/v1\\n",
             "components":[
               {"component":"dataPlane.redis","provider":"kubernetes.valkey","chart":"0.11.0","converged":true},
               {"component":"cluster","provider":"byo.kubeconfig","chart":"","converged":true}],
             "runs":[{"id":"run-1","command":"install","began":"2026-08-01T10:00:00Z","ended":"2026-08-01T10:05:00Z","outcome":0}]}
            """;

    @Test
    void readsWhatItWrote() {
        var entry = new InstallationRecord.Entry(
                "dataPlane.redis",
                "kubernetes.valkey",
                new Versions("0.11.0", ""),
                Optional.of(new Versions("0.12.0", "")),
                true,
                Optional.of("sha256:1"));
        var record = new InstallationRecord(
                "acme",
                "0.2.0",
                "uid-1",
                "answers: 1",
                List.of(entry),
                List.of(new InstallationRecord.Run(
                        "run-1",
                        "upgrade",
                        Instant.EPOCH,
                        Instant.EPOCH,
                        -1,
                        Optional.of("me@here"),
                        Optional.of(Map.of("a.b", "because")))));

        assertThat(RecordCodec.record(RecordCodec.data(record), "the cluster")).isEqualTo(record);
    }

    @Test
    void migratesTheFirstForm() {
        var record = RecordCodec.record(Map.of("form", "1", "record", FIRST_FORM), "the cluster");

        assertThat(record.components())
                .containsExactly(
                        new InstallationRecord.Entry(
                                "dataPlane.redis",
                                "kubernetes.valkey",
                                new Versions("0.11.0", ""),
                                Optional.empty(),
                                true,
                                Optional.empty()),
                        new InstallationRecord.Entry(
                                "cluster",
                                "byo.kubeconfig",
                                new Versions("", ""),
                                Optional.empty(),
                                true,
                                Optional.empty()));
        assertThat(record.program()).isEqualTo("0.1.0");
        assertThat(record.runs()).hasSize(1);
        assertThat(RecordCodec.data(record)).containsEntry("form", "2");
    }

    @Test
    void refusesANewerFormAndNamesTheProgramThatWroteIt() {
        assertThatThrownBy(() -> RecordCodec.record(
                        Map.of("form", "3", "program", "9.1.0", "record", "in a form of its own"), "the cluster"))
                .isInstanceOfSatisfying(ProviderException.class, refused -> {
                    assertThat(refused.problem().summary())
                            .isEqualTo("The installation record in the cluster was written by btp 9.1.0 in form 3,"
                                    + " and this program knows forms up to 2");
                    assertThat(refused.problem().remedy()).isEqualTo("Use btp 9.1.0 or newer on this installation");
                });
    }

    @Test
    void saysThatARecordIsDamaged() {
        for (var text : List.of("", "{", "[]", "null", "\"text\"")) {
            assertThatThrownBy(() -> RecordCodec.record(Map.of("form", "2", "record", text), "the cluster"))
                    .as(text)
                    .isInstanceOfSatisfying(
                            ProviderException.class,
                            refused -> assertThat(refused.problem().summary()).contains("cannot be read"));
        }
        assertThatThrownBy(() -> RecordCodec.record(Map.of("form", "2"), "the cluster"))
                .isInstanceOf(ProviderException.class);
        assertThatThrownBy(() -> RecordCodec.record(Map.of("record", FIRST_FORM), "the cluster"))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("form (none)");
    }
}
