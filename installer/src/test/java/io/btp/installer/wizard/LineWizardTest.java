package io.btp.installer.wizard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineWizardTest {
    private static final String BEGUN = """
            apiVersion: installer.btp/v1
            installation: {name: acme, domain: btp.acme.example}
            dataPlane: {postgres: {mode: sandbox}}
            objectStore: {mode: kubernetes}
            """;

    @TempDir
    Path folder;

    private final List<Draft> saved = new ArrayList<>();

    private LineWizard.Outcome walk(String file, Draft draft, Person person, String... only) {
        return walk(Walks.questionnaire(file), (answers, found) -> {}, draft, person, only);
    }

    private LineWizard.Outcome walk(
            Questionnaire questionnaire, Finder finder, Draft draft, Person person, String... only) {
        return new LineWizard(
                        questionnaire,
                        finder,
                        person,
                        new SecretHomes(folder),
                        saved::add,
                        Set.of(only),
                        "btp install -f btp.yaml")
                .walk(draft);
    }

    @Test
    void asksWhatIsNeededAndNothingElse() {
        var person = Person.typing("acme", "btp.acme.example", "2", "4", "", "save");

        var outcome = walk("apiVersion: installer.btp/v1\n", Draft.empty(), person);

        assertThat(outcome.wish()).as(person.seen()).isEqualTo(LineWizard.Wish.SAVE);
        assertThat(outcome.draft().typed())
                .containsEntry("installation.name", "acme")
                .containsEntry("dataPlane.postgres.mode", "sandbox");
        assertThat(person.seen()).contains("The same without questions: btp install -f btp.yaml");
    }

    @Test
    void saysWhatEachChoiceCosts() {
        var person = Person.typing("acme", "btp.acme.example", "?", "2");

        walk("apiVersion: installer.btp/v1\n", Draft.empty(), person);

        var cost = "Adds: 1 pod with a volume, and the operator if missing; usually 7 min";
        assertThat(person.seen().split("who runs it\\?", -1))
                .hasSize(2)
                .satisfies(said -> assertThat(said[0]).contains("PostgreSQL: Fills dataPlane.postgres", cost))
                .satisfies(said -> assertThat(said[1]).contains(cost, "Adds: nothing"));
    }

    @Test
    void saysWhatIsWrongWithAnAnswerAndAsksAgain() {
        var person = Person.typing("Acme_1", "acme");

        var outcome = walk("apiVersion: installer.btp/v1\n", Draft.empty(), person);

        assertThat(outcome.wish()).isEqualTo(LineWizard.Wish.QUIT);
        assertThat(outcome.draft().typed()).containsEntry("installation.name", "acme");
        assertThat(person.seen()).contains("Error: installation.name is \"Acme_1\", expected");
    }

    @Test
    void goesBackAndKeepsWhatWasSaid() {
        var person = Person.typing("acme", "back", "", "btp.acme.example");

        var outcome = walk("apiVersion: installer.btp/v1\n", Draft.empty(), person);

        assertThat(person.seen()).contains("name of the installation [acme]: ");
        assertThat(outcome.draft().typed()).containsKeys("installation.name", "installation.domain");
        assertThat(outcome.draft().stop()).isEqualTo(Page.PARTS);
    }

    @Test
    void comesBackToTheSameQuestion() {
        walk("apiVersion: installer.btp/v1\n", Draft.empty(), Person.typing("acme"));
        var again = Person.typing();

        walk("apiVersion: installer.btp/v1\n", saved.getLast(), again);

        assertThat(again.seen())
                .contains("host name that people open the platform by")
                .doesNotContain("name of the");
    }

    @Test
    void explainsAQuestion() {
        var person = Person.typing("?");

        walk("apiVersion: installer.btp/v1\n", Draft.empty(), person);

        assertThat(person.seen()).contains("installation.name: name of the installation", "example: name: acme");
    }

    @Test
    void keepsATypedSecretInAFileOfItsOwnAndShowsItNowhere() throws IOException {
        var person = Person.typing("", "", "2", "3", "", "db.acme.example", "", "canary-7", "1", "save");

        var outcome = walk(BEGUN, Draft.empty(), person);

        assertThat(outcome.wish()).as(person.seen()).isEqualTo(LineWizard.Wish.SAVE);
        assertThat(outcome.draft().at("dataPlane.postgres.password"))
                .contains("\"${file:btp-secrets/dataPlane.postgres.password}\"");
        var home = folder.resolve("btp-secrets/dataPlane.postgres.password");
        assertThat(home).hasContent("canary-7");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home)))
                .isEqualTo("rw-------");
        assertThat(person.seen()).doesNotContain("canary-7");
        assertThat(saved.toString()).doesNotContain("canary-7");
    }

    @Test
    void refusesASecretThatIsTypedInSight() {
        var person = Person.typing("", "", "2", "3", "", "db.acme.example", "hunter2");

        walk(BEGUN, Draft.empty(), person);

        assertThat(person.seen()).contains("or press Enter to type it hidden").doesNotContain("hunter2");
    }

    @Test
    void asksTheOptionalSettingsOfAPageOnRequest() {
        var person = Person.typing("edit dataPlane.redis", "16Gi", "review", "save");

        var outcome = walk(BEGUN, Draft.empty(), person);

        assertThat(outcome.draft().typed()).as(person.seen()).containsEntry("dataPlane.redis.storage", "16Gi");
    }

    @Test
    void asksOneGroupAloneWhereToldTo() {
        var person = Person.typing("", "16Gi", "review", "save");

        walk(BEGUN, Draft.empty(), person, "redis");

        assertThat(person.seen()).contains("who runs what", "storage").doesNotContain("name of the installation");
    }

    @Test
    void namesAnswersThatMeanNothingAnyMore() {
        var file = BEGUN.replace("{mode: sandbox}", "{mode: byo, host: db, password: '${env:P}'}");
        var person = Person.typing("", "", "2", "4", "", "review");

        var outcome = walk(file, Draft.empty(), person);

        assertThat(person.seen()).contains("Not used any more: dataPlane.postgres.host, dataPlane.postgres.password");
        assertThat(outcome.draft().stop()).isEqualTo("review");
    }

    private LineWizard.Outcome asked(Finder finder, Person person) {
        return walk(
                Walks.suggesting(BEGUN + "edge: {ingress: {mode: byo}}\n"), finder, Draft.empty(), person, "ingress");
    }

    @Test
    void saysBeforeThePromptWhatWasFound() {
        var person = Person.typing("", "", "?", "nginx");

        var outcome = asked(
                (answers, found) -> found.accept("edge.ingress.className", List.of("nginx", "a", "b", "c", "d", "e")),
                person);

        assertThat(person.seen())
                .contains("  found: nginx, a, b, c, d and 1 more\ningress class")
                .contains("    found: nginx, a, b, c, d, e\n");
        assertThat(outcome.draft().typed()).containsEntry("edge.ingress.className", "nginx");
    }

    @Test
    void saysNothingOfWhatIsNoAnswerOrDoesSomethingToATerminal() {
        var person = Person.typing("", "");

        asked(
                (answers, found) -> found.accept(
                        "edge.ingress.className", List.of("[a, list]", "\"evil\\u001B[2J\"", "safe", "\"\"")),
                person);

        assertThat(person.seen()).contains("found: safe\n").doesNotContain("\u001b", "evil", "a, list");
    }

    @Test
    void asksWithoutWhatTakesTooLongToFind() throws InterruptedException {
        var person = Person.typing("", "", "nginx");
        var ended = new CountDownLatch(1);

        var outcome = asked(
                (answers, found) -> {
                    try {
                        new CountDownLatch(1).await();
                    } finally {
                        ended.countDown();
                    }
                },
                person);

        assertThat(person.seen()).doesNotContain("found:");
        assertThat(outcome.draft().typed()).containsEntry("edge.ingress.className", "nginx");
        ended.await();
    }

    @Test
    void looksAgainWhereTheClusterIsReachedInAnotherWay() {
        var person = Person.typing("edit cluster.kubeconfig", "~/other", "edit edge.ingress.className", "");
        Finder finder = (answers, found) -> found.accept(
                "edge.ingress.className",
                answers.at("cluster.kubeconfig").map(it -> "other").stream().toList());

        walk(
                Walks.suggesting(BEGUN + "edge: {ingress: {mode: byo}}\ncluster: {mode: byo}\n"),
                finder,
                Draft.empty(),
                person);

        assertThat(person.seen()).contains("found: other\n");
    }

    @Test
    void savesInAnotherFileOnRequest() {
        var person = Person.typing("acme", "btp.acme.example", "2", "4", "", "save  test.yaml ");

        var outcome = walk("apiVersion: installer.btp/v1\n", Draft.empty(), person);

        assertThat(outcome.wish()).isEqualTo(LineWizard.Wish.SAVE);
        assertThat(outcome.name()).contains("test.yaml");
    }

    @Test
    void leavesWhenTheInputEnds() {
        assertThat(walk(BEGUN, Draft.empty(), Person.typing()).wish()).isEqualTo(LineWizard.Wish.QUIT);
    }

    @Test
    void doesNotInstallWhatIsNotComplete() {
        var person = Person.typing("review", "install", "save");

        var outcome = walk("apiVersion: installer.btp/v1\n", Draft.empty(), person);

        assertThat(outcome.wish()).isEqualTo(LineWizard.Wish.QUIT);
        assertThat(person.seen()).contains("Error: installation.name is missing", "Error: mend what is wrong first");
    }
}
