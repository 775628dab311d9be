package io.btp.installer.plugin.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.btp.installer.api.Installation;
import io.btp.installer.api.Need;
import io.btp.installer.api.Plan;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.Removal;
import io.btp.installer.api.Step;
import io.btp.installer.api.contract.Cluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sandbox cluster, from its first run to its removal. */
class EmbeddedClusterTest {
    @TempDir
    private Path temporary = Path.of("");

    private final OpenClusters open = new OpenClusters();
    private final OpenClusters later = new OpenClusters();

    @AfterEach
    void end() {
        open.close();
        later.close();
    }

    @Test
    void plansToMakeTheClusterAndLeavesNoTrace() throws InterruptedException {
        var provider = new EmbeddedCluster(open);
        var component = provider.open(place(), new FakeContext(provider));

        var observed = component.observe(FakeRecords.none());

        assertThat(observed.outputs()).isEmpty();
        assertThat(Steps.targets(observed.install())).containsExactly("create sandbox cluster in " + place().folder());
        assertThat(Steps.targets(component.absent(FakeRecords.none()).install()))
                .isEqualTo(Steps.targets(observed.install()));
        assertThat(place().path()).doesNotExist();
    }

    @Test
    void makesTheClusterAndHasNothingLeftToDo() throws InterruptedException, IOException {
        var cluster = made(open);

        assertThat(cluster.name()).isEqualTo("sandbox");
        assertThat(Api.of(cluster).status("/version")).isEqualTo(200);
    }

    @Test
    void servesEachComponentOfTheProgramFromOneServer() throws InterruptedException {
        var first = made(open).access().reveal();
        var provider = new EmbeddedCluster(open);
        var second = provider.open(place(), new FakeContext(provider));

        assertThat(published(second).access().reveal()).isEqualTo(first);
        second.close();
        assertThat(open.isServed(place().path())).isTrue();
    }

    @Test
    void joinsTheProgramThatServesAndTakesOverWhenItEnds() throws InterruptedException, IOException {
        var first = made(open);
        Api.of(first).create("/api/v1/namespaces", "{\"metadata\":{\"name\":\"kept\"}}");
        var provider = new EmbeddedCluster(later);
        var component = provider.open(place(), new FakeContext(provider));

        assertThat(published(component).access().reveal())
                .isEqualTo(first.access().reveal());
        assertThat(later.isServed(place().path())).isFalse();
        open.close();

        var after = published(component);
        assertThat(later.isServed(place().path())).isTrue();
        assertThat(Api.of(after).status("/api/v1/namespaces/kept")).isEqualTo(200);
    }

    @Test
    void refusesAFolderThatHoldsOtherThings() throws IOException {
        Files.createDirectories(place().path());
        Files.writeString(place().path().resolve("thesis.txt"), "mine");

        assertThatThrownBy(() -> made(open))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("holds other things already, for example thesis.txt");
    }

    @Test
    void goesOnWhereAKilledProgramHadJustMadeTheFolder() throws IOException, InterruptedException {
        Files.createDirectories(place().path());
        Files.createFile(place().path().resolve("lock"));

        assertThat(Api.of(made(open)).status("/version")).isEqualTo(200);
    }

    @Test
    void saysWhatIsDamaged() throws IOException {
        Files.createDirectories(place().path());
        Files.writeString(place().path().resolve("objects.jsonl"), "nonsense\n");

        assertThatThrownBy(() -> made(open))
                .isInstanceOfSatisfying(
                        ProviderException.class,
                        failed -> assertThat(failed.problem().evidence())
                                .singleElement()
                                .asString()
                                .contains("objects.jsonl line 1"));
    }

    @Test
    void keepsTheClusterWhereDataAreKept() throws InterruptedException {
        var cluster = made(open);

        assertThat(remove(cluster, true).isEmpty()).isTrue();
    }

    @Test
    void removesTheClusterAndOnlyWhatItMade() throws InterruptedException, IOException {
        var cluster = made(open);
        var note = Files.writeString(place().path().resolve("note.txt"), "mine");

        var plan = remove(cluster, false);
        assertThat(plan.steps()).singleElement().satisfies(step -> {
            assertThat(step.kind()).isEqualTo(Step.Kind.DELETE);
            assertThat(step.impact()).isEqualTo(Step.Impact.DATA_LOSS);
        });
        Steps.converge(() -> remove(cluster, false));

        assertThat(place().path()).isDirectoryContaining(note::equals);
        assertThat(open.isThere(place().path())).isFalse();
        assertThatThrownBy(() -> Api.of(cluster).status("/version")).isInstanceOf(IOException.class);
    }

    @Test
    void keepsTheClusterWhileOtherInstallationsAreInIt() throws InterruptedException {
        var cluster = made(open);
        var provider = new EmbeddedCluster(open);
        var context = new FakeContext(provider);
        context.cluster().put(namespaceOf("acme"));
        context.cluster().put(namespaceOf("other"));

        var plan = provider.removal(removal(cluster, false), context);

        assertThat(plan.blocked().orElseThrow().summary()).endsWith("still holds other installations: other");
    }

    @Test
    void keepsTheClusterWhileAnotherProgramHasItOpen() throws InterruptedException {
        var cluster = made(open);
        var provider = new EmbeddedCluster(later);

        var plan = provider.removal(removal(cluster, false), new FakeContext(provider));

        assertThat(plan.blocked().orElseThrow().summary()).endsWith("is open in another program");
    }

    private static Map<String, Object> namespaceOf(String installation) {
        return Map.of(
                "apiVersion", "v1",
                "kind", "Namespace",
                "metadata", Map.of("name", installation, "labels", Map.of(Installation.LABEL, installation)));
    }

    private EmbeddedCluster.Place place() {
        return new EmbeddedCluster.Place(temporary.resolve("sandbox").toString());
    }

    private Cluster made(OpenClusters clusters) throws InterruptedException {
        var provider = new EmbeddedCluster(clusters);
        var component = provider.open(place(), new FakeContext(provider));
        Steps.converge(component, FakeRecords.none());
        return published(component);
    }

    private static Cluster published(io.btp.installer.api.Component<Cluster> component) throws InterruptedException {
        var output = component.observe(FakeRecords.none()).outputs().get(Need.PLATFORM_USE);
        return Optional.ofNullable(output).orElseThrow();
    }

    private Plan remove(Cluster cluster, boolean keepsData) throws InterruptedException {
        var provider = new EmbeddedCluster(open);
        return provider.removal(removal(cluster, keepsData), new FakeContext(provider));
    }

    private Removal<EmbeddedCluster.Place> removal(Cluster cluster, boolean keepsData) {
        var places = FakeRecords.none().with(io.btp.installer.api.Slots.CLUSTER, cluster);
        return new Removal<>(places, Optional.of(place()), keepsData);
    }
}
