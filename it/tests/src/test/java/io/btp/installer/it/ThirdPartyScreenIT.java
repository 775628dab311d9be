package io.btp.installer.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A plugin of somebody else in the wizard: what it asks, checks and gets wrong, and what it must not do to a terminal. */
class ThirdPartyScreenIT {
    private static final String SHOWN = "F1 help";
    private static final int MOST_CHOICES = 6;

    /** What the whole screen sends by itself: places, ways to the right, looks without background, modes, the size of what scrolls. */
    private static final Pattern OWN =
            Pattern.compile("\u001b(?:\\[\\d+;\\d+H|\\[\\d+C|\\[H\u001b\\[2?J|\\[(?:0|1|7|2[2-7]|3[0-79])?m"
                    + "|\\[\\?(?:1|7|12|25|1049|2004)[hl]|\\[22;0;0t|\\[23;0;0t|\\(B|[=>])");

    @TempDir
    private Path folder;

    @BeforeEach
    void trust() throws IOException {
        ZonePlugin.pack(folder.resolve("plugins/acme"), "acme", AcmePlugin.class, AcmePlugin.CLASSES);
        var trusted = program("").run("plugins", "trust", "plugins/acme");
        assertThat(trusted.code()).as(trusted::words).isZero();
    }

    private Map<String, String> variables(String fault) {
        return Map.of(
                "XDG_CONFIG_HOME", folder.resolve("config").toString(),
                "ACME_FAULT", fault,
                "ACME_GATE", folder.resolve("gate").toString());
    }

    private Program program(String fault) {
        var program = new Program(folder);
        variables(fault).forEach(program::with);
        return program;
    }

    private Tmux wizard(String fault) throws IOException, InterruptedException {
        return Tmux.run(folder, 100, 40, variables(fault), "wizard", "--sandbox", "--plugins-dir", "plugins")
                .await(SHOWN);
    }

    /** Goes to who runs what, and there to the logs. */
    private static Tmux atLogs(Tmux terminal) throws IOException, InterruptedException {
        terminal.key("Enter").await("who runs what");
        for (var page = terminal.screen(); !page.contains("▸ logs"); page = terminal.screen()) {
            var before = page;
            terminal.key("Down").await("another line", screen -> !screen.equals(before));
        }
        return terminal;
    }

    /** Goes to the page of the plugin. */
    private static Tmux atAcme(Tmux terminal) throws IOException, InterruptedException {
        atLogs(terminal);
        choose(terminal, "Acme Logs (acme)");
        return terminal.key("Enter").await("days to keep");
    }

    private static void choose(Tmux terminal, String option) throws IOException, InterruptedException {
        for (int turn = 0; !isChosen(terminal.screen(), option); turn++) {
            assertThat(turn).as(terminal.screen()).isLessThan(MOST_CHOICES);
            var before = terminal.screen();
            terminal.key("Space").await("another choice", screen -> !screen.equals(before));
        }
    }

    private static boolean isChosen(String screen, String option) {
        return screen.lines().anyMatch(line -> line.contains("(•)") && line.contains(option));
    }

    /** Waits for words wherever lines are broken. */
    private static void awaitWords(Tmux terminal, String words) throws IOException, InterruptedException {
        terminal.await("\"" + words + "\"", screen -> flat(screen).contains(words));
    }

    private static String flat(String screen) {
        return screen.replaceAll("\\s+", " ");
    }

    private static void leaves(Tmux terminal) throws IOException, InterruptedException {
        terminal.key("C-c").await("Leave?").key("C-c");
        assertThat(terminal.awaitExit()).as(terminal.history()).isEqualTo(130);
        terminal.assertTerminalAsBefore();
    }

    @Test
    void asksProvesAndSavesWhatThePluginWants() throws IOException, InterruptedException {
        try (var terminal = wizard("")) {
            assertThat(flat(atLogs(terminal).screen())).contains("( ) Acme Logs (acme) Keeps logs at Acme.");
            terminal.key("Escape").await("name of the installation");
            atAcme(terminal).await("Acme Logs: Keeps logs at Acme.");

            terminal.key("F1").await("Key in the answers file: observability.logs.days");
            assertThat(flat(terminal.screen())).contains("Acme deletes what is older", "Auditors like 90.", "1 to 365");
            terminal.key("Escape").await("Tab move");

            terminal.type("999").key("Enter");
            awaitWords(terminal, "expected a whole number: 1 to 365");
            terminal.key("C-u").type("13").key("F5");
            awaitWords(terminal, "breaks the rule \"not thirteen\": 13 brings bad luck");

            terminal.key("C-u").type("30").key("F5").await("Being proved; you need not wait");
            terminal.key("Down")
                    .await("▸ [ ] Show optional settings")
                    .key("Space")
                    .await("colour");
            Files.createFile(folder.resolve("gate"));
            terminal.await("failed: Acme does not answer");
            assertThat(flat(terminal.screen())).contains("because its door is closed remedy: Ring the bell");

            terminal.key("Enter").await("What you said");
            assertThat(flat(terminal.screen())).contains("the proof of some answers failed", "Acme does not answer");
            terminal.key("Down", "Down", "Down")
                    .await("▸ Save the answers file")
                    .key("Enter");
            assertThat(terminal.awaitExit()).as(terminal.history()).isZero();
            terminal.assertTerminalAsBefore();
        }
        assertThat(folder.resolve("btp.yaml")).content().contains("mode: acme", "days: 30");
    }

    @ParameterizedTest
    @CsvSource({
        "form, Provider acme.logs of observability.logs (in acme.jar) has a fault: it cannot say what it is:",
        "null, Provider acme.logs of observability.logs (in acme.jar) has a fault: it cannot say what it is:",
        "default, 'Provider acme.logs of observability.logs (in acme.jar) has a fault: the default of its question colour is'",
        "description, Provider io.btp.installer.it.AcmePlugin$AcmeLogs (in acme.jar) has a fault: it cannot say what it is:",
    })
    void namesAPluginThatCannotBeUsedAndGoesOnWithoutIt(String fault, String words)
            throws IOException, InterruptedException {
        try (var terminal = wizard(fault)) {
            var page = flat(atLogs(terminal).screen());
            assertThat(page)
                    .contains("Left out: Plugin", "plugins/acme could not be started: " + words)
                    .contains("Ask the author of test-acme 1.0.0", "Stand-in")
                    .doesNotContain("Acme Logs");
            terminal.key("Enter").await("▸ Show the plan");
            leaves(terminal);
            assertThat(flat(terminal.history())).contains(words, "remedy: Ask the author of test-acme 1.0.0");
        }
        var listed = program(fault).run("plugins", "list", "--plugins-dir", "plugins");
        assertThat(listed.code()).as(listed::words).isZero();
        assertThat(listed.messages()).contains(words);
        Files.writeString(folder.resolve("btp.yaml"), """
                version: 1
                installation: {name: acme, domain: acme.example}
                observability:
                  logs: {mode: acme, days: 30}
                """);
        var needed = program(fault).run("install", "--yes", "--plugins-dir", "plugins");
        assertThat(needed.code()).as(needed::words).isEqualTo(8);
        assertThat(needed.words()).contains(words);
    }

    @Test
    void namesAPluginWhoseRulesFailAndLetsSomebodyElseBeChosen() throws IOException, InterruptedException {
        var words = "names who cannot be used: Provider acme.logs of observability.logs (in acme.jar) has a fault:"
                + " its form failed: java.lang.IllegalStateException: bad on purpose. Choose somebody else.";
        try (var terminal = atAcme(wizard("rule"))) {
            terminal.type("30").key("Tab");
            awaitWords(terminal, words);
            terminal.key("Enter").await("To be mended");
            awaitWords(terminal, words);
            choose(terminal.key("Enter").await("▸ logs"), "Stand-in");
            terminal.key("Enter").await("▸ Show the plan");
            leaves(terminal);
        }
    }

    @Test
    void namesAPluginWhoseCheckFailsInAWayThatNoCheckMay() throws IOException, InterruptedException {
        try (var terminal = atAcme(wizard("check"))) {
            terminal.type("30").key("F5").await("failed: ");
            awaitWords(terminal, "Provider acme.logs of observability.logs (in acme.jar) has a fault");
            terminal.key("Enter").await("▸ Show the plan");
            leaves(terminal);
        }
    }

    @Test
    void leavesAlthoughACheckGoesOnAndOn() throws IOException, InterruptedException {
        try (var terminal = atAcme(wizard(""))) {
            terminal.type("30").key("F5").await("Being proved; you need not wait");
            leaves(terminal);
        }
    }

    @Test
    void showsHostileWordsWithoutDoingWhatTheySay() throws IOException, InterruptedException {
        Files.createFile(folder.resolve("gate"));
        try (var terminal = atAcme(wizard("hostile"))) {
            terminal.key("F1").await("Auditors like 90.");
            isHarmless(terminal.screen());
            terminal.key("Escape").await("Tab move").type("30").key("F5").await("Acme does not answer");
            awaitWords(terminal, "Ring the bell");
            isHarmless(terminal.screen());
            assertThat(terminal.coloured()).doesNotContain("\u001b[42m");
            assertThat(terminal.title()).isNotEqualTo("title");
            leaves(terminal);
        }
    }

    private static void isHarmless(String screen) {
        assertThat(screen)
                .startsWith(" BTP installer")
                .contains("EVIL")
                .doesNotContain("\u202e", "\u2066", "\u200b", "\u0301");
        assertThat(screen.lines().toList().get(1)).isEqualTo("─".repeat(100));
    }

    @ParameterizedTest
    @CsvSource({"full, true", "line, false"})
    void sendsNoControlOfAHostileRunToTheTerminal(String ui, boolean isWhole) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("events.ndjson"), events());
        try (var terminal = Terminal.run(
                folder, Map.of(), "replay", "events.ndjson", "--ui", ui, "--speed", "10", "--color", "never")) {
            assertThat(terminal.end()).as(terminal.screen()).isZero();
            var sent = terminal.screen();
            assertThat(sent).contains("EVIL");
            assertThat(sent.contains("\u001b[?1049h")).isEqualTo(isWhole);
            sendsNothingOfOthers(sent);
        }
    }

    private static void sendsNothingOfOthers(String sent) {
        assertThat(OWN.matcher(sent).replaceAll("").replaceAll("[\r\n]", "")).doesNotContainPattern("[\\p{Cc}\\p{Cf}]");
    }

    @Test
    void asksHostileQuestionsLineByLineWithoutDoingWhatTheySay() throws IOException, InterruptedException {
        try (var terminal = Terminal.run(
                folder, variables("hostile"), "wizard", "--sandbox", "--plugins-dir", "plugins", "--ui", "line")) {
            terminal.answer("name of the installation", "").answer("[btp.localhost]: ", "");
            terminal.await("Number to change").type(number(terminal, "logs"));
            terminal.await("1 to ").type(number(terminal, "(?:(?!\\d\\) )[\\s\\S])*?Acme Logs"));
            terminal.answer("Number to change", "")
                    .answer("days to keep", "?")
                    .answer("days to keep", "30")
                    .answer("[plan]: ", "quit");
            assertThat(terminal.end()).as(terminal.screen()).isEqualTo(130);
            assertThat(terminal.screen()).contains("EVIL");
            sendsNothingOfOthers(terminal.screen());
        }
    }

    /** Gives the number before an item of the list that was shown last. */
    private static String number(Terminal terminal, String item) {
        return Pattern.compile("(\\d+)\\) " + item)
                .matcher(terminal.screen())
                .results()
                .map(found -> found.group(1))
                .toList()
                .getLast();
    }

    private static String events() {
        var lines = new StringBuilder();
        lines.append(event(
                0, "started", "'run':'r','command':'install','installation':'EVIL','version':'1','sandbox':true"));
        lines.append(event(
                0,
                "planned",
                "'component':'EVIL','title':'EVIL','provider':'EVIL','blocked':null,'steps':[{'kind':'CREATE','target':'EVIL',"
                        + "'reason':'EVIL','changes':[],'impact':'NONE','after':[],'usually':null,'cost':null}]"));
        lines.append(event(1, "step-started", "'component':'EVIL','kind':'CREATE','target':'EVIL','usually':null"));
        lines.append(
                event(6, "step-progressed", "'component':'EVIL','kind':'CREATE','target':'EVIL','message':'EVIL'"));
        lines.append(event(11, "said", "'warning':true,'message':'EVIL'"));
        lines.append(event(
                21,
                "step-failed",
                "'component':'EVIL','kind':'CREATE','target':'EVIL','problem':{'reason':'FAILED','summary':'EVIL',"
                        + "'evidence':['EVIL'],'remedy':'EVIL','causes':[]}"));
        lines.append(event(31, "component-skipped", "'component':'EVIL other','because':'EVIL'"));
        lines.append(event(41, "finished", "'exitCode':5,'outcome':'EVIL','problems':[],'next':['EVIL']"));
        return lines.toString();
    }

    private static String event(int second, String type, String fields) {
        var hostile = new StringBuilder();
        AcmePlugin.HOSTILE.chars().forEach(unit -> hostile.append("\\u%04x".formatted(unit)));
        return "{'v':1,'at':'2026-01-01T00:00:%02dZ','type':'%s',%s}\n"
                .formatted(second, type, fields)
                .replace('\'', '"')
                .replace("EVIL", hostile);
    }
}
