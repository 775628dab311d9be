package io.btp.installer.plugin.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.btp.installer.api.Need;
import io.btp.installer.api.Plan;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.Removal;
import io.btp.installer.api.Slots;
import io.btp.installer.api.contract.Access;
import io.btp.installer.api.contract.CertificateIssuer;
import io.btp.installer.api.contract.Ingress;
import io.btp.installer.api.contract.ObjectStore;
import io.btp.installer.api.contract.Postgres;
import io.btp.installer.api.contract.Secret;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The plans of the stand-ins. */
class StandInPlanTest {
    private static final Charts CHARTS = new Charts(ChartsTest.FOLDER);
    private static final Size STORED = new Size(1, Optional.of("1Gi"));

    static Stream<Recipe<?>> recipes() {
        return Recipes.all().stream();
    }

    private static Size size(Recipe<?> recipe) {
        return recipe.stores() ? STORED : new Size(1, Optional.empty());
    }

    @ParameterizedTest
    @MethodSource("recipes")
    <O extends Record> void plansTheSameTargetsBeforeAnythingExistsAsLater(Recipe<O> recipe)
            throws InterruptedException {
        var provider = new StandIn<>(recipe, CHARTS);
        var component = provider.open(size(recipe), new FakeContext(provider));

        var names = FakeRecords.none().with(Slots.NAMESPACES, FakeRecords.NAMESPACES);
        var absent = component.absent(names);
        var ready = component.observe(FakeRecords.complete());

        assertThat(absent.outputs()).isEmpty();
        assertThat(absent.install().steps())
                .isNotEmpty()
                .allSatisfy(step -> assertThat(step.after()).isNotEmpty());
        assertThat(Steps.targets(ready.install())).isEqualTo(Steps.targets(absent.install()));
    }

    @ParameterizedTest
    @MethodSource("recipes")
    <O extends Record> void waitsOnlyForWhatItSaysItNeeds(Recipe<O> recipe) throws InterruptedException {
        var provider = new StandIn<>(recipe, CHARTS);
        var component = provider.open(size(recipe), new FakeContext(provider));

        var awaited = component.absent(FakeRecords.none()).install().steps().stream()
                .flatMap(step -> step.after().stream())
                .map(need -> need.slot().path())
                .toList();
        var needed =
                provider.needs(size(recipe)).stream().map(need -> need.slot().path());

        assertThat(needed).containsAll(awaited);
    }

    @ParameterizedTest
    @MethodSource("recipes")
    <O extends Record> void convergesAndPublishesEveryUse(Recipe<O> recipe) throws InterruptedException {
        var provider = new StandIn<>(recipe, CHARTS);
        var context = new FakeContext(provider, "identity");
        var component = provider.open(size(recipe), context);

        if (recipe.slot().equals(Slots.INGRESS)) {
            assertThatThrownBy(() -> Steps.converge(component, FakeRecords.complete()))
                    .isInstanceOf(ProviderException.class)
                    .hasMessageContaining("no load balancer address yet");
            context.cluster().balance("btp-deps", "acme-sandbox-ingress", "127.98.0.1");
        }
        Steps.converge(component, FakeRecords.complete());

        assertThat(component.observe(FakeRecords.complete()).outputs()).containsOnlyKeys(Need.PLATFORM_USE, "identity");
        assertThat(context.cluster().releases()).containsOnlyKeys("acme-sandbox-" + recipe.thing());
    }

    @ParameterizedTest
    @MethodSource("recipes")
    <O extends Record> void givesNoSecretToHelm(Recipe<O> recipe) throws InterruptedException {
        var provider = new StandIn<>(recipe, CHARTS);
        var context = new FakeContext(provider);

        var plan = provider.open(size(recipe), context)
                .observe(FakeRecords.complete())
                .install();
        for (var step : plan.steps().stream()
                .filter(step -> !step.target().startsWith("load balancer"))
                .toList()) {
            step.action().run(new Steps());
        }

        assertThat(context.cluster().releases().values())
                .singleElement()
                .satisfies(release ->
                        assertThat(release.values().orElseThrow().toString()).doesNotContain("(hidden)", "xxxxxxxx"));
    }

    @ParameterizedTest
    @MethodSource("recipes")
    <O extends Record> void removesAllButVolumesWhereDataAreKept(Recipe<O> recipe) throws InterruptedException {
        var provider = new StandIn<>(recipe, CHARTS);
        var context = installed(provider, size(recipe));

        Steps.converge(() -> remove(provider, context, true));

        assertThat(context.cluster().names())
                .allMatch(name -> name.startsWith("PersistentVolumeClaim "))
                .hasSize(recipe.stores() ? 1 : 0);
        assertThat(context.secrets()).hasSize(recipe.credentials().isPresent() ? 1 : 0);
    }

    @ParameterizedTest
    @MethodSource("recipes")
    <O extends Record> void removesEverythingWithTheRecordLostWhereDataMayGo(Recipe<O> recipe)
            throws InterruptedException {
        var provider = new StandIn<>(recipe, CHARTS);
        var context = installed(provider, size(recipe));

        Steps.converge(() -> remove(provider, context, false));

        assertThat(context.cluster().names()).isEmpty();
        assertThat(context.secrets()).isEmpty();
        assertThat(remove(provider, context, false).isEmpty()).isTrue();
    }

    @Test
    void leavesWhatAnotherProviderOfTheSlotMade() throws InterruptedException {
        var provider = new StandIn<>(Recipes.postgres(), CHARTS);
        var context = installed(provider, STORED);
        var foreign = FakeCluster.object(
                "v1", "Secret", "btp-deps", "other", FakeCluster.ownerLabels("kubernetes.cloudnative-pg"));
        context.cluster().put(foreign);

        Steps.converge(() -> remove(provider, context, false));

        assertThat(context.cluster().names()).containsExactly("Secret btp-deps/other");
    }

    @Test
    void deliversThePasswordInASecretOfItsOwn() throws InterruptedException {
        var provider = new StandIn<>(Recipes.postgres(), CHARTS);
        var context = installed(provider, STORED);

        var published = (Postgres) output(provider, context);
        var delivered = context.cluster().list("v1", "Secret", Optional.empty(), context.labels());

        assertThat(delivered)
                .singleElement()
                .satisfies(secret -> assertThat(secret.get("stringData"))
                        .isEqualTo(Map.of("username", "btp", "database", "btp", "password", published.password())));
        assertThat(published.host()).isEqualTo("acme-sandbox-postgres.btp-deps.svc.cluster.local");
        assertThat(published.password().reveal()).hasSize(32);
    }

    @Test
    void bringsAChangedCopyOfThePasswordBack() throws InterruptedException {
        var provider = new StandIn<>(Recipes.postgres(), CHARTS);
        var context = installed(provider, STORED);
        var copy = new HashMap<>(context.cluster()
                .list("v1", "Secret", Optional.empty(), context.labels())
                .getFirst());
        copy.put("stringData", Map.of("password", Secret.of("somebody else's")));
        context.cluster().put(copy);

        var plan =
                provider.open(STORED, context).observe(FakeRecords.complete()).install();

        assertThat(Steps.targets(plan)).containsExactly("update Secret btp-deps/acme-postgres-credentials");
    }

    @Test
    void givesEachUseADatabaseAndABucketOfItsOwn() throws InterruptedException {
        var postgres = new StandIn<>(Recipes.postgres(), CHARTS);
        var database = postgres.open(STORED, installed(postgres, STORED)).observe(FakeRecords.complete());
        var store = new StandIn<>(Recipes.objectStore(), CHARTS);
        var bucket = (ObjectStore) output(store, installed(store, STORED));

        assertThat(database.outputs().values().stream().map(Postgres::database)).contains("btp", "keycloak");
        assertThat(bucket.bucket()).isEqualTo("btp");
        assertThat(bucket.access()).isInstanceOf(Access.Keys.class);
    }

    @Test
    void refusesToShrinkOrGrowAVolume() throws InterruptedException {
        var provider = new StandIn<>(Recipes.redis(), CHARTS);
        var context = installed(provider, STORED);

        var plan = provider.open(new Size(1, Optional.of("2Gi")), context)
                .observe(FakeRecords.complete())
                .install();

        assertThat(plan.blocked().orElseThrow().summary())
                .isEqualTo("The storage of acme-sandbox-redis is 1Gi and stays so; the answers ask for 2Gi");
    }

    @Test
    void refusesAClusterWhoseNodesAreReal() throws InterruptedException {
        var provider = new StandIn<>(Recipes.logs(), CHARTS);
        var records = FakeRecords.complete().with(Slots.CLUSTER, FakeRecords.cluster(false));

        var plan = provider.open(STORED, new FakeContext(provider))
                .observe(records)
                .install();

        assertThat(plan.blocked().orElseThrow().remedy()).contains("observability.logs", "cluster.mode: sandbox");
    }

    @Test
    void leadsTheNamesToTheLoadBalancer() throws InterruptedException {
        var provider = new SandboxRecords();
        var ingress =
                new Ingress("acme-sandbox", Optional.empty(), Optional.of("127.98.0.1"), Optional.empty(), "btp-deps");
        var component = provider.open(Map.of(), new FakeContext(provider));

        var named = component
                .observe(FakeRecords.complete().with(Slots.INGRESS, ingress))
                .outputs();

        assertThat(component.absent(FakeRecords.none()).outputs()).isEmpty();
        assertThat(named.get(Need.PLATFORM_USE)).isNotNull().satisfies(records -> {
            assertThat(records.hosts()).containsExactly("btp.acme.example", "*.btp.acme.example");
            assertThat(records.target()).isEqualTo("127.98.0.1");
        });
    }

    @Test
    void putsTheCertificateBesideThePlatform() throws InterruptedException {
        var provider = new StandIn<>(Recipes.certificates(), CHARTS);
        var context = installed(provider, new Size(1, Optional.empty()));

        var issuer = (CertificateIssuer) output(provider, context);

        assertThat(context.cluster().names()).contains("Secret btp/acme-tls");
        assertThat(issuer.tlsSecret()).isEqualTo("acme-tls");
        assertThat(issuer.hosts()).isEqualTo(List.of("btp.acme.example", "*.btp.acme.example"));
    }

    private static <O extends Record> Plan remove(StandIn<O> provider, FakeContext context, boolean keepsData)
            throws InterruptedException {
        // The record is lost: nothing is known but the places.
        return provider.removal(new Removal<>(FakeRecords.places(), Optional.empty(), keepsData), context);
    }

    private static Record output(StandIn<?> provider, FakeContext context) throws InterruptedException {
        var output = observe(provider, context).get(Need.PLATFORM_USE);
        return Optional.ofNullable(output).orElseThrow();
    }

    private static <O extends Record> Map<String, O> observe(StandIn<O> provider, FakeContext context)
            throws InterruptedException {
        return provider.open(STORED, context).observe(FakeRecords.complete()).outputs();
    }

    private static <O extends Record> FakeContext installed(StandIn<O> provider, Size size)
            throws InterruptedException {
        var context = new FakeContext(provider, "keycloak");
        var component = provider.open(size, context);
        if (provider.slot().equals(Slots.INGRESS)) {
            var plan = component.observe(FakeRecords.complete()).install();
            plan.steps().getFirst().action().run(new Steps());
            context.cluster().balance("btp-deps", "acme-sandbox-ingress", "127.98.0.1");
        }
        Steps.converge(component, FakeRecords.complete());
        return context;
    }
}
