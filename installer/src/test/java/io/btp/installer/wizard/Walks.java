package io.btp.installer.wizard;

import io.btp.installer.answers.AnswersTree;
import io.btp.installer.answers.Binder;
import io.btp.installer.answers.BoundAnswers;
import io.btp.installer.answers.Defaults;
import io.btp.installer.answers.Outline;
import io.btp.installer.answers.References;
import io.btp.installer.answers.Samples;
import io.btp.installer.api.Provider;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Questionnaires of the providers that the tests of answers use. */
public final class Walks {
    private Walks() {}

    private static final List<Provider<?, ?>> PROVIDERS = Samples.providers();
    private static final Binder BINDER =
            new Binder(PROVIDERS, new References(Map.of("HOME", "/home/ann"), Optional.empty()), Defaults.standard());

    /** Outlines what they ask. */
    public static Outline outline() {
        return Outline.of(PROVIDERS, Defaults.standard());
    }

    /** Asks about an answers file of this text. */
    public static Questionnaire questionnaire(String file) {
        return new Questionnaire(outline(), BINDER, Samples.tree(file), List.of());
    }

    /** Asks, too, for an ingress class that is looked for in the world. */
    public static Questionnaire suggesting(String file) {
        var providers = Samples.suggesting();
        var binder = new Binder(
                providers, new References(Map.of("HOME", "/home/ann"), Optional.empty()), Defaults.standard());
        return new Questionnaire(Outline.of(providers, Defaults.standard()), binder, Samples.tree(file), List.of());
    }

    /** Binds answers. */
    public static BoundAnswers bound(AnswersTree answers) {
        return BINDER.bind(answers);
    }
}
