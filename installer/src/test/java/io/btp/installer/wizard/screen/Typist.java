package io.btp.installer.wizard.screen;

import io.btp.installer.answers.Written;
import io.btp.installer.screen.Input.Key;
import io.btp.installer.wizard.Draft;
import io.btp.installer.wizard.LineWizard;
import io.btp.installer.wizard.Page;
import io.btp.installer.wizard.Questionnaire;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Somebody who says on the whole screen, page by page and in the same order, what was said elsewhere. */
public final class Typist {
    private static final int MOST_CHOICES = 20;
    private static final int SHORT = 8;

    private final Guest guest;
    private final Draft wanted;
    private final List<String> order;

    private Typist(Guest guest, Draft wanted) {
        this.guest = guest;
        this.wanted = wanted;
        this.order = List.copyOf(wanted.typed().keySet());
    }

    /** Answers everything as in a draft, and saves. */
    public static LineWizard.Outcome types(Questionnaire questionnaire, Draft wanted) {
        var guest = new Guest(questionnaire, Draft.empty());
        new Typist(guest, wanted).walk();
        return new LineWizard.Outcome(
                guest.state().draft(),
                guest.wish().orElseThrow(() -> new AssertionError(guest.screen())),
                Optional.empty());
    }

    private void walk() {
        while (!guest.page().id().equals(Scene.REVIEW)) {
            guest.page().items().stream()
                    .sorted(Comparator.comparing(item -> order.indexOf(path(item))))
                    .forEach(this::answer);
            guest.presses(Key.PAGE_DOWN);
        }
        if (guest.stops().contains(Action.SAVE.stop())) {
            guest.reaches(Action.SAVE.stop()).presses(Key.ENTER);
        }
    }

    private static String path(Page.Item item) {
        return switch (item) {
            case Page.Part part -> part.path() + ".mode";
            case Page.Field field -> field.path();
        };
    }

    private void answer(Page.Item item) {
        switch (item) {
            case Page.Part part -> wanted.at(path(part)).ifPresent(mode -> choose(part.path()));
            case Page.Field field -> wanted.at(field.path()).map(Written::typed).ifPresent(text -> answer(field, text));
        }
    }

    private void choose(String path) {
        guest.reaches(path);
        for (int turn = 0; !isSaid(path + ".mode") || !isSaid(path + ".provider"); turn++) {
            require(turn < MOST_CHOICES, path);
            guest.presses(Key.RIGHT);
        }
    }

    private boolean isSaid(String path) {
        return guest.said(path).equals(wanted.at(path));
    }

    private void answer(Page.Field field, String text) {
        guest.reaches(field.path());
        if (Walking.isText(field.question())) {
            guest.presses(Key.CLEAR);
            give(text);
            return;
        }
        for (int turn = 0; !isSaid(field.path()); turn++) {
            require(turn < MOST_CHOICES, field.path());
            guest.types(" ");
        }
    }

    /** Nobody types what is long. */
    private void give(String text) {
        if (text.length() < SHORT) {
            guest.types(text);
        } else {
            guest.pastes(text);
        }
    }

    private void require(boolean isFound, String path) {
        if (!isFound) {
            throw new AssertionError(path + " is never " + wanted.typed() + " on\n" + guest.screen());
        }
    }
}
