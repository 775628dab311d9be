package io.btp.installer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.btp.installer.api.ProviderException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The record, when writes go astray. */
class LedgerTest {
    @TempDir
    private Path state;

    private final FakeHome home = new FakeHome();
    private Ledger ledger;

    @BeforeEach
    void isInTheHome() throws InterruptedException {
        ledger = new Ledger(state.resolve("record.json"));
        ledger.enter(home);
        ledger.save(record("first"));
    }

    private static InstallationRecord record(String answers) {
        return new InstallationRecord("acme", "0.1.0", "", answers, List.of(), List.of());
    }

    @Test
    void goesOnAfterAWriteWhoseAnswerGotLost() throws InterruptedException {
        home.loseAnswer();
        assertThatThrownBy(() -> ledger.save(record("second"))).isInstanceOf(ProviderException.class);
        ledger.save(record("third"));
        assertThat(RecordCodec.record(home.record().orElseThrow().data(), "here")
                        .answers())
                .isEqualTo("third");
    }

    @Test
    void overwritesNobody() {
        home.writeRecord(
                RecordCodec.data(record("of somebody else")), home.record().map(found -> found.version()));
        assertThatThrownBy(() -> ledger.save(record("second")))
                .hasMessageContaining("Somebody else has written the installation record");
    }

    @Test
    void saysWhereItCannotBeKept() {
        assertThatThrownBy(() -> new Ledger(Path.of("/dev/null/record.json")).save(record("first")))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("/dev/null/record.json");
    }
}
