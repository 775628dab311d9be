package io.btp.installer.host.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.api.Version;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Helm's own library for ranges says of the same pairs. */
class KubernetesRangeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                ">=1.21; v1.35.4",
                ">= 1.22.0-0; v1.35.4-eks-1a2b3c",
                ">=1.25.0-0 <1.36.0-0; v1.35.4",
                ">=1.25, <1.36; v1.35.4",
                "^1.20; v1.35.4",
                "~1.35; v1.35.4",
                "~1.35.2; v1.35.4",
                "1.35.x; v1.35.4",
                "1.*; v1.35.4",
                "*; v1.35.4",
                "1.30 - 1.36; v1.35.4",
                "<1.20 || >=1.30; v1.35.4",
                "!=1.34.x; v1.35.4",
                ">1.34; v1.35.4",
                "<=1.35; v1.35.4",
                "what is this; v1.35.4"
            })
    void holdsWhatIsInIt(String range, String version) {
        assertThat(new KubernetesRange(range).holds(Version.of(version))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                ">=1.36; v1.35.4",
                ">=1.21; v1.35.4-eks-1a2b3c",
                ">=1.25.0-0 <1.35.0-0; v1.35.4",
                "<1.35; v1.35.4",
                "^2.0; v1.35.4",
                "~1.34; v1.35.4",
                "~1.35.5; v1.35.4",
                "1.34.x; v1.35.4",
                "1.30 - 1.35.3; v1.35.4",
                "<1.20 || >=1.36; v1.35.4",
                "!=1.35.x; v1.35.4",
                "!=1.35.4; v1.35.4",
                ">1.35; v1.35.4",
                "<=1.34; v1.35.4",
                "=1.35.3; v1.35.4"
            })
    void holdsNothingElse(String range, String version) {
        assertThat(new KubernetesRange(range).holds(Version.of(version))).isFalse();
    }
}
