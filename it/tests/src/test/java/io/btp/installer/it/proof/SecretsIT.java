package io.btp.installer.it.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.it.Canaries;
import io.btp.installer.it.ClusterInventory;
import io.btp.installer.it.CommandLines;
import io.btp.installer.it.KubernetesBackend;
import io.btp.installer.it.Program;
import io.btp.installer.it.Scenario;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.Config;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Secrets go in by every door; then everything that was printed, written, started or made is searched for them. They are
 * where {@code docs/secrets.md} says, and nowhere else.
 */
final class SecretsIT {
    /** Where which secrets may be, as the document lists it: the store, labelled copies, the platform and its release. */
    private static final Map<String, String> RIGHTFUL = Map.of(
            "Secret secrets-deps/secrets-secret-[a-z-]+", "generated [a-z-]+",
            "Secret secrets-deps/secrets-[a-z-]+-(credentials|users|role-[a-z]+)", "generated [a-z-]+",
            "Secret secrets-platform/secrets-platform", ".*",
            "Secret secrets-platform/sh\\.helm\\.release\\.v1\\.secrets-platform\\.v[0-9]+", ".*");

    @TempDir
    Path folder;

    private final Map<String, String> given = new LinkedHashMap<>();
    private final List<Map.Entry<String, Program.Result>> results = new ArrayList<>();
    private final Set<String> children = new TreeSet<>();

    private Canaries canaries() {
        var canaries = new Canaries();
        given.forEach(canaries::with);
        return canaries;
    }

    private Path file(String name, String text) throws IOException {
        var file = folder.resolve("given").resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private Path script(String name, String text) throws IOException {
        var file = file(name, "#!/bin/sh\nenv >>" + folder.resolve("environment-of-" + name) + "\n" + text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    private String secret(String name) {
        return given.computeIfAbsent(name, Canaries::odd);
    }

    /** Logs in by a program: its token is a secret, too. */
    private String kubeconfig(String usual) throws IOException {
        var access = Config.fromKubeconfig(usual);
        given.put("token", access.getAutoOAuthToken());
        var credential = file("credential", """
                {"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"%s"}}""".formatted(access.getAutoOAuthToken()));
        var authority = access.getCaCertData() != null
                ? access.getCaCertData()
                : Base64.getEncoder().encodeToString(Files.readAllBytes(Path.of(access.getCaCertFile())));
        return """
                apiVersion: v1
                kind: Config
                current-context: it
                clusters: [{name: it, cluster: {server: "%s", certificate-authority-data: "%s"}}]
                users:
                  - name: it
                    user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: %s, interactiveMode: Never}}
                contexts: [{name: it, context: {cluster: it, user: it}}]
                """.formatted(access.getMasterUrl(), authority, script("login", "exec cat " + credential));
    }

    private Scenario scenario(String kubeconfig) throws IOException {
        for (var own : List.of("tmp", "runtime", "home", "cache")) {
            Files.createDirectories(folder.resolve(own));
        }
        var scenario = new Scenario("secrets", folder, kubeconfig(kubeconfig))
                .with("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + folder.resolve("tmp"))
                .with("XDG_RUNTIME_DIR", folder.resolve("runtime").toString())
                .with("XDG_CACHE_HOME", folder.resolve("cache").toString())
                .with("HOME", folder.resolve("home").toString());
        given.put("ipfs", Canaries.hexadecimal("ipfs", 64));
        return scenario.with("IT_LICENSE", secret("license"))
                .with("IT_SIGNATURE", secret("signature"))
                .with("IT_JWT", secret("jwt signing key"))
                .with("IT_IPFS", secret("ipfs"))
                .answer("platform.license.signature", "${env:IT_SIGNATURE}")
                .answer("platform.secrets.jwtSigningKey", "${env:IT_JWT}")
                .answer("platform.secrets.ipfsClusterSecret", "${env:IT_IPFS}")
                .answer("platform.google.clientId", "google")
                .answer("platform.google.clientSecret", "${file:" + file("google", secret("google")) + "}")
                .answer("platform.email.from", "btp@acme.example")
                .answer("platform.email.host", "mail.acme.example")
                .answer("platform.email.username", "mailer")
                .answer(
                        "platform.email.password",
                        "${exec:" + script("command", "exec cat " + file("mail", secret("mail"))) + "}");
    }

    private Program.Result run(Scenario scenario, String... arguments) {
        return watched(scenario, process -> event -> {}, arguments);
    }

    private Program.Result watched(Scenario scenario, Program.Watcher watcher, String... arguments) {
        try (var watch = new CommandLines(canaries(), Set.of())) {
            var result = scenario.watch(watcher, arguments);
            results.add(Map.entry(String.join(" ", arguments), result));
            assertThat(watch.seen()).as("seen while btp ran").isEmpty();
            children.addAll(watch.children());
            return result;
        }
    }

    private Program.Result succeeds(Scenario scenario, String... arguments) {
        var result = run(scenario, arguments);
        assertThat(result.code()).as(result::words).isZero();
        return result;
    }

    @Test
    void areWhereTheDocumentSaysAndNowhereElse() throws Exception {
        try (var backend = KubernetesBackend.open();
                var cluster = new ClusterInventory(backend.kubeconfig())) {
            var scenario = scenario(backend.kubeconfig());
            succeeds(scenario, "plan", "--verbose", "--diff");
            succeeds(scenario, "plan", "--output", "json", "--out", "saved-plan");
            succeeds(scenario, "plan", "--rbac");
            succeeds(scenario, "install", "--yes", "--verbose");
            generated(cluster);
            assertThat(children).as("what was looked at").anyMatch(line -> line.contains("WorkerMain"));
            assertThat(folder.resolve("environment-of-login")).exists();
            assertThat(folder.resolve("environment-of-command")).exists();

            cutShort(scenario, "KILL");
            assertThat(folder.resolve("runtime")).as("what it cannot remove").isNotEmptyDirectory();
            assertThat(open(folder.resolve("runtime"))).as("open to others").isEmpty();
            cutShort(scenario, "SEGV");
            assertThat(crashReports())
                    .hasSize(1)
                    .allSatisfy(report -> assertThat(report)
                            .content(StandardCharsets.ISO_8859_1)
                            .contains("CreateCoredumpOnCrash turned off"));
            failing(scenario, "fail");
            failing(scenario, "refused");
            scenario.answer("platform.chart.file", Program.home() + "/plugins/sandbox/charts/platform")
                    .answer("platform.values", "{}");
            succeeds(scenario, "install", "--yes", "--output", "json");
            succeeds(scenario, "status", "--output", "json");
            succeeds(scenario, "history", "--verbose");
            for (var events : events()) {
                run(scenario, "replay", events.toString(), "--verbose");
            }

            var leaks = new Leaks(canaries()).cluster(cluster).files(folder, this::isGiven);
            results.forEach(result -> leaks.printed(result.getKey(), result.getValue()));
            assertThat(folder.resolve("runtime")).isEmptyDirectory();
            leaks.found().forEach(SecretsIT::isRightful);
            assertThat(leaks.found()).hasSizeGreaterThan(RIGHTFUL.size());
            succeeds(scenario, "uninstall", "--yes", "--delete-data", "all");
            assertThat(new Leaks(canaries()).cluster(cluster).found()).isEmpty();
            Proof.figure(
                    "secrets, each in every encoding",
                    "%d in %d contents, %d of them rightful, %d kinds of children, on %s",
                    given.size(),
                    leaks.looked(),
                    leaks.found().size(),
                    children.size(),
                    backend.name());
        }
    }

    /** Secrets that were replaced are nowhere, not even in old revisions. */
    private static void isRightful(String place, Set<String> names) {
        assertThat(RIGHTFUL.entrySet())
                .as("%s holds %s", place, names)
                .anyMatch(rightful -> place.matches(rightful.getKey())
                        && names.stream().allMatch(name -> name.matches(rightful.getValue())));
        assertThat(names).as(place).noneMatch(name -> name.startsWith("replaced"));
    }

    /** Gives a secret a new value, and ends the program by a signal while Helm works with it. */
    private void cutShort(Scenario scenario, String signal) {
        given.put("replaced before " + signal, secret("license"));
        given.put("license", Canaries.odd("license before " + signal));
        scenario.with("IT_LICENSE", secret("license"));
        var result = watched(
                scenario,
                process -> event -> {
                    if (event.path("type").asString().equals("step-started")
                            && event.path("target").asString().contains("release secrets-platform/")) {
                        until(() -> !new Leaks(canaries())
                                .files(folder.resolve("runtime"), file -> false)
                                .found()
                                .isEmpty());
                        signal(process, signal);
                    }
                },
                "install",
                "--yes",
                "--output",
                "json");
        assertThat(result.code()).as(result::words).isNotZero();
    }

    private static void signal(Process process, String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, "" + process.pid()).start().waitFor();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void until(BooleanSupplier condition) {
        var end = Instant.now().plusSeconds(60);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("not seen within a minute");
            }
            LockSupport.parkNanos(2_000_000);
        }
    }

    /** Names what others than this user may look into. */
    private static List<Path> open(Path folder) throws IOException {
        try (var children = Files.list(folder)) {
            return children.filter(child -> !mode(child).startsWith("rwx------"))
                    .toList();
        }
    }

    private static String mode(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> crashReports() throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("hs_err"))
                    .toList();
        }
    }

    private List<Path> events() throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.endsWith("events.ndjson"))
                    .sorted()
                    .limit(Proof.isLong() ? Integer.MAX_VALUE : 2)
                    .toList();
        }
    }

    /** A chart that tells all its values when it fails, and one whose object the API server refuses and quotes. */
    private void failing(Scenario scenario, String how) throws IOException {
        var chart = folder.resolve("given/leaking");
        if (!Files.exists(chart)) {
            copy(Program.home().resolve("plugins/sandbox/charts/platform"), chart);
            Files.writeString(chart.resolve("templates/leak.yaml"), """
                    {{- if eq .Values.leak "fail" }}
                    {{- $all := toJson .Values }}
                    {{- fail (printf "%s %s %s %s %s" $all (toYaml .Values) (b64enc $all) (quote $all) (urlquery $all)) }}
                    {{- else }}
                    apiVersion: v1
                    kind: ConfigMap
                    metadata:
                      name: leak
                      labels:
                        leak: {{ .Values.auth.jwtSigningKey | quote }}
                    {{- end }}
                    """);
        }
        scenario.answer("platform.chart.file", chart.toString()).answer("platform.values", "{leak: " + how + "}");
        var result = run(scenario, "install", "--yes", "--verbose");
        assertThat(result.code()).as(result::words).isNotZero();
        assertThat(result.words()).as("the failure is told").contains("hidden");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                var target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    /** Searches from now on for what the program made itself, too. */
    private void generated(ClusterInventory cluster) {
        for (var secret : cluster.client()
                .secrets()
                .inNamespace("secrets-deps")
                .withLabel("installer.btp/secret")
                .list()
                .getItems()) {
            var value = new String(Base64.getDecoder().decode(secret.getData().get("value")), StandardCharsets.UTF_8);
            given.put("generated " + secret.getMetadata().getLabels().get("installer.btp/secret"), value);
        }
        assertThat(given.keySet()).anyMatch(name -> name.startsWith("generated "));
    }

    private boolean isGiven(Path file) {
        return file.startsWith(folder.resolve("given"));
    }

    @Test
    void areFoundWhereverTheyArePlanted() throws Exception {
        var secret = secret("planted");
        var name = "c" + Integer.toHexString(secret.hashCode());
        Files.writeString(folder.resolve("log"), "x: " + secret);
        Files.writeString(
                folder.resolve(Base64.getUrlEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8))), "");
        try (var backend = KubernetesBackend.open();
                var cluster = new ClusterInventory(backend.kubeconfig())) {
            var map = new ConfigMapBuilder()
                    .withNewMetadata()
                    .withName(name)
                    .endMetadata()
                    .addToData("url", "redis://:" + URLEncoder.encode(secret, StandardCharsets.UTF_8) + "@h")
                    .build();
            var release = new SecretBuilder()
                    .withNewMetadata()
                    .withName(name)
                    .endMetadata()
                    .addToData("release", Base64.getEncoder().encodeToString(packed(secret)))
                    .build();
            var client = cluster.client();
            client.configMaps().inNamespace("default").resource(map).create();
            client.secrets().inNamespace("default").resource(release).create();
            var leaks = new Leaks(canaries())
                    .cluster(cluster)
                    .files(folder, this::isGiven)
                    .printed("output", new Program.Result(0, secret, ""))
                    .printed("messages", new Program.Result(0, "", secret));
            client.configMaps().inNamespace("default").resource(map).delete();
            client.secrets().inNamespace("default").resource(release).delete();

            assertThat(leaks.found().keySet())
                    .contains(
                            "ConfigMap default/" + name,
                            "Secret default/" + name,
                            "file log",
                            "standard output of output",
                            "standard error of messages")
                    .anyMatch(place -> place.startsWith("name of file"))
                    .hasSize(6);
        }
    }

    private static byte[] packed(String text) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var stream = new GZIPOutputStream(packed)) {
            stream.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return Base64.getEncoder().encode(packed.toByteArray());
    }

    @Test
    void areFoundInCommandLinesAndTheEnvironmentOfChildren() throws Exception {
        var line = secret("line");
        var variable = secret("variable");
        try (var watch = new CommandLines(canaries(), Set.of())) {
            var program = new ProcessBuilder(
                            "bash", "-c", "LEAK=\"$1\" sleep 5 & wait", "io.btp.installer.command.Main", variable)
                    .start();
            var other = new ProcessBuilder("bash", "-c", "sleep 5; exit", line).start();
            until(() -> watch.seen().stream().anyMatch(seen -> seen.contains("variable LEAK="))
                    && watch.seen().stream()
                            .anyMatch(seen -> seen.startsWith("command line bash") && seen.contains("cnry-line")));
            program.descendants().forEach(ProcessHandle::destroyForcibly);
            other.descendants().forEach(ProcessHandle::destroyForcibly);
        }
    }
}
