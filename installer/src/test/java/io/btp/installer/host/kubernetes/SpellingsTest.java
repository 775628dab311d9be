package io.btp.installer.host.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpellingsTest {
    private static final String SECRET = "s3cr \"q'u\\o&t<e>/+%=:@#";
    private static final List<String> SPELLINGS = Spellings.of(List.of(SECRET));

    private static String hidden(String text) {
        var shown = text;
        for (var spelling : SPELLINGS) {
            shown = shown.replace(spelling, "(hidden)");
        }
        return shown;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "ab", "user:"})
    void hideItInTheBase64OfALongerText(String before) {
        var encoded = Base64.getEncoder().encodeToString((before + SECRET + "after").getBytes(StandardCharsets.UTF_8));

        assertThat(hidden(encoded)).contains("(hidden)").hasSizeLessThan(30);
    }

    @Test
    void hideItInAnAddressInJsonAndInYaml() {
        assertThat(hidden("redis://:" + URLEncoder.encode(SECRET, StandardCharsets.UTF_8) + "@h"))
                .isEqualTo("redis://:(hidden)@h");
        assertThat(hidden("{\"a\":\"s3cr \\\"q'u\\\\o\\u0026t\\u003ce\\u003e/+%=:@#\"}"))
                .isEqualTo("{\"a\":\"(hidden)\"}");
        assertThat(hidden("a: 's3cr \"q''u\\o&t<e>/+%=:@#'")).isEqualTo("a: '(hidden)'");
    }

    @Test
    void doNotTakePartsOfShortOnes() {
        assertThat(Spellings.of(List.of("abc"))).containsExactlyInAnyOrder("abc", "YWJj");
    }
}
