package io.btp.installer.plugin.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.btp.installer.api.Connection;
import io.btp.installer.api.Installation;
import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Problem;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.Removal;
import io.btp.installer.api.SecretStorage;
import io.btp.installer.api.Slots;
import io.btp.installer.api.Step;
import io.btp.installer.api.contract.Secret;
import io.btp.installer.api.contract.SecretStore;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PlainSecretsTest {
    private static final ObjectRef REF = ObjectRef.of("v1", "Secret", "btp-deps", "acme-secret-postgres");

    private final World world = new World();
    private final FakeContext context = context("acme");
    private final SecretStorage storage = new PlainSecrets().storage(Map.of(), Lab.places(), context);

    private FakeContext context(String installation) {
        var named = new Installation(installation, "btp.acme.example", Connection.direct());
        return new FakeContext(world, new PlainSecrets(), named, Set.of());
    }

    @BeforeEach
    void namespace() {
        world.put(Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", "btp-deps")));
    }

    @Test
    void readsBackWhatItCreated() throws InterruptedException {
        storage.create("postgres", Secret.of("first"));

        assertThat(storage.read("postgres").orElseThrow().reveal()).isEqualTo("first");
        assertThat(storage.names()).containsExactly("postgres");
    }

    @Test
    void labelsWhatItMakes() throws InterruptedException {
        storage.create("postgres", Secret.of("first"));

        assertThat(world.find(REF).map(Tree::labels).orElseThrow())
                .containsEntry(Installation.LABEL, "acme")
                .containsEntry(Installation.PROVIDER_LABEL, "kubernetes.plain")
                .containsEntry("installer.btp/secret", "postgres");
    }

    @Test
    void keepsWhatIsThere() throws InterruptedException {
        storage.create("postgres", Secret.of("first"));

        storage.create("postgres", Secret.of("second"));

        assertThat(storage.read("postgres").orElseThrow().reveal()).isEqualTo("first");
    }

    @Test
    void isNeverOverwrittenByAFasterWriter() throws InterruptedException {
        storage.create("postgres", Secret.of("first"));
        var manifest = World.merged(world.find(REF).orElseThrow(), Map.of("data", Map.of("value", World.base64("x"))));

        assertThatThrownBy(() -> world.put(manifest)).hasMessageContaining("immutable");
        assertThat(storage.read("postgres").orElseThrow().reveal()).isEqualTo("first");
    }

    @Test
    void doesNotReadWhatSomebodyElseMade() throws InterruptedException {
        world.put(Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Secret",
                "metadata",
                Map.of("name", "acme-secret-postgres", "namespace", "btp-deps"),
                "stringData",
                Map.of("value", "theirs")));

        assertThat(storage.read("postgres")).isEmpty();
        assertThatThrownBy(() -> storage.create("postgres", Secret.of("ours")))
                .isInstanceOfSatisfying(
                        ProviderException.class,
                        taken -> assertThat(taken.problem().reason()).isEqualTo(Problem.Reason.CONFLICT));
    }

    @Test
    void saysThatASecretIsBroken() {
        world.put(Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Secret",
                "metadata",
                Map.of(
                        "name", "acme-secret-postgres",
                        "namespace", "btp-deps",
                        "labels", Map.of(Installation.LABEL, "acme")),
                "data",
                Map.of("value", "!")));

        assertThatThrownBy(() -> storage.read("postgres")).hasMessageContaining("holds no readable value");
    }

    @Test
    void removesQuietly() throws InterruptedException {
        storage.create("postgres", Secret.of("first"));

        storage.remove("postgres");
        storage.remove("postgres");

        assertThat(storage.read("postgres")).isEmpty();
    }

    @Test
    void publishesItsStoreOnceTheNamespaceIsKnown() throws InterruptedException {
        var component = new PlainSecrets().open(Map.of(), context);

        assertThat(component.observe(new Lab.Board()).outputs()).isEmpty();
        assertThat(component.observe(Lab.places()).outputs().values())
                .containsExactly(new SecretStore(
                        SecretStore.Kind.KUBERNETES, Optional.empty(), "btp-deps/acme-secret-", Optional.empty()));
        assertThat(component.observe(Lab.places()).install().isEmpty()).isTrue();
    }

    @Test
    void removesItsSecretsOnlyWithTheData() throws InterruptedException {
        storage.create("postgres", Secret.of("first"));
        new PlainSecrets().storage(Map.of(), Lab.places(), context("other")).create("redis", Secret.of("theirs"));
        var places = Lab.Board.of(Slots.CLUSTER, FakeContext.cluster("prod", "v1.35.4", Optional.empty()));

        var kept = new PlainSecrets().removal(new Removal<>(places, Optional.empty(), true), context);
        var removed = new PlainSecrets().removal(new Removal<>(places, Optional.empty(), false), context);

        assertThat(kept.isEmpty()).isTrue();
        assertThat(removed.steps()).singleElement().satisfies(step -> {
            assertThat(step.toString()).isEqualTo("delete Secret btp-deps/acme-secret-postgres");
            assertThat(step.impact()).isEqualTo(Step.Impact.DATA_LOSS);
        });
    }
}
