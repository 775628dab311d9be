package io.btp.installer.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The wizard and a run on the whole screen of a terminal, as a person meets them. */
class ScreenIT {
    private static final String SHOWN = "F1 help";
    private static final int MOST_KEYS = 20;
    private static final int MOST_QUESTIONS = 12;
    private static final Pattern LOOKS = Pattern.compile("\u001b\\[([0-9;]*)m");

    @TempDir
    private Path folder;

    private Tmux wizard(int columns, int rows, Map<String, String> variables) throws IOException, InterruptedException {
        return Tmux.run(folder, columns, rows, variables, "wizard", "--sandbox");
    }

    @Test
    void leadsInAFewKeysFromNothingToARunningPlatform() throws IOException, InterruptedException {
        try (var terminal = wizard(80, 24, Map.of()).await(SHOWN)) {
            int keys = 0;
            int questions = 0;
            for (var page = terminal.screen(); !isReview(page); page = terminal.screen()) {
                var left = page;
                terminal.key("Enter").await("other page", screen -> !screen.equals(left) && screen.contains(SHOWN));
                keys++;
                questions++;
                assertThat(keys).as(page).isLessThan(MOST_KEYS);
            }
            terminal.key("Down", "Down").await("▸ Install").key("Enter").await("Go on? [y/N]");
            terminal.type("y").key("Enter").await(" steps,");
            keys += 5;
            questions += 2;
            assertThat(terminal.awaitExit()).as(terminal.history()).isZero();
            assertThat(terminal.screen()).contains("Installed (embedded sandbox");
            terminal.assertTerminalAsBefore();
            System.out.printf(
                    "figure: %-45s %d keys, %d questions%n", "wizard, first walk on the sandbox", keys, questions);
            assertThat(keys).isLessThanOrEqualTo(MOST_KEYS);
            assertThat(questions).isLessThanOrEqualTo(MOST_QUESTIONS);
        }
    }

    private static boolean isReview(String screen) {
        return screen.lines().findFirst().orElse("").contains(" review ");
    }

    @Test
    void goesBackToTheReviewWhenThePlanHasBeenRead() throws IOException, InterruptedException {
        try (var terminal = wizard(80, 24, Map.of()).await(SHOWN)) {
            terminal.key("Enter").await("who runs what").key("Enter").await("▸ Show the plan");
            terminal.key("Enter").await("Enter goes back to the wizard.");
            assertThat(terminal.screen()).contains("steps to do");
            terminal.key("Enter").await("▸ Show the plan");
            terminal.key("Down", "Down", "Down")
                    .await("▸ Save the answers file")
                    .key("Enter");
            assertThat(terminal.awaitExit()).as(terminal.history()).isZero();
            assertThat(folder.resolve("btp.yaml")).exists();
            terminal.assertTerminalAsBefore();
        }
    }

    @ParameterizedTest
    @CsvSource({"60, 16", "80, 24", "120, 40"})
    void fillsATerminalOfEverySizeThatCanBeRead(int columns, int rows) throws IOException, InterruptedException {
        try (var terminal = wizard(columns, rows, Map.of()).await(SHOWN)) {
            fits(terminal.screen(), columns, rows);
            leaves(terminal);
        }
    }

    private static void fits(String screen, int columns, int rows) {
        var lines = screen.lines().toList();
        assertThat(lines)
                .as(screen)
                .hasSize(rows)
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(columns));
        assertThat(lines.getFirst()).startsWith(" BTP installer").hasSize(columns - 1);
        assertThat(lines.get(1)).isEqualTo("─".repeat(columns));
        assertThat(lines.getLast()).contains(SHOWN);
    }

    private static void leaves(Tmux terminal) throws IOException, InterruptedException {
        terminal.key("C-c").await("Leave?").key("C-c");
        assertThat(terminal.awaitExit()).as(terminal.history()).isEqualTo(130);
        terminal.assertTerminalAsBefore();
    }

    @Test
    void saysThatATerminalIsTooSmallUntilItIsLarger() throws IOException, InterruptedException {
        try (var terminal = Tmux.run(folder, 40, 12, Map.of(), "wizard", "--sandbox", "--ui", "full")) {
            terminal.await("Terminal is 40x12");
            terminal.resize(80, 24);
            terminal.await(SHOWN);
            fits(terminal.screen(), 80, 24);
            terminal.resize(50, 15);
            terminal.await("Terminal is 50x15").key("C-c", "C-c");
            assertThat(terminal.awaitExit()).as(terminal.history()).isEqualTo(130);
            terminal.assertTerminalAsBefore();
        }
    }

    @Test
    void losesNoKeyWhileItsSizeChanges() throws IOException, InterruptedException {
        var name = "abcdefghijklmnopqrst";
        try (var terminal = wizard(80, 24, Map.of()).await(SHOWN).key("C-u")) {
            for (int index = 0; index < name.length(); index++) {
                terminal.resize(60 + 7 * (index % 9), 16 + 3 * (index % 8));
                terminal.type(name.substring(index, index + 1));
            }
            terminal.resize(100, 30);
            terminal.await("[ " + name + " ")
                    .await(
                            "the key line at the end",
                            screen -> screen.lines().toList().getLast().contains(SHOWN));
            fits(terminal.screen(), 100, 30);
            leaves(terminal);
        }
    }

    @Test
    void writesOnlyWhatTheTerminalCanShow() throws IOException, InterruptedException {
        var plain = Map.of("LC_ALL", "C", "LC_CTYPE", "", "LANG", "");
        try (var terminal = wizard(80, 24, plain).await(SHOWN)) {
            assertThat(terminal.screen()).satisfies(ScreenIT::isAscii);
            assertThat(terminal.key("Enter").await("who runs what").screen()).satisfies(ScreenIT::isAscii);
            assertThat(terminal.key("Enter").await("> Show the plan").screen()).satisfies(ScreenIT::isAscii);
            terminal.key("Down", "Down", "Enter")
                    .await("Go on? [y/N]")
                    .type("y")
                    .key("Enter");
            assertThat(terminal.await(" steps,").screen()).satisfies(ScreenIT::isAscii);
            assertThat(terminal.awaitExit()).as(terminal.history()).isZero();
            assertThat(terminal.history()).satisfies(ScreenIT::isAscii);
        }
    }

    private static void isAscii(String screen) {
        assertThat(StandardCharsets.US_ASCII.newEncoder().canEncode(screen))
                .as(screen)
                .isTrue();
        assertThat(screen).doesNotContain("???");
    }

    @Test
    void isColouredOnlyWhereColoursAreWanted() throws IOException, InterruptedException {
        try (var terminal = wizard(80, 24, Map.of()).await(SHOWN)) {
            assertThat(colours(terminal.coloured())).isNotEmpty();
            leaves(terminal);
        }
        try (var terminal = wizard(80, 24, Map.of("NO_COLOR", "1")).await(SHOWN)) {
            assertThat(colours(terminal.coloured())).isEmpty();
            assertThat(terminal.coloured()).as("what has the focus").contains("\u001b[7m");
            leaves(terminal);
        }
    }

    private static List<Integer> colours(String screen) {
        return LOOKS.matcher(screen)
                .results()
                .flatMap(look -> Arrays.stream(look.group(1).split(";")))
                .filter(number -> !number.isEmpty())
                .map(Integer::valueOf)
                .filter(number -> (number >= 30 && number <= 38) || (number >= 90 && number <= 97))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"TERM, dumb", "TERM, ''", "ACCESSIBLE, 1", "CI, true"})
    void asksLineByLineWhereTheWholeScreenIsOfNoUse(String name, String value)
            throws IOException, InterruptedException {
        try (var terminal = wizard(80, 24, Map.of(name, value)).await("Page 1 of")) {
            terminal.await("name of the installation").type("quit").key("Enter");
            assertThat(terminal.awaitExit()).as(terminal.history()).isEqualTo(130);
            terminal.assertTerminalAsBefore();
        }
    }

    @ParameterizedTest
    @CsvSource({"</dev/null", ">output", "<script"})
    void asksNothingWhereOnlyHalfOfItIsATerminal(String redirected) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("script"), "demo\n");
        try (var terminal = Tmux.run(folder, 80, 24, Map.of(), "wizard", "--sandbox", "--ui", "full", redirected)) {
            assertThat(terminal.awaitExit()).as(terminal.history()).isEqualTo(2);
            assertThat(terminal.history()).contains("nobody can be asked here");
            terminal.assertTerminalAsBefore();
        }
    }

    @Test
    void keepsWhatWasSaidWhenItIsLeft() throws IOException, InterruptedException {
        try (var terminal = wizard(80, 24, Map.of()).await(SHOWN)) {
            terminal.key("C-u").type("acme").key("Tab").await("BTP installer  acme");
            terminal.key("C-c")
                    .await("Leave?")
                    .key("Escape")
                    .await("the page again", screen -> !screen.contains("Leave?"));
            leaves(terminal);
        }
        try (var terminal = wizard(80, 24, Map.of()).await("BTP installer  acme")) {
            leaves(terminal);
        }
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "HUP, 129", "INT, 130"})
    void leavesTheTerminalAsItWasWhenItIsEnded(String signal, int code) throws IOException, InterruptedException {
        try (var terminal = wizard(80, 24, Map.of()).await(SHOWN)) {
            terminal.signal(signal);
            assertThat(terminal.awaitExit()).as(terminal.history()).isEqualTo(code);
            terminal.assertTerminalAsBefore();
        }
    }

    @Test
    void stopsARunThatIsInterruptedAndGoesOnWithTheNext() throws IOException, InterruptedException {
        try (var terminal = Tmux.run(folder, 80, 24, Map.of(), "install", "--sandbox", "--yes")
                .await(" steps,")) {
            terminal.key("C-c").await("Stopping: finishing what is in flight");
            assertThat(terminal.awaitExit()).as(terminal.history()).isEqualTo(130);
            assertThat(terminal.history()).contains("Interrupted; run again to go on");
            terminal.assertTerminalAsBefore();
        }
        try (var terminal = Tmux.run(folder, 80, 24, Map.of(), "install", "--sandbox", "--yes")
                .await(" steps,")) {
            assertThat(terminal.awaitExit()).as(terminal.history()).isZero();
            assertThat(terminal.history()).containsOnlyOnce("Installed (embedded sandbox");
            terminal.assertTerminalAsBefore();
        }
        var events = events();
        try (var terminal = Tmux.run(folder, 80, 24, Map.of(), "replay", events, "--ui", "full", "--speed", "10")) {
            terminal.await(" steps,");
            assertThat(terminal.awaitExit()).as(terminal.history()).isZero();
            terminal.assertTerminalAsBefore();
        }
    }

    private String events() throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.endsWith("events.ndjson"))
                    .sorted()
                    .toList()
                    .getLast()
                    .toString();
        }
    }

    @Test
    void isWholeAgainWhenItGoesOnAfterAStop() throws IOException, InterruptedException {
        try (var terminal = wizard(80, 24, Map.of()).await(SHOWN).key("C-u").type("acme")) {
            var before = terminal.await("[ acme ").screen();
            terminal.stop();
            terminal.scribble("\u001bc" + "garbage ".repeat(200));
            terminal.makeSane();
            terminal.await("garbage garbage").signal("CONT");
            terminal.await("the frame as it was", before::equals);

            terminal.type("e").await("[ acmee ").key("Tab").await("BTP installer  acmee");
            fits(terminal.screen(), 80, 24);
            leaves(terminal);
        }
    }

    @Test
    void isWholeAgainInTheSizeThatTheTerminalHasAfterAStop() throws IOException, InterruptedException {
        try (var terminal = wizard(80, 24, Map.of()).await(SHOWN)) {
            terminal.stop();
            terminal.resize(100, 30);
            terminal.scribble("\u001b[2Jgarbage");
            terminal.await("garbage").signal("CONT");
            terminal.await(SHOWN);
            fits(terminal.screen(), 100, 30);
            leaves(terminal);
        }
    }

    @Test
    void isDrawnAnewByCtrlL() throws IOException, InterruptedException {
        try (var terminal = wizard(80, 24, Map.of()).await(SHOWN)) {
            var before = terminal.screen();
            terminal.scribble("\u001b[5;5Hgarbage\u001b[12;1H\u001b[2K");
            terminal.await("garbage").key("C-l").await("the frame as it was", before::equals);
            leaves(terminal);
        }
    }

    @Test
    void showsARunWholeAgainWhenItGoesOnAfterAStop() throws IOException, InterruptedException {
        var run = new Program(folder).run("install", "--sandbox", "--yes");
        assertThat(run.code()).as(run::words).isZero();
        try (var terminal = Tmux.run(folder, 80, 24, Map.of(), "replay", events(), "--ui", "full", "--speed", "0.1")) {
            terminal.await(SHOWN).stop();
            terminal.scribble("\u001bc" + "garbage ".repeat(200));
            terminal.makeSane();
            terminal.await("garbage garbage").signal("CONT");
            terminal.await("the run", screen -> screen.contains(SHOWN) && !screen.contains("garbage"));
            assertThat(terminal.screen()).startsWith(" BTP installer");
            terminal.scribble("\u001b[H\u001b[2Jgarbage");
            terminal.await("garbage").key("C-l");
            terminal.await("the run", screen -> screen.contains(SHOWN) && !screen.contains("garbage"));
            terminal.key("C-c");
            terminal.awaitExit();
            terminal.assertTerminalAsBefore();
        }
    }

    @Test
    void takesALongSecretAtOnceAndShowsItNowhere() throws IOException, InterruptedException {
        var canary = "canary-pasted-7e3";
        var secret = IntStream.range(0, 450)
                .mapToObj(part -> canary + "%x".formatted(part % 16))
                .reduce("", String::concat);
        assertThat(secret).hasSizeGreaterThan(8_000);
        try (var terminal = Tmux.run(folder, 80, 24, Map.of(), "wizard").await(SHOWN)) {
            terminal.type("acme").key("Tab").type("btp.acme.example").key("Enter");
            terminal.await("▸ object store").key("Space").await("(•) Existing S3 bucket");
            terminal.key("Enter")
                    .await("▸ endpoint")
                    .type("https://s3.acme.example")
                    .key("Enter");
            terminal.await("▸ bucket")
                    .type("btp")
                    .key("Enter")
                    .await("▸ access key")
                    .type("${env:S3_KEY}")
                    .key("Enter");
            terminal.await("▸ secret key");
            var begin = System.nanoTime();
            terminal.paste(secret + "\n");
            terminal.await("what was pasted were left out").await("•••••");
            var took = Duration.ofNanos(System.nanoTime() - begin);
            System.out.printf("figure: %-45s %d ms%n", "paste of 8 KB, until it is seen", took.toMillis());
            assertThat(took).isLessThan(Duration.ofSeconds(10));
            assertThat(terminal.history()).doesNotContain(canary);

            terminal.key("Enter").await("Where is this secret to be kept?");
            assertThat(terminal.history()).doesNotContain(canary);
            terminal.key("Enter").await("review page", ScreenIT::isReview);
            assertThat(terminal.history()).doesNotContain(canary);
            leaves(terminal);
            assertThat(terminal.history()).doesNotContain(canary);
        }
        assertThat(filesWith(canary)).containsExactly(folder.resolve("btp-secrets/objectStore.secretKey"));
        assertThat(folder.resolve("btp-secrets/objectStore.secretKey")).hasContent(secret);
    }

    private List<Path> filesWith(String text) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> contentContains(file, text))
                    .toList();
        }
    }

    private static boolean contentContains(Path file, String text) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException gone) {
            return false;
        }
    }

    @Test
    void isThereAlthoughTheTerminalAnswersNothingAndHasNoSize() throws IOException, InterruptedException {
        try (var terminal = Terminal.run(folder, Map.of(), "wizard", "--sandbox")) {
            terminal.await("BTP installer").answer("leave", "\u0003");
            assertThat(terminal.end()).as(terminal.screen()).isEqualTo(130);
        }
    }
}
