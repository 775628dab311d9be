package io.btp.installer.testkit;

import io.btp.installer.api.Chart;
import io.btp.installer.api.Context;
import io.btp.installer.api.Need;
import io.btp.installer.api.Provider;
import io.btp.installer.api.Slot;
import io.btp.installer.api.Slots;
import io.btp.installer.api.SupportProvider;
import io.btp.installer.host.ClusterHost;
import io.btp.installer.host.Host;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/**
 * What a contract is about: the provider, what the author gives it, and the worlds that the laws try it in.
 *
 * @param <C> the provider's configuration
 * @param <O> what it publishes
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Bench<C, O extends Record> {
    final Map<String, Object> given = new LinkedHashMap<>();
    private @Nullable Provider<C, O> provider;
    private @Nullable Codec<C, O> codec;
    private @Nullable ClusterHost host;
    private @Nullable Transcript transcript;
    private @Nullable Rig<C, O> world;
    private @Nullable Bed bed;
    private boolean isInstalled;
    List<String> firstInstall = List.of();
    SortedMap<String, String> reference = new TreeMap<>();

    /** Makes the provider. Called once. */
    protected abstract Provider<C, O> provider();

    /**
     * Gives the answers to its form, as they stand in an answers file below its slot; nothing for the defaults. Leave out
     * secrets that must be given: the kit gives canaries. Where a record shows an answer that is asked as a secret, as the
     * public half of a pair of keys, answer <code>${env:CONTRACT_PUBLIC}</code>.
     */
    protected Map<String, Object> answers() {
        return Map.of();
    }

    /** Gives the chart in force, where the provider is made of one; a folder of the test's own needs no network. */
    protected Optional<Chart> chart() {
        return it().description().chart();
    }

    /** Names the uses that are asked of its slot. */
    protected Set<String> uses() {
        return it() instanceof SupportProvider<?> support ? support.groupVersions() : Set.of(Need.PLATFORM_USE);
    }

    /**
     * Gives the record that a need gets; the cluster is the kit's own. Override it for slots of your own, and where the
     * kit's sample does not fit.
     */
    protected <R extends Record> R record(Need<R> need) {
        return SampleRecords.of(need);
    }

    /**
     * Names the slots whose records are known while the places are missing, because they derive from answers alone.
     */
    protected Set<Slot<?>> knownBeforehand() {
        return Set.of(Slots.NAMESPACES, Slots.SECRETS);
    }

    /**
     * Gives objects that are in the cluster before, for example the definitions of an operator; namespaces of the
     * installation are there when the provider needs them.
     */
    protected List<Map<String, Object>> alreadyThere() {
        return List.of();
    }

    /** Gives what stands in for whatever the provider changes beside Kubernetes. */
    protected Outside outside() {
        return Outside.nothing();
    }

    @BeforeAll
    final void open() {
        provider = provider();
        codec = new Codec<>(it());
        given.putAll(answers());
        RandomAnswers.putSecrets(it().form(), given);
        host = Program.host();
        transcript = new Transcript();
    }

    @AfterAll
    final void close() {
        if (bed != null) {
            bed.close();
        }
        if (transcript != null) {
            transcript.close();
        }
        if (host != null) {
            host.close();
        }
    }

    final Provider<C, O> it() {
        return Objects.requireNonNull(provider);
    }

    final Codec<C, O> codec() {
        return Objects.requireNonNull(codec);
    }

    final Transcript transcript() {
        return Objects.requireNonNull(transcript);
    }

    final C configuration() {
        return codec().configuration(codec().bound(given));
    }

    private Rig.Setting<C, O> setting() {
        var configuration = configuration();
        var needs = it().needs(configuration);
        var there = new ArrayList<>(alreadyThere());
        if (needs.stream().anyMatch(need -> need.slot().equals(Slots.NAMESPACES))) {
            var names = SampleRecords.NAMESPACES;
            for (var name : List.of(names.platform(), names.deployments(), names.dependencies())) {
                there.add(Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", name)));
            }
        }
        return new Rig.Setting<>(it(), configuration, loan(), this::record, there, outside());
    }

    private Host.Loan loan() {
        return new Host.Loan(it(), uses(), chart(), Map.of(), records -> Optional.empty());
    }

    /** Lends what a component gets, but for the secret store. */
    final Context lent() {
        return Objects.requireNonNull(host).lend(loan());
    }

    /** Gives an empty world. */
    final Rig<C, O> empty() throws InterruptedException {
        isInstalled = false;
        var setting = setting();
        var isInCluster = it().needs(setting.configuration()).stream()
                .anyMatch(need -> need.slot().equals(Slots.CLUSTER));
        if (isInCluster && (bed == null || !bed.clear())) {
            if (bed != null) {
                bed.close();
            }
            bed = Bed.open(setting.alreadyThere());
        }
        world = Rig.open(setting, transcript(), Objects.requireNonNull(host), Optional.ofNullable(bed));
        return world;
    }

    /** Gives a world in which it is installed, and notes how that looks the first time. */
    final Rig<C, O> installed() throws InterruptedException {
        if (world != null && isInstalled) {
            return world;
        }
        var rig = empty();
        var ran = rig.install();
        if (firstInstall.isEmpty() && reference.isEmpty()) {
            firstInstall = ran;
            reference = rig.state();
        }
        isInstalled = true;
        return rig;
    }

    /** Gives a world in which it is installed, for a law that changes it. */
    final Rig<C, O> spare() throws InterruptedException {
        var rig = installed();
        isInstalled = false;
        return rig;
    }
}
