package io.btp.installer.it.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.it.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Signals as a terminal and a system send them, in every phase of a run; closed pipes, full disks and folders that cannot be
 * written to. Each ends with the documented code and a sentence, and the next run goes on.
 */
final class InterruptIT {
    private static final String[] INSTALL = {"install", "--sandbox", "--yes", "--output", "json"};
    private static final String[] UNINSTALL = {
        "uninstall", "--sandbox", "--yes", "--delete-data", "all", "--output", "json"
    };

    @TempDir
    Path folder;

    /**
     * A signal to the program and all that it started, as a terminal sends it.
     *
     * @param phase what the program is at
     * @param at the event that says so
     * @param signals what is sent
     * @param code how the program must end
     */
    private record Interrupt(String phase, Predicate<JsonNode> at, List<String> signals, int code) {}

    private static boolean is(JsonNode event, String type, String kind, String target) {
        return event.path("type").asString().equals(type)
                && event.path("kind").asString("").equals(kind)
                && event.path("target").asString("").startsWith(target);
    }

    private static Predicate<JsonNode> type(String type, String component) {
        return event -> event.path("type").asString().equals(type)
                && event.path("component").asString("").startsWith(component);
    }

    private static final List<Interrupt> OF_AN_INSTALL = List.of(
            new Interrupt("the plan", type("planned", "platform"), List.of("INT"), 130),
            new Interrupt("the checks", type("checked", ""), List.of("TERM"), 143),
            new Interrupt("a step", event -> is(event, "step-started", "CREATE", "release"), List.of("INT"), 130),
            new Interrupt("a wait", event -> is(event, "step-started", "AWAIT", "release"), List.of("HUP"), 129),
            new Interrupt(
                    "a step, twice",
                    event -> is(event, "step-started", "CREATE", "release"),
                    List.of("INT", "INT"),
                    130),
            new Interrupt("the proof at the end", type("component-converged", "platform"), List.of("INT"), 130));

    private static final Interrupt OF_A_REMOVAL =
            new Interrupt("a removal", event -> is(event, "step-started", "DELETE", "release"), List.of("INT"), 130);

    @Test
    void endsAtOnceOrAfterWhatIsInFlightAndGoesOn() throws Exception {
        var program = new Program(folder).within(List.of("setsid"));
        for (var interrupt : OF_AN_INSTALL) {
            isInterrupted(program, interrupt, INSTALL);
        }
        // Nobody reads what it says, and nothing takes what it complains of.
        var unheard = run("btp install --sandbox --yes 2>&- | head -n 1; exit ${PIPESTATUS[0]}");
        assertThat(unheard.code()).as(unheard::words).isZero();
        var status = program.run("status", "--sandbox");
        assertThat(status.code()).as(status::words).isZero();

        isInterrupted(program, OF_A_REMOVAL, UNINSTALL);
        fillsTheDisk();
        assertThat(folder.resolve(".btp/sandbox")).doesNotExist();
        Proof.figure("signals and closed streams, all said and resumed", "%d phases", OF_AN_INSTALL.size() + 1 + 2);
    }

    private static void isInterrupted(Program program, Interrupt interrupt, String... arguments) {
        var isSent = new AtomicBoolean();
        var result = program.watch(
                process -> event -> {
                    if (interrupt.at().test(event) && isSent.compareAndSet(false, true)) {
                        interrupt.signals().forEach(signal -> send(signal, process.pid()));
                    }
                },
                arguments);
        var description = interrupt + "\n" + result.words();
        assertThat(isSent).as(description).isTrue();
        assertThat(result.code()).as(description).isEqualTo(interrupt.code());
        assertThat(result.messages()).as(description).isEmpty();
        var end = result.events().getLast();
        assertThat(end.path("type").asString()).as(description).isEqualTo("result");
        assertThat(end.path("exitCode").asInt()).as(description).isEqualTo(interrupt.code());
        assertThat(end.path("outcome").asString()).as(description).isEqualTo("Interrupted; run again to go on");
        assertThat(said(result)).as(description).contains("Stopping: finishing what is in flight. Once more stops now");
        if (interrupt.signals().size() == 1) {
            assertThat(broken(result)).as(description).isEmpty();
        }
    }

    private static void send(String signal, long group) {
        try {
            var sent = new ProcessBuilder("bash", "-c", "kill -" + signal + " -- -" + group)
                    .inheritIO()
                    .start();
            assertThat(sent.waitFor()).isZero();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("tests are not interrupted", e);
        }
    }

    private static List<String> said(Program.Result result) {
        return result.events().stream()
                .filter(event -> event.path("type").asString().equals("said"))
                .map(event -> event.path("message").asString())
                .toList();
    }

    /** Gives the changes that were begun and not finished: the first signal lets them finish. */
    private static List<String> broken(Program.Result result) {
        var open = new ArrayList<String>();
        for (var event : result.events()) {
            var step = event.path("component").asString("") + " "
                    + event.path("target").asString("");
            if (event.path("kind").asString("").equals("AWAIT")) {
                continue;
            }
            switch (event.path("type").asString()) {
                case "step-started" -> open.add(step);
                case "step-finished" -> open.remove(step);
                default -> {}
            }
        }
        return open;
    }

    /** Runs a line of a shell, in which {@code btp} is the program. */
    private Program.Result run(String line) throws IOException, InterruptedException {
        var errors = folder.resolve("errors");
        var process = shell(line).redirectError(errors.toFile()).start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        return new Program.Result(process.exitValue(), output, Files.readString(errors));
    }

    private ProcessBuilder shell(String line) {
        var builder = new ProcessBuilder("bash", "-c", "btp() { \"" + Program.home() + "/bin/btp\" \"$@\"; }\n" + line)
                .directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("BTP_") || name.equals("KUBECONFIG"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("BTP_STATE_DIR", folder.resolve("state").toString());
        builder.environment().put("COLUMNS", "1000");
        return builder;
    }

    /** On a disk that gets full while it runs, a run goes on without its log; on a full one none begins. */
    private void fillsTheDisk() throws IOException, InterruptedException {
        var full = run("""
                unshare --mount --map-root-user bash -c '
                mount -t tmpfs -o size=16k none .btp/state && head -c 16384 /dev/zero >.btp/state/full 2>/dev/null
                exec "$0" uninstall --sandbox --yes --delete-data all' "%s/bin/btp"
                """.formatted(Program.home()));
        assertThat(full.code()).as(full::words).isEqualTo(4);
        assertThat(full.messages()).as(full::words).contains("No space left on device", "BTP_STATE_DIR");
        hasNoTrace(full);

        var filled = run("""
                unshare --mount --map-root-user bash -c '
                mount -t tmpfs -o size=48k none .btp/state
                exec "$0" uninstall --sandbox --yes --delete-data all' "%s/bin/btp"
                """.formatted(Program.home()));
        assertThat(filled.code()).as(filled::words).isZero();
        assertThat(filled.messages()).as(filled::words).containsOnlyOnce("The debug log cannot be written to");
        hasNoTrace(filled);
    }

    private static void hasNoTrace(Program.Result result) {
        assertThat(result.output() + result.messages())
                .as(result::words)
                .doesNotContain("\tat ", "ErrorManager", "Exception in thread", "Internal error");
    }

    @Test
    void saysWhatCannotBeWrittenTo() throws Exception {
        var state = run("BTP_STATE_DIR=/dev/null/state btp install --yes -f " + answers());
        assertThat(state.code()).as(state::words).isEqualTo(4);
        assertThat(state.messages()).contains("The state folder /dev/null/state/", "BTP_STATE_DIR");
        hasNoTrace(state);

        var log = run("btp plan --sandbox --log-file /dev/null/btp.log");
        assertThat(log.code()).as(log::words).isEqualTo(2);
        assertThat(log.output() + log.messages()).contains("The log file /dev/null/btp.log cannot be written");
        hasNoTrace(log);
    }

    private Path answers() throws IOException {
        return Files.writeString(folder.resolve("answers.yaml"), """
                apiVersion: installer.btp/v1
                installation: {name: acme, domain: btp.acme.example}
                cluster: {mode: sandbox}
                dataPlane: {mode: sandbox}
                objectStore: {mode: sandbox}
                edge: {ingress: {mode: sandbox}, certificates: {mode: sandbox}, records: {mode: sandbox}}
                platform: {license: {username: acme, password: "${env:HOME}", expirationDate: "2099-12-31"}}
                """);
    }

    @Test
    void endsWhileItReadsItsAnswers() throws Exception {
        var answers = folder.resolve("answers");
        assertThat(new ProcessBuilder("mkfifo", answers.toString()).start().waitFor())
                .isZero();
        var errors = folder.resolve("errors").toFile();
        var process = shell("exec setsid " + Program.home() + "/bin/btp install --yes -f answers")
                .redirectError(errors)
                .start();
        // It can be opened only when the program has.
        try (var writing = Files.newOutputStream(answers)) {
            writing.write("apiVersion".getBytes(StandardCharsets.UTF_8));
            send("INT", process.pid());
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        }
        assertThat(process.exitValue()).isEqualTo(130);
        assertThat(errors).isEmpty();
        assertThat(folder.resolve("state")).doesNotExist();
    }

    @Test
    void endsAtItsQuestionWhereATerminalIsInterrupted() throws Exception {
        var process = shell("exec script -qec 'exec " + Program.home() + "/bin/btp install --sandbox' /dev/null")
                .redirectErrorStream(true)
                .start();
        var shown = new StringBuilder();
        try (var reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (int next = reader.read(); next >= 0; next = reader.read()) {
                shown.append((char) next);
                if (shown.toString().endsWith("[y/N] ")) {
                    process.getOutputStream().write(3);
                    process.getOutputStream().flush();
                }
            }
        }
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(shown.toString()).isEqualTo(130);
        assertThat(shown).contains("Go on? [y/N]", "Interrupted; run again to go on");
        assertThat(folder.resolve(".btp/sandbox")).doesNotExist();
    }
}
