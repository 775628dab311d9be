package io.btp.installer.answers;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.api.Question;
import io.btp.installer.api.Slots;
import io.btp.installer.api.contract.Secret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CanonicalTest {
    private static final String ODD = "aZ09 _-./:#@{}[]&*!|>'\"%`,?=~éß€\uD83D\uDE00\u2028\u00A0\u200B";

    private final Random random = new Random(20260101);

    @Test
    void readsBackToEqualAnswers() {
        for (int round = 0; round < 500; round++) {
            var text = randomAnswers();
            var bound = Samples.bind(text);
            var again = Samples.bind(bound.canonical());
            assertThat(again.canonical()).as(text).isEqualTo(bound.canonical());
            assertThat(again.installation()).isEqualTo(bound.installation());
            assertThat(again.trust()).isEqualTo(bound.trust());
            assertThat(again.chosen()).hasSameSizeAs(bound.chosen());
            for (int index = 0; index < bound.chosen().size(); index++) {
                assertThat(comparable(again.chosen().get(index)))
                        .as(text)
                        .isEqualTo(comparable(bound.chosen().get(index)));
            }
        }
    }

    /** Secrets are compared by what they reveal. */
    private static List<Object> comparable(Chosen<?, ?> chosen) {
        return List.of(
                chosen.provider().slot(),
                chosen.provider().description().id(),
                revealed(chosen.configuration()),
                chosen.chart(),
                chosen.pinned(),
                chosen.values());
    }

    private static Object revealed(Object answer) {
        if (answer instanceof Map<?, ?> mapping) {
            var all = new LinkedHashMap<Object, Object>();
            mapping.forEach((key, value) -> all.put(key, revealed(value)));
            return all;
        }
        return answer instanceof Secret secret ? secret.reveal() : answer;
    }

    private String randomAnswers() {
        var text = new StringBuilder(Samples.HEAD);
        if (random.nextBoolean()) {
            text.append("connection: {noProxy: ")
                    .append(list())
                    .append(", proxy: \"http://p.example:")
                    .append(random.nextInt(1, 65_536))
                    .append("\"}\n");
        }
        if (random.nextBoolean()) {
            text.append("plugins: {trust: {\"a.b\": \"sha256:")
                    .append("%064x".formatted(random.nextInt(1_000_000)))
                    .append("\"}}\n");
        }
        text.append("dataPlane: {redis: {values: ").append(tree(3)).append("}}\n");
        text.append("objectStore: {mode: byo, ")
                .append(String.join(", ", everyKind()))
                .append("}\n");
        return text.toString();
    }

    private List<String> everyKind() {
        var nested = new LinkedHashMap<String, List<String>>();
        var lines = new ArrayList<String>();
        for (var question : Samples.EVERY_KIND) {
            if (!question.isRequired() && random.nextInt(3) == 0) {
                continue;
            }
            int dot = question.key().indexOf('.');
            var line = question.key().substring(dot + 1) + ": " + answer(question);
            if (dot < 0) {
                lines.add(line);
            } else {
                nested.computeIfAbsent(question.key().substring(0, dot), it -> new ArrayList<>())
                        .add(line);
            }
        }
        nested.forEach((key, inner) -> lines.add(key + ": {" + String.join(", ", inner) + "}"));
        return lines;
    }

    private String answer(Question<?> question) {
        return switch (question.kind()) {
            case TEXT -> question.pattern().isPresent() ? "eu-west-" + random.nextInt(10) : odd(random.nextInt(40));
            case LABEL -> "\"" + random.nextInt(1000) + "\"";
            case HOST -> pick("\"10.0.0.%d\"", "fe80::%d", "h%d.Acme.example").formatted(random.nextInt(256));
            case PORT -> String.valueOf(random.nextInt(1, 65_536));
            case EMAIL -> "ops+%d@acme.example".formatted(random.nextInt(100));
            case CIDR -> pick("10.%d.0.0/16", "\"fd00:%d::/32\"").formatted(random.nextInt(256));
            case QUANTITY -> pick("%d", "%dGi", "%d.5", "%d00m", "\"1e%1$d\"").formatted(random.nextInt(1, 90));
            case DURATION -> pick("%ds", "%dm", "1h%dm", "0h%ds").formatted(random.nextInt(200));
            case URL -> pick("\"https://a.b/%d?c=d#e\"", "\"http://[::1]:%d/\"").formatted(random.nextInt(1, 60_000));
            case CHOICE -> pick(question.choices().toArray(String[]::new));
            case FLAG -> pick("true", "false", "True", "FALSE");
            case INTEGER -> String.valueOf(random.nextLong(question.least(), question.most() + 1));
            case PATH -> pick("~/a b", "./x/../y", "/etc/ssl", "~");
            case SECRET ->
                question.generated().isPresent()
                        ? pick("generate", "\"${env:S3_ACCESS_KEY}\"")
                        : pick("\"${env:S3_ACCESS_KEY}\"", "\"${env:HOME}\"");
            case TEXTS -> list();
            case TREE -> tree(3);
            case FORMS -> forms();
        };
    }

    private String forms() {
        var entries = new ArrayList<String>();
        for (int index = random.nextInt(3); index > 0; index--) {
            var port = random.nextBoolean() ? ", server: {port: " + random.nextInt(2, 65_536) + "}" : "";
            entries.add("\"" + index + "\": {title: " + odd(random.nextInt(8)) + ", password: \"${env:HOME}\"" + port
                    + "}");
        }
        return "{" + String.join(", ", entries) + "}";
    }

    private String list() {
        var items = new ArrayList<String>();
        for (int index = random.nextInt(4); index > 0; index--) {
            items.add(odd(1 + random.nextInt(8)));
        }
        return "[" + String.join(", ", items) + "]";
    }

    private String tree(int depth) {
        var entries = new ArrayList<String>();
        for (int index = random.nextInt(4); index > 0; index--) {
            entries.add("k" + index + odd(random.nextInt(3)).replaceAll("[^a-z0-9./-]", "") + ": " + branch(depth));
        }
        return "{" + String.join(", ", entries) + "}";
    }

    private String branch(int depth) {
        return switch (random.nextInt(depth > 0 ? 9 : 7)) {
            case 0 -> String.valueOf(random.nextInt());
            case 1 -> String.valueOf(random.nextLong());
            case 2 -> String.valueOf(random.nextDouble() * Math.pow(10, random.nextInt(-20, 20)));
            case 3 -> pick("true", "false", ".inf", "-.INF", ".nan", "0x1F", "0o17", "123456789012345678901234567890");
            case 4 -> pick("\"true\"", "\"12\"", "\"null\"", "\"\"", "'~'", "\".5\"", "\"a\\tb\\nc\"");
            case 5, 6 -> odd(random.nextInt(12));
            case 7 -> tree(depth - 1);
            default -> "[" + branch(depth - 1) + ", " + branch(depth - 1) + "]";
        };
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private String odd(int length) {
        var points = ODD.codePoints().toArray();
        var text = new StringBuilder();
        for (int index = 0; index < length; index++) {
            text.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return "'" + text.toString().replace("'", "''").replace("${", "$").replace("\u2028", " ") + "'";
    }

    @Test
    void holdsReferencesAndNoValue() {
        var bound = Samples.bind(Samples.HEAD + """
                dataPlane:
                  postgres: {mode: byo, host: a.b, password: "${env:S3_ACCESS_KEY}"}
                """);
        assertThat(Samples.configuration(bound, Slots.POSTGRES).get("password"))
                .isInstanceOfSatisfying(
                        Secret.class, secret -> assertThat(secret.reveal()).isEqualTo("from-environment"));
        assertThat(bound.canonical())
                .contains("password: \"${env:S3_ACCESS_KEY}\"")
                .doesNotContain("from-environment");
        assertThat(bound.origins().toString()).doesNotContain("from-environment");
    }

    @Test
    void namesFilesByTheirWholePathAndCommandsAsTheyStand() {
        var text = Samples.bind(Samples.HEAD + """
                dataPlane: {postgres: {mode: byo, host: a.b, tls: {mode: verify-full, ca: certs/ca.pem}, password: "${file:pw}"}}
                objectStore: {mode: byo, accessKey: "${exec:pass show 'a  b'}", label: a, endpoint: {host: h, port: 1},
                  email: a@b.c, cidr: 10.0.0.0/8, size: 1, class: small, replicas: 1, region: eu-west-1, title: ''}
                """).canonical();
        assertThat(text)
                .contains("ca: \"/srv/acme/certs/ca.pem\"")
                .contains("password: \"${file:/srv/acme/pw}\"")
                .contains("accessKey: \"${exec:pass show 'a  b'}\"");
        assertThat(Samples.bind(text).canonical()).isEqualTo(text);
    }

    @Test
    void saysEverythingInForce() {
        assertThat(Samples.bind(Samples.HEAD + "cluster: {kubeconfig: ~/.kube/config}\nidentity: {}\n")
                        .canonical())
                .isEqualTo("""
                apiVersion: installer.btp/v1
                installation:
                  name: acme
                  domain: btp.acme.example
                connection:
                  noProxy: []
                cluster:
                  mode: byo
                  provider: kubeconfig
                  kubeconfig: "~/.kube/config"
                dataPlane:
                  postgres:
                    mode: kubernetes
                    provider: cloudnative-pg
                  redis:
                    mode: kubernetes
                    provider: valkey
                    storage: "8Gi"
                objectStore:
                  mode: kubernetes
                  provider: seaweedfs
                identity:
                  mode: disabled
                observability:
                  metrics:
                    mode: disabled
                  logs:
                    mode: disabled
                platform:
                  mode: kubernetes
                  provider: btp
                  version: "8.0.0"
                """);
    }
}
