package io.btp.installer.plugin.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class QuantityTest {
    @ParameterizedTest
    @CsvSource({"1Gi,1024Mi", "1Ti,1024Gi", "1.5Gi,1536Mi", "5e9,5G", "1000,1k"})
    void isEqualHoweverItIsWritten(String one, String other) {
        assertThat(Quantity.of(one)).isEqualTo(Quantity.of(other)).hasSameHashCodeAs(Quantity.of(other));
    }

    @Test
    void tellsBinaryFromDecimalUnits() {
        assertThat(Quantity.of("1G")).isLessThan(Quantity.of("1Gi"));
    }

    @Test
    void printsAsItWasGiven() {
        assertThat(Quantity.of("20Gi")).hasToString("20Gi");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Gi", "20 Gi", "-1Gi", "20gi", "1e999"})
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> Quantity.of(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
