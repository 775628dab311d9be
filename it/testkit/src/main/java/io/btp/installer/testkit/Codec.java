package io.btp.installer.testkit;

import io.btp.installer.answers.AnswersFile;
import io.btp.installer.answers.AnswersTree;
import io.btp.installer.answers.Binder;
import io.btp.installer.answers.BoundAnswers;
import io.btp.installer.answers.Chosen;
import io.btp.installer.answers.Defaults;
import io.btp.installer.answers.References;
import io.btp.installer.api.Provider;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** The program's own way from an answers file to a provider's configuration. */
final class Codec<C, O extends Record> {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Path FOLDER = Path.of("/contract");

    private final Provider<C, O> provider;
    private final Binder binder;

    Codec(Provider<C, O> provider) {
        this.provider = provider;
        var environment = Map.of(
                "CONTRACT_CANARY", Canary.text("answer"), "CONTRACT_PUBLIC", "contract-public", "HOME", "/contract");
        this.binder = new Binder(
                java.util.List.of(provider), new References(environment, Optional.empty()), Defaults.standard());
    }

    /** Binds these answers as they would stand in a file. */
    BoundAnswers bound(Map<String, Object> answers) {
        return bound(file(answers));
    }

    /** Writes a file. JSON is YAML. */
    private String file(Map<String, Object> answers) {
        var slot = new LinkedHashMap<String, Object>(answers);
        slot.put("mode", provider.description().mode());
        slot.put("provider", provider.description().provider());
        Object tree = slot;
        var names = provider.slot().path().split("\\.", -1);
        for (int i = names.length - 1; i > 0; i--) {
            tree = Map.of(names[i], tree);
        }
        var file = new LinkedHashMap<String, Object>();
        file.put("apiVersion", "installer.btp/v1");
        file.put("installation", Map.of("name", "contract", "domain", "btp.contract.example"));
        file.put(names[0], tree);
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(file);
    }

    /** Gives somebody who asks for answers one by one. */
    Interview interview() {
        return new Interview(provider, binder, tree(file(Map.of())));
    }

    BoundAnswers bound(String text) {
        return binder.bind(tree(text));
    }

    private static AnswersTree tree(String text) {
        return AnswersFile.parse("btp.yaml", FOLDER, text.getBytes(StandardCharsets.UTF_8));
    }

    @SuppressWarnings("unchecked")
    C configuration(BoundAnswers bound) {
        var chosen = (Chosen<C, O>) bound.chosen().stream()
                .filter(candidate -> candidate.provider() == provider)
                .findFirst()
                .orElseThrow();
        return chosen.configuration();
    }
}
