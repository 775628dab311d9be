package io.btp.installer.wizard;

import io.btp.installer.answers.AnswersTree;
import io.btp.installer.event.RunEvent;
import java.util.List;

/** Proves answers against the world while a person goes on answering. */
@FunctionalInterface
public interface Prover {
    /**
     * Proves what one place says; blocks, and ends promptly when interrupted.
     *
     * @param answers of which only those are looked at that the place needs
     * @param place dotted path of the slot
     * @param trials whether what writes is tried, too; it is removed again
     * @return how each check ended; one that failed says so where the place cannot be proved alone
     */
    List<RunEvent.Checked> prove(AnswersTree answers, String place, boolean trials) throws InterruptedException;
}
