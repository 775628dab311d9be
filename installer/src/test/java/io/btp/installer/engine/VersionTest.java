package io.btp.installer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.api.Move;
import io.btp.installer.api.Version;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionTest {
    @ParameterizedTest
    @CsvSource({
        "0.9.0, 0.10.0",
        "v1.2.3, 2.0.0",
        "1.2, 1.3.0",
        "16, 17.5",
        "1.0.0-rc.1, 1.0.0",
        "1.0.0-rc.2, 1.0.0-rc.10",
        "1.0.0-alpha, 1.0.0-beta",
        "1.0.0-1, 1.0.0-alpha",
        "1.0.0-rc, 1.0.0-rc.1"
    })
    void comparesAsSemanticVersionsDo(String older, String newer) {
        assertThat(Version.of(older).isOlderThan(Version.of(newer))).isTrue();
        assertThat(Version.of(newer).isOlderThan(Version.of(older))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"17, 17.5", "1.0.0, v1.0.0", "1.0.0+one, 1.0.0+two", "latest, 1.0.0", "latest, stable"})
    void takesNeitherForOlderWhereNothingTellsThemApart(String one, String other) {
        assertThat(Version.of(one).isOlderThan(Version.of(other))).isFalse();
        assertThat(Version.of(other).isOlderThan(Version.of(one))).isFalse();
    }

    @Test
    void knowsAMoveBack() {
        assertThat(new Move(Move.Part.CHART, Version.of("2.0.0"), Version.of("1.9.9")).isBack())
                .isTrue();
        assertThat(new Move(Move.Part.ENGINE, Version.of("17.5"), Version.of("17")).isBack())
                .isFalse();
        assertThat(new Move(Move.Part.ENGINE, Version.of("16"), Version.of("17")))
                .hasToString("version 16 -> 17");
    }
}
