package io.btp.installer.plugin.sandbox;

import io.btp.installer.api.Form;
import io.btp.installer.api.Question;
import java.util.Map;
import java.util.Optional;

/**
 * How large a stand-in is.
 *
 * @param replicas number of pods
 * @param storage size of each pod's volume, where it has one
 */
record Size(int replicas, Optional<String> storage) {
    private static final Question<Integer> REPLICAS = Question.integer("replicas", "replicas")
            .defaultsTo(1)
            .between(1, 5)
            .because("More than one shows how replicas roll out");

    private static final Question<String> STORAGE = Question.quantity("storage", "storage")
            .defaultsTo("1Gi")
            .because("The simulated volume has a size like a real one");

    static Form<Size> formWithStorage() {
        return Form.of(
                answers -> new Size(answers.get(REPLICAS), Optional.of(answers.get(STORAGE))), REPLICAS, STORAGE);
    }

    static Form<Size> formWithoutStorage() {
        return Form.of(answers -> new Size(answers.get(REPLICAS), Optional.empty()), REPLICAS);
    }

    Map<String, Object> values() {
        return storage.<Map<String, Object>>map(size -> Map.of("replicas", replicas, "storage", size))
                .orElseGet(() -> Map.of("replicas", replicas));
    }
}
