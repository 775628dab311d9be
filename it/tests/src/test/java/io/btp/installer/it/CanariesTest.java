package io.btp.installer.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** A secret is found however it is written, and nothing else is. */
class CanariesTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String SECRET = Canaries.odd("unit");
    private static final Canaries CANARIES = new Canaries().with("unit", SECRET);

    static Stream<Arguments> written() throws IOException {
        var base64 = Base64.getEncoder();
        return Stream.of(
                Arguments.of("as it is", "password: " + SECRET),
                Arguments.of("in JSON", JSON.writeValueAsString(Map.of("a", SECRET))),
                Arguments.of(
                        "in JSON of Go",
                        "{\"a\":\"cnry-unit-36f3bb \\\"q'u\\\\o\\u0026t\\u003ce\\u003e/é+%=:@#\"}"
                                .replace("36f3bb", Integer.toHexString("unit".hashCode()))),
                Arguments.of(
                        "in JSON within JSON", JSON.writeValueAsString(JSON.writeValueAsString(Map.of("a", SECRET)))),
                Arguments.of("in YAML", "a: '" + SECRET.replace("'", "''") + "'"),
                Arguments.of(
                        "in a connection string",
                        "postgresql://u:" + URLEncoder.encode(SECRET, StandardCharsets.UTF_8) + "@h:1/d"),
                Arguments.of("Base64", base64.encodeToString(utf8(SECRET))),
                Arguments.of("Base64 after one character", base64.encodeToString(utf8("a" + SECRET + "b"))),
                Arguments.of("Base64 after two", base64.encodeToString(utf8("ab" + SECRET + "bc"))),
                Arguments.of("Base64 of a login", "auth=" + base64.encodeToString(utf8("acme:" + SECRET)) + ";"),
                Arguments.of("Base64 of URLs", Base64.getUrlEncoder().encodeToString(utf8("?>" + SECRET))),
                Arguments.of("Base64 in lines", Base64.getMimeEncoder().encodeToString(utf8("x".repeat(70) + SECRET))),
                Arguments.of("hexadecimal", HexFormat.of().formatHex(utf8("a" + SECRET))),
                Arguments.of("over two lines", SECRET.substring(0, 9) + "\\\n    " + SECRET.substring(9)),
                Arguments.of("packed", packed("a: " + SECRET)),
                Arguments.of(
                        "as Helm keeps it",
                        base64.encodeToString(base64.encode(packed(
                                "{\"a\": \"" + SECRET.replace("\"", "\\\"").replace("\\o", "\\\\o") + "\"}")))));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] packed(String text) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var stream = new GZIPOutputStream(packed)) {
            stream.write(utf8(text));
        }
        return packed.toByteArray();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("written")
    void findsIt(String how, Object content) {
        var bytes = content instanceof byte[] packed ? packed : utf8((String) content);

        assertThat(CANARIES.in(bytes)).as(how).containsExactly("unit");
    }

    @Test
    void findsNothingElse() {
        assertThat(CANARIES.in("cnry-unit " + Canaries.odd("other"))).isEmpty();
    }
}
