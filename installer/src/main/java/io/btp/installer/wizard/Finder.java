package io.btp.installer.wizard;

import io.btp.installer.answers.AnswersTree;
import java.util.List;
import java.util.function.BiConsumer;

/** Finds answers in the world that can be offered to a person. */
@FunctionalInterface
public interface Finder {
    /**
     * Looks around; blocks, and ends promptly when interrupted. Changes nothing; where nothing can be read, nothing is found.
     *
     * @param answers complete or not
     * @param found told the path of a question and the answers to it as YAML on one line, the best one first; once for each
     *     question that something is found for, as soon as it is known
     */
    void find(AnswersTree answers, BiConsumer<String, List<String>> found) throws InterruptedException;
}
