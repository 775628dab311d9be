package io.btp.installer.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.api.Problem;
import io.btp.installer.event.RunEvent;
import io.btp.installer.screen.Frame;
import io.btp.installer.screen.Frame.Size;
import io.btp.installer.screen.Glyphs;
import io.btp.installer.screen.Goldens;
import io.btp.installer.screen.HostileText;
import io.btp.installer.screen.Input;
import io.btp.installer.screen.Input.Key;
import io.btp.installer.screen.Role;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressViewTest {
    private static final int INPUTS = 4_000;
    private static final Size USUAL = new Size(80, 24);
    private static final String POSTGRES = "dataPlane.postgres";
    private static final List<String> COMPONENTS = List.of(POSTGRES, "dataPlane.redis", "platform", "stranger");

    private final Goldens goldens = new Goldens(ProgressViewTest.class);
    private final Random random = new Random(20270112);

    /** Somebody who watches. */
    private static final class Watcher {
        private final Story story;
        private final ProgressView view;
        private Watch watch = Watch.following();

        Watcher(Story story, Glyphs glyphs) {
            this.story = story;
            this.view = new ProgressView(glyphs);
        }

        Watcher(Story story) {
            this(story, Glyphs.unicode());
        }

        Watcher gives(Input input) {
            watch = view.turn(story.progress(), watch, input);
            return this;
        }

        Watcher presses(Key... keys) {
            for (var key : keys) {
                gives(new Input.Pressed(key));
            }
            return this;
        }

        Watcher types(String text) {
            text.codePoints().forEach(point -> gives(new Input.Typed(point)));
            return this;
        }

        Frame sees(Size size) {
            return view.frame(story.progress(), watch, size, story.now());
        }

        String reads() {
            return sees(USUAL).text();
        }
    }

    private static Story told(Story story, int lines) {
        story.starts(POSTGRES, "ready");
        IntStream.range(0, lines).forEach(number -> story.says(POSTGRES, "ready", "line " + number));
        return story;
    }

    @ParameterizedTest
    @ValueSource(strings = {"80x24", "60x16", "120x40", "40x12", "20x6"})
    void showsARun(String size) {
        var parts = size.split("x");
        var frame = new Watcher(Story.running()).sees(new Size(Integer.parseInt(parts[0]), Integer.parseInt(parts[1])));

        goldens.check("running-" + size, frame);
    }

    @Test
    void showsARunInAscii() {
        var frame = new Watcher(Story.failed(), Glyphs.ascii()).sees(USUAL);

        assertThat(frame.text()).isASCII();
        goldens.check("failed-ascii", frame);
    }

    @Test
    void showsWhatFailedAndWhy() {
        goldens.check("failed", new Watcher(Story.failed()).sees(USUAL));
    }

    @Test
    void showsProblemsAloneWhereAsked() {
        goldens.check("problems", new Watcher(Story.failed()).types("o").sees(USUAL));
    }

    @Test
    void saysThatThereIsNoProblem() {
        assertThat(new Watcher(Story.running()).types("o").reads()).contains("Nothing has failed. o shows everything");
    }

    @Test
    void explainsItsKeys() {
        goldens.check("help", new Watcher(Story.running()).presses(Key.HELP).sees(USUAL));
    }

    @Test
    void givesTheLogMostOfTheScreenWhereAsked() {
        goldens.check("log", new Watcher(told(Story.running(), 40)).types("l").sees(USUAL));
    }

    @Test
    void findsAWord() {
        goldens.check(
                "search",
                new Watcher(Story.running())
                        .types("/btp-data")
                        .presses(Key.ENTER)
                        .sees(USUAL));
    }

    @Test
    void showsTheLogOfTheChosenStepAlone() {
        var watcher = new Watcher(Story.running()).presses(Key.DOWN, Key.DOWN);

        assertThat(watcher.reads())
                .contains("log: dataPlane.postgres: create namespace btp-data", "done: create namespace btp-data")
                .doesNotContain("began: create release btp/keycloak");
    }

    @Test
    void walksOverEveryComponentAndStepToTheLast() {
        var story = told(Story.running(), 1).finishes(POSTGRES, "ready").starts(POSTGRES, "ready");
        var watcher = new Watcher(story);
        IntStream.range(0, 30).forEach(step -> watcher.presses(Key.DOWN));

        assertThat(watcher.reads()).contains("log: platform: create ready");
    }

    @Test
    void scrollsTheLogBackAndFollowsItAgain() {
        var watcher = new Watcher(told(Story.running(), 40));
        assertThat(watcher.reads()).contains("following", "line 39");

        watcher.presses(Key.PAGE_UP);
        assertThat(watcher.reads()).contains("+5 below", "line 34").doesNotContain("line 35");

        watcher.presses(Key.END);
        assertThat(watcher.reads()).contains("following", "line 39");
    }

    @Test
    void takesBackOneThingAfterTheOtherOnEscape() {
        var watcher = new Watcher(Story.running()).presses(Key.DOWN).types("/redis");
        assertThat(watcher.reads()).contains("with \"redis\"");

        watcher.presses(Key.ESCAPE);
        assertThat(watcher.reads()).contains("log: dataPlane.postgres").doesNotContain("redis\"");

        watcher.presses(Key.ESCAPE);
        assertThat(watcher.reads()).contains("log: everything");
    }

    @Test
    void takesLettersForWordsWhileSomethingIsLookedFor() {
        assertThat(new Watcher(Story.running()).types("/foolq").reads()).contains("with \"foolq\"", "Nothing to show");
    }

    @Test
    void looksAtWhatIsWrong() {
        var frame = new Watcher(Story.failed()).sees(USUAL);

        assertThat(frame.lines().stream().flatMap(line -> line.runs().stream()).filter(run -> run.role() == Role.BAD))
                .extracting(run -> run.text().strip())
                .contains("✗", "failed", "There is no room on the nodes");
    }

    @Test
    void showsNothingThatDoesSomethingToATerminal() {
        for (int number = 0; number < 200; number++) {
            var hostile = HostileText.of(random);
            var problem = Problem.of(Problem.Reason.FAILED, hostile, hostile).evidence(List.of(hostile));
            var watcher = new Watcher(new Story()
                    .tells(new RunEvent.Started("r", hostile, hostile, "1", true))
                    .plans(hostile, hostile, hostile)
                    .starts(hostile, hostile)
                    .says(hostile, hostile, hostile)
                    .tells(new RunEvent.ComponentFailed(hostile, problem))
                    .tells(new RunEvent.Said(true, hostile)));
            watcher.presses(Key.DOWN).types("/").gives(new Input.Pasted(hostile));
            assertThat(watcher.reads().replace("\n", "")).doesNotContainPattern("\\p{C}|\\p{M}");
        }
    }

    @Test
    void showsAnyRunOnAnyScreenWhateverIsPressed() {
        var story = Story.begun();
        var watcher = new Watcher(story, Glyphs.unicode());
        for (int number = 0; number < INPUTS; number++) {
            happens(story);
            watcher.gives(input());
            var size = new Size(random.nextInt(1, 130), random.nextInt(1, 45));
            assertThat(watcher.sees(size).lines()).hasSize(size.rows());
        }
    }

    private void happens(Story story) {
        var component = COMPONENTS.get(random.nextInt(COMPONENTS.size()));
        var target = random.nextInt(4) == 0 ? HostileText.of(random) : "ready";
        switch (random.nextInt(9)) {
            case 0 -> story.starts(component, target);
            case 1 -> story.says(component, target, HostileText.of(random));
            case 2 -> story.finishes(component, target);
            case 3 -> story.tells(new RunEvent.ComponentConverged(component));
            case 4 -> story.tells(new RunEvent.ComponentFailed(component, Story.FULL));
            case 5 -> story.tells(new RunEvent.ComponentSkipped(component, HostileText.of(random)));
            case 6 -> story.tells(new RunEvent.Said(false, HostileText.of(random)));
            case 7 -> story.plans(component, HostileText.of(random), target, "ready");
            default -> story.tells(new RunEvent.Finished(0, HostileText.of(random), List.of(), List.of()));
        }
    }

    private Input input() {
        var keys = Key.values();
        return switch (random.nextInt(4)) {
            case 0 -> new Input.Typed("/olf?abc".charAt(random.nextInt(8)));
            case 1 -> new Input.Pasted(HostileText.of(random));
            case 2 -> new Input.Typed(0x1f600);
            default -> new Input.Pressed(keys[random.nextInt(keys.length)]);
        };
    }
}
