package io.btp.installer.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.btp.installer.api.Answers;
import io.btp.installer.api.Question;
import java.net.URI;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlatformFormTest {
    private static final Map<String, Object> LEAST = Map.of(
            "license.username", "acme-account",
            "license.password", Samples.canary("license"),
            "license.expirationDate", "2030-12-31");

    private static Answers answers(Map<String, Object> more) {
        var all = new HashMap<>(LEAST);
        all.putAll(more);
        return new Answers() {
            @Override
            @SuppressWarnings("unchecked")
            public <T> Optional<T> find(Question<T> question) {
                return Optional.ofNullable((T) all.get(question.key())).or(question::fallback);
            }
        };
    }

    private static PlatformConfiguration configuration(Map<String, Object> more) {
        return PlatformForm.form().configuration(answers(more));
    }

    @Test
    void demandsNothingSoThatItCanBeTried() {
        assertThat(PlatformForm.form().questions())
                .filteredOn(Question::isRequired)
                .isEmpty();
    }

    @Test
    void keepsTheTargetThatUsersKnow() {
        assertThat(configuration(Map.of()).target())
                .isEqualTo(Samples.configuration().target());
        assertThat(configuration(Map.of()).license().orElseThrow().expires()).isEqualTo(LocalDate.of(2030, 12, 31));
    }

    @Test
    void generatesSecretsThatNobodyGives() {
        assertThat(configuration(Map.of()).secrets().jwtSigningKey()).isEmpty();
        assertThat(PlatformForm.form().questions())
                .filteredOn(question -> question.generated().isPresent())
                .extracting(question -> question.key() + " "
                        + question.generated().orElseThrow().length())
                .containsExactly(
                        "secrets.jwtSigningKey 32", "secrets.ipfsClusterSecret 64", "secrets.stateEncryptionKey 32");
    }

    @Test
    void asksNothingThatTheHostAsksForCharts() {
        assertThat(PlatformForm.form().questions())
                .extracting(Question::key)
                .doesNotContain("version", "chart", "values");
    }

    @Test
    void refusesADayThatDoesNotExist() {
        assertThatThrownBy(() -> configuration(Map.of("license.expirationDate", "2030-02-31")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2030-02-31");
    }

    @Test
    void refusesARegistryThatIsNoOciReference() {
        assertThatThrownBy(() -> configuration(Map.of("registry.url", URI.create("https://registry.example/x"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesAPlaceThatIsNotOnEarth() {
        assertThatThrownBy(() -> configuration(Map.of("target.latitude", "91")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void wantsAUserTogetherWithItsPassword() {
        var rule = PlatformForm.form().rules().getFirst();

        assertThat(rule.violation().apply(answers(Map.of("registry.username", "acme"))))
                .isPresent();
        assertThat(rule.violation().apply(answers(Map.of()))).isEmpty();
    }
}
