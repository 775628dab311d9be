package io.btp.installer.answers;

import io.btp.installer.fuzz.Fuzz;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Damaged answers, in the file, in options and in the environment: what is wrong is said, whatever it is. */
class AnswersFuzzTest {
    private static final String WHOLE = Samples.HEAD + """
            connection: {noProxy: [.acme.example], proxy: {url: "http://p.example:3128", username: a, password: "${env:P}"}}
            plugins: {trust: {acme: "sha256:%064d"}}
            cluster: {mode: byo, kubeconfig: ~/.kube/config}
            dataPlane:
              postgres: {mode: byo, host: db.acme.example, port: 5432, password: "${env:S3_ACCESS_KEY}", tls: {mode: require}}
              redis: {mode: kubernetes, storage: 8Gi, version: 0.9.0, chart: {repository: "https://a.b/c"}, values: {a: [1, {b: c}]}}
            objectStore:
              mode: byo
              title: text
              label: l-1
              endpoint: {host: "fe80::1", port: 1, url: "https://a.b/c?d=e#f"}
              email: ops@acme.example
              cidr: 10.42.0.0/16
              size: 8Gi
              wait: 1h30m
              class: small
              public: true
              replicas: 3
              folder: ./here
              accessKey: "${file:/run/secrets/s3}"
              secretKey: generate
              hosts: [a, b]
              extra: {deep: {er: [1, 2.5, true, null]}}
              uses: {one: {title: t, server: {port: 2}, password: "${exec:pass show \\"a b\\"}"}}
              region: eu-central-1
            platform: {version: 8.0.0}
            """.formatted(1);

    private static String answer(AnswersTree tree) {
        try {
            return Samples.binder().bind(tree).canonical();
        } catch (InvalidAnswers invalid) {
            return String.join("\n", Samples.lines(invalid));
        }
    }

    private static String inFile(byte[] content) {
        try {
            return answer(AnswersFile.parse("btp.yaml", Samples.FOLDER, content));
        } catch (InvalidAnswers invalid) {
            return String.join("\n", Samples.lines(invalid));
        }
    }

    private static String overTheFile(byte[] content) {
        // No operating system hands on this one.
        var text = new String(content, StandardCharsets.UTF_8).replace("\0", "");
        int colon = Math.max(0, text.indexOf(':'));
        var overlays = Overlays.of(Map.of("BTP_ANSWERS__" + text.substring(0, colon), text.substring(colon)))
                .set(text)
                .setFile(text, Samples.FOLDER);
        return answer(Samples.tree(WHOLE).with(overlays));
    }

    @Test
    void damagedFiles() {
        new Fuzz("answers", AnswersFuzzTest::inFile)
                .from(WHOLE.getBytes(StandardCharsets.UTF_8))
                .from(Path.of("../distribution/examples"))
                .run();
    }

    @Test
    void damagedOptionsAndVariables() {
        var fuzz = new Fuzz("answers-set", AnswersFuzzTest::overTheFile);
        for (var seed : new String[] {
            "cluster.mode=byo",
            "objectStore.extra.a\\.b={a: [b, c]}",
            "dataPlane__postgres__port: 5432=1",
            "objectStore.uses.two={title: t, password: \"${env:A}\"}"
        }) {
            fuzz.from(seed.getBytes(StandardCharsets.UTF_8));
        }
        fuzz.run();
    }
}
