package io.btp.installer.answers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Damages a file that holds a literal secret in many ways: whatever is said of it never holds the secret. */
class SecretsStayHiddenTest {
    private static final String CANARY = "Kanarienvogel";
    private static final String FILE = Samples.HEAD + """
            dataPlane:
              postgres:
                mode: byo
                host: db.acme.example
                password: %s
            objectStore: {mode: byo, accessKey: %s, secretKey: "%s"}
            """.formatted(CANARY, CANARY, CANARY);
    private static final String DAMAGE = "\t\n :{}[]\"'#&*!|>%@`,?-~$\\\u0000";

    @Test
    void whateverIsWrongWithTheFile() {
        var random = new Random(7);
        for (int round = 0; round < 3000; round++) {
            var text = new StringBuilder(FILE);
            for (int count = random.nextInt(3); count > 0; count--) {
                damage(text, random);
            }
            assertThat(Samples.wrong(text.toString()))
                    .as(text.toString())
                    .isNotEmpty()
                    .noneMatch(it -> it.contains(CANARY));
        }
    }

    /** Anything may be broken around the secrets, but a line end within their line would make them keys. */
    private static void damage(StringBuilder text, Random random) {
        int at;
        do {
            at = random.nextInt(text.length());
        } while (!isOutside(text, at));
        var mark = DAMAGE.charAt(random.nextInt(DAMAGE.length()));
        if (random.nextBoolean()) {
            text.insert(at, mark);
        } else {
            text.setCharAt(at, mark);
        }
    }

    private static boolean isOutside(StringBuilder text, int at) {
        int line = text.lastIndexOf("\n", at - 1) + 1;
        int end = text.indexOf("\n", at);
        return end >= 0 && !text.substring(line, end).contains(CANARY);
    }

    @Test
    void whereverItIsPutInItsPlace() {
        for (var place : Map.of(
                        "scalar", CANARY,
                        "tag", "!" + CANARY + " x",
                        "anchor", "&" + CANARY + " x",
                        "alias", "*" + CANARY,
                        "mapping", "{" + CANARY + ": x}",
                        "list", "[" + CANARY + "]",
                        "reference", "${" + CANARY + "}",
                        "kind", "${" + CANARY + ":x}",
                        "quote", "'${exec:a \"" + CANARY + "}'")
                .values()) {
            assertThat(Samples.wrong(Samples.HEAD
                            + "dataPlane:\n  postgres:\n    mode: byo\n    host: a\n    password: " + place + "\n"))
                    .as(place)
                    .isNotEmpty()
                    .noneMatch(it -> it.contains(CANARY));
        }
    }
}
