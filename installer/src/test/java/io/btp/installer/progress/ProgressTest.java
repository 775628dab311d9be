package io.btp.installer.progress;

import static io.btp.installer.progress.Progress.Phase.DONE;
import static io.btp.installer.progress.Progress.Phase.FAILED;
import static io.btp.installer.progress.Progress.Phase.RUNNING;
import static io.btp.installer.progress.Progress.Phase.SKIPPED;
import static io.btp.installer.progress.Progress.Phase.WAITING;
import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.api.Step;
import io.btp.installer.event.RunEvent;
import io.btp.installer.progress.Progress.Note;
import io.btp.installer.progress.Progress.Part;
import io.btp.installer.progress.Progress.Phase;
import io.btp.installer.progress.Progress.Task;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final String POSTGRES = "dataPlane.postgres";

    private static Part part(Story story, String component) {
        return story.progress().parts().stream()
                .filter(part -> part.component().equals(component))
                .findFirst()
                .orElseThrow();
    }

    private static List<Phase> phases(Story story, String component) {
        return part(story, component).tasks().stream().map(Task::phase).toList();
    }

    private static List<String> log(Story story) {
        return story.progress().log().stream().map(Note::text).toList();
    }

    @Test
    void showsWhatHasSomethingToDoInTheOrderOfThePlan() {
        assertThat(Story.begun().progress().parts())
                .extracting(Part::component)
                .containsExactly(POSTGRES, "dataPlane.redis", "identity", "platform");
    }

    @Test
    void waitsForWhatIsPlanned() {
        var story = Story.begun();

        assertThat(phases(story, POSTGRES)).containsExactly(WAITING, WAITING, WAITING);
        assertThat(part(story, POSTGRES).took(story.now())).isEmpty();
    }

    @Test
    void followsAStepFromItsBeginningToItsEnd() {
        var story = Story.begun().starts(POSTGRES, "ready");
        assertThat(part(story, POSTGRES).phase()).isEqualTo(RUNNING);
        assertThat(phases(story, POSTGRES)).containsExactly(WAITING, WAITING, RUNNING);

        story.says(POSTGRES, "ready", "1 of 3");
        assertThat(part(story, POSTGRES).tasks().getLast().message()).isEqualTo("1 of 3");

        story.finishes(POSTGRES, "ready");
        assertThat(phases(story, POSTGRES)).containsExactly(WAITING, WAITING, DONE);
        assertThat(part(story, POSTGRES).tasks().getLast().took(story.now())).contains(Duration.ofSeconds(2));
        assertThat(log(story)).containsExactly("began: create ready", "1 of 3", "done: create ready");
    }

    @Test
    void takesAComponentForDoneOnceItHasConverged() {
        var story = Story.begun().starts(POSTGRES, "ready").finishes(POSTGRES, "ready");
        assertThat(part(story, POSTGRES).phase()).isEqualTo(RUNNING);

        story.tells(new RunEvent.ComponentConverged(POSTGRES));

        assertThat(part(story, POSTGRES).phase()).isEqualTo(DONE);
    }

    @Test
    void measuresAComponentFromItsFirstStepToTheEndOfItsLast() {
        var story = Story.begun()
                .starts(POSTGRES, "namespace btp-data")
                .finishes(POSTGRES, "namespace btp-data")
                .passes(Duration.ofMinutes(1))
                .starts(POSTGRES, "ready")
                .finishes(POSTGRES, "ready")
                .passes(Duration.ofHours(1));

        assertThat(part(story, POSTGRES).took(story.now())).contains(Duration.ofSeconds(63));
    }

    @Test
    void saysWhyAComponentFailedAndHowToMendIt() {
        var story = Story.failed();

        assertThat(part(story, POSTGRES).phase()).isEqualTo(FAILED);
        assertThat(part(story, POSTGRES).because()).isEqualTo("There is no room on the nodes");
        assertThat(phases(story, POSTGRES)).containsExactly(DONE, FAILED, WAITING);
        assertThat(log(story))
                .containsSubsequence(
                        "failed: postgres is not ready",
                        "| 0/3 nodes are available: 3 Insufficient memory.",
                        "remedy: Add a node, or make room");
    }

    @Test
    void saysWhyAComponentWasSkipped() {
        var story = Story.failed();

        assertThat(part(story, "platform").phase()).isEqualTo(SKIPPED);
        assertThat(part(story, "platform").because()).isEqualTo("dataPlane.postgres failed");
    }

    @Test
    void showsWhatWasSaidLastAndAtTheEndHowItEnded() {
        var story = Story.running().tells(new RunEvent.Said(true, "finishing what is in flight"));
        assertThat(story.progress().said()).isEqualTo("finishing what is in flight");

        story.tells(new RunEvent.Finished(130, "Interrupted", List.of(), List.of()));
        assertThat(story.progress().said()).isEqualTo("Interrupted");
    }

    @Test
    void showsTheSameStepAgainWhenItIsDoneAgain() {
        var story = Story.begun()
                .starts(POSTGRES, "ready")
                .finishes(POSTGRES, "ready")
                .starts(POSTGRES, "ready");

        assertThat(phases(story, POSTGRES)).containsExactly(WAITING, WAITING, DONE, RUNNING);
        assertThat(part(story, POSTGRES).tasks()).extracting(Task::id).doesNotHaveDuplicates();
    }

    @Test
    void showsWhatNobodyPlanned() {
        var story = Story.begun().starts("stranger", "thing");

        assertThat(part(story, "stranger").title()).isEmpty();
        assertThat(phases(story, "stranger")).containsExactly(RUNNING);
    }

    @Test
    void showsAStepOnceWhoseBeginningWasNotTold() {
        var story = Story.begun()
                .says("stranger", "thing", "one")
                .says("stranger", "thing", "two")
                .finishes("stranger", "thing");

        assertThat(phases(story, "stranger")).containsExactly(DONE);
    }

    @Test
    void leavesOutWhatHadNothingToDoUnlessItFailed() {
        var story = Story.begun()
                .tells(new RunEvent.ComponentConverged("cluster"))
                .tells(new RunEvent.ComponentSkipped("metrics", "cluster failed"));
        assertThat(story.progress().parts()).hasSize(4);

        story.tells(new RunEvent.ComponentFailed("cluster", Story.FULL));
        assertThat(part(story, "cluster").phase()).isEqualTo(FAILED);
    }

    @Test
    void keepsOneNoteForEachLineAndTheLastOnesOnly() {
        var story = Story.begun().starts(POSTGRES, "ready");
        IntStream.range(0, 1_500).forEach(number -> story.says(POSTGRES, "ready", number + "\nmore"));

        assertThat(log(story)).hasSize(2_000).endsWith("1499", "more").doesNotContain("began: create ready");
    }

    @Test
    void notesWhenSinceTheRunBeganAndWhose() {
        var story = Story.begun()
                .starts(POSTGRES, "ready")
                .tells(new RunEvent.StepFinished(POSTGRES, Step.Kind.CREATE, "ready", Duration.ofSeconds(1)));

        assertThat(story.progress().log())
                .containsExactly(
                        new Note(Duration.ofSeconds(6), POSTGRES, POSTGRES + ": create ready", "began: create ready"),
                        new Note(Duration.ofSeconds(7), POSTGRES, POSTGRES + ": create ready", "done: create ready"));
    }
}
