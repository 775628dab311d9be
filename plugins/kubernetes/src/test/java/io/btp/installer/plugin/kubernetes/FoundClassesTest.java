package io.btp.installer.plugin.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.api.Answers;
import io.btp.installer.api.Connection;
import io.btp.installer.api.Installation;
import io.btp.installer.api.Provider;
import io.btp.installer.api.Question;
import io.btp.installer.api.Records;
import io.btp.installer.api.Slots;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Storage classes are offered where one is asked for. */
final class FoundClassesTest {
    private static final String DEFAULT = "storageclass.kubernetes.io/is-default-class";

    private final World world = new World();

    static List<Provider<?, ?>> providers() {
        return List.of(new CloudNativePg(), new Valkey());
    }

    private void put(String name, Map<String, String> annotations) {
        world.put(Map.of(
                "apiVersion",
                "storage.k8s.io/v1",
                "kind",
                "StorageClass",
                "metadata",
                Map.of("name", name, "annotations", annotations)));
    }

    private List<?> found(Provider<?, ?> provider, Records records) throws InterruptedException {
        var context =
                new FakeContext(world, provider, new Installation("acme", "x.example", Connection.direct()), Set.of());
        var question = provider.form().questions().stream()
                .filter(it -> it.key().equals("storageClass"))
                .findFirst()
                .orElseThrow();
        return question.suggestions(new Unanswered(), context, records);
    }

    private record Unanswered() implements Answers {
        @Override
        public <T> Optional<T> find(Question<T> question) {
            return question.fallback();
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void namesTheDefaultFirst(Provider<?, ?> provider) throws InterruptedException {
        put("slow", Map.of(DEFAULT, "false"));
        put("gp3", Map.of(DEFAULT, "true"));
        put("fast", Map.of());
        var records = Lab.Board.of(Slots.CLUSTER, FakeContext.cluster("prod", "v1.35.4", Optional.of("gp3")));

        assertThat(found(provider, records)).isEqualTo(List.of("gp3", "fast", "slow"));
    }

    @Test
    void findsNoneWhileTheClusterIsMissing() throws InterruptedException {
        put("gp3", Map.of(DEFAULT, "true"));

        assertThat(found(new Valkey(), new Lab.Board())).isEmpty();
    }
}
