package io.btp.installer.command;

import io.btp.installer.engine.Drawn;
import io.btp.installer.engine.Engine;
import io.btp.installer.engine.Stop;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Asks the user whether a plan is to be carried out. */
final class Confirming implements Engine.Confirmation {
    private final Surroundings surroundings;
    private final Stop stop;
    private final boolean yes;

    /**
     * Asks where it has to.
     *
     * @param yes the user has said so already
     */
    Confirming(Surroundings surroundings, Stop stop, boolean yes) {
        this.surroundings = surroundings;
        this.stop = stop;
        this.yes = yes;
    }

    @Override
    public boolean isGiven(Drawn plan) throws InterruptedException {
        if (yes) {
            return true;
        }
        surroundings.messagesPage(CommonOptions.Color.auto).print(PlanText.counts(plan.events()));
        return isAnswered("Go on?");
    }

    /** Asks a question, unless the user has said yes to all. */
    boolean agrees(String question) throws InterruptedException {
        return yes || isAnswered(question);
    }

    private boolean isAnswered(String question) throws InterruptedException {
        surroundings.messages().print(question + " [y/N] ");
        surroundings.messages().flush();
        var answer = new CompletableFuture<String>();
        // A read from the terminal cannot be interrupted; the program may end around it.
        Thread.ofPlatform().daemon().name("confirmation").start(() -> answer.complete(line()));
        return stop.abandonable(() -> isYes(answer));
    }

    private static boolean isYes(CompletableFuture<String> answer) throws InterruptedException {
        try {
            var word = answer.get().trim().toLowerCase(Locale.ROOT);
            return word.equals("y") || word.equals("yes");
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("it is only completed", impossible);
        }
    }

    private static String line() {
        try {
            var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            var line = input.readLine();
            return line == null ? "" : line;
        } catch (IOException closed) {
            return "";
        }
    }
}
