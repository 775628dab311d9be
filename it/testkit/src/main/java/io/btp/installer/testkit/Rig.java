package io.btp.installer.testkit;

import io.btp.installer.api.Component;
import io.btp.installer.api.Connection;
import io.btp.installer.api.Context;
import io.btp.installer.api.Installation;
import io.btp.installer.api.Need;
import io.btp.installer.api.Observation;
import io.btp.installer.api.Plan;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Provider;
import io.btp.installer.api.Records;
import io.btp.installer.api.Removal;
import io.btp.installer.api.SecretStorage;
import io.btp.installer.api.SecretsProvider;
import io.btp.installer.api.Slots;
import io.btp.installer.api.Step;
import io.btp.installer.host.ClusterHost;
import io.btp.installer.host.Host;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One provider in one world, and an engine of a few lines that installs and removes it. Every plan is made by a component
 * that was opened for it, as by a program that was started again.
 */
final class Rig<C, O extends Record> {
    static final Installation INSTALLATION = new Installation("contract", "btp.contract.example", Connection.direct());
    private static final int ROUNDS = 6;

    private final Setting<C, O> setting;
    private final Transcript transcript;
    private final ClusterHost host;
    private final Optional<Bed> bed;
    private final KitSecrets secrets = new KitSecrets();
    private Given records;
    private Set<String> kept = Set.of();

    /**
     * What a rig is made of.
     *
     * @param provider whose contract it is
     * @param configuration how it is configured
     * @param loan what its components are lent, but for the secret store
     * @param given gives the records of its needs, but for the cluster
     * @param alreadyThere objects that are in the cluster before
     * @param outside what it changes beside Kubernetes
     */
    record Setting<C, O extends Record>(
            Provider<C, O> provider,
            C configuration,
            Host.Loan loan,
            GivenFor given,
            List<Map<String, Object>> alreadyThere,
            Outside outside) {}

    /** Gives the records of needs. */
    @FunctionalInterface
    interface GivenFor {
        Record need(Need<?> need);
    }

    private Rig(Setting<C, O> setting, Transcript transcript, ClusterHost host, Optional<Bed> bed, Given records) {
        this.setting = setting;
        this.transcript = transcript;
        this.host = host;
        this.bed = bed;
        this.records = records;
    }

    /** Begins in an empty world. */
    static <C, O extends Record> Rig<C, O> open(
            Setting<C, O> setting, Transcript transcript, ClusterHost host, Optional<Bed> bed)
            throws InterruptedException {
        setting.outside().reset();
        var records = new HashMap<Need<?>, Record>();
        for (var need : setting.provider().needs(setting.configuration())) {
            records.put(
                    need,
                    need.slot().equals(Slots.CLUSTER)
                            ? bed.orElseThrow().record()
                            : setting.given().need(need));
        }
        return new Rig<>(setting, transcript, host, bed, new Given(records));
    }

    Given records() {
        return records;
    }

    Given places() {
        return records.only(need -> need.kind() == Need.Kind.PLACE);
    }

    Optional<Bed> bed() {
        return bed;
    }

    Context lent() {
        var loan = setting.loan();
        return host.lend(new Host.Loan(
                loan.provider(),
                loan.uses(),
                loan.chart(),
                loan.values(),
                known -> known.find(Slots.SECRETS).map(store -> (SecretStorage) secrets)));
    }

    Observation<O> observe(Records known) throws InterruptedException {
        try (var component = open(lent())) {
            return transcript.seen(component.observe(known));
        }
    }

    Observation<O> absent(Records known, Context context) throws InterruptedException {
        try (var component = open(context)) {
            return transcript.seen(component.absent(known));
        }
    }

    Component<O> open(Context context) {
        return setting.provider().open(setting.configuration(), context);
    }

    List<String> install() throws InterruptedException {
        return install(records, Integer.MAX_VALUE, 1);
    }

    /**
     * Installs as far as these records allow, or until it is stopped.
     *
     * @param limit ends after so many steps, as if it had been killed
     * @param times how often each action runs
     * @return the steps that ran
     */
    List<String> install(Records known, int limit, int times) throws InterruptedException {
        var ran = new ArrayList<String>();
        for (int round = 0; round < ROUNDS; round++) {
            int before = ran.size();
            for (var step : observe(known).install().steps()) {
                if (ran.size() == limit || !isMet(step, known)) {
                    break;
                }
                for (int time = 0; time < times; time++) {
                    transcript.run(step);
                }
                ran.add(step.toString());
            }
            if (ran.size() == before || ran.size() == limit) {
                break;
            }
        }
        keepASecret(limit);
        if (bed.isPresent()) {
            bed.get().look();
        }
        return ran;
    }

    /** A store of secrets is there to keep some; what becomes of them is no drift of the store. */
    private void keepASecret(int limit) throws InterruptedException {
        var storage = limit == Integer.MAX_VALUE ? storage() : Optional.<SecretStorage>empty();
        if (storage.isPresent()) {
            var empty = state().keySet();
            storage.get().create("canary", Canary.secret("kept"));
            kept = new TreeSet<>(state().keySet());
            kept.removeAll(empty);
        }
    }

    /** Opens the store that the provider gives, where it gives one and its records are there. */
    @SuppressWarnings("unchecked")
    Optional<SecretStorage> storage() throws InterruptedException {
        if (!(setting.provider() instanceof SecretsProvider<?> provider)) {
            return Optional.empty();
        }
        var published = observe(records).outputs().get(Need.PLATFORM_USE);
        return published == null
                ? Optional.empty()
                : Optional.of(((SecretsProvider<C>) provider)
                        .storage(setting.configuration(), records.with(Need.input(Slots.SECRETS), published), lent()));
    }

    private static boolean isMet(Step step, Records known) {
        return step.after().stream()
                .allMatch(need -> known.find(need).isPresent()
                        || (need.kind() == Need.Kind.OPTIONAL && !known.isFilled(need.slot())));
    }

    /** Removes as the engine does: asks again until nothing is left to do. */
    List<String> remove(boolean isRecordLost, boolean keepsData) throws InterruptedException {
        var ran = new ArrayList<String>();
        for (int round = 0; round < ROUNDS; round++) {
            var steps = removal(isRecordLost, keepsData).steps();
            if (steps.isEmpty()) {
                break;
            }
            for (var step : steps) {
                transcript.run(step);
                ran.add(step.toString());
            }
        }
        startAgain();
        return ran;
    }

    /** A program remembers what a cluster served; the next one looks. */
    private void startAgain() throws InterruptedException {
        for (var need : records.records().keySet()) {
            if (need.slot().equals(Slots.CLUSTER)) {
                records = records.with(need, bed.orElseThrow().record());
            }
        }
    }

    Plan removal(boolean isRecordLost, boolean keepsData) throws InterruptedException {
        var known = isRecordLost ? Optional.<C>empty() : Optional.of(setting.configuration());
        return transcript.planned(setting.provider().removal(new Removal<>(places(), known, keepsData), lent()));
    }

    /** Gives the objects that were not there when the world was made. */
    SortedMap<String, Thing> made() throws InterruptedException {
        return bed.isPresent() ? bed.get().made() : new TreeMap<>();
    }

    /** Gives what the provider answers for: what it made, but for what others make of that. */
    SortedMap<String, String> state() throws InterruptedException {
        var state = new TreeMap<String, String>();
        made().forEach((key, thing) -> {
            if (!thing.isOwned() && !thing.isHistory()) {
                state.put(key, thing.content());
            }
        });
        setting.outside().inventory().forEach((name, text) -> state.put("outside " + name, text));
        return state;
    }

    /** Gives the names of what the provider looks after. */
    List<String> lookedAfter() throws InterruptedException {
        return state().keySet().stream().filter(name -> !kept.contains(name)).toList();
    }

    /** Gives everything that is there and was not, history and what others made included. */
    Set<String> inventory() throws InterruptedException {
        var names = new TreeSet<>(made().keySet());
        setting.outside().inventory().keySet().forEach(name -> names.add("outside " + name));
        return names;
    }

    /** Waits until the cluster has cleared away what hangs on what was removed, as far as it ever will. */
    Set<String> settledInventory() throws InterruptedException {
        transcript.await(() -> inventory().isEmpty() || stays()
                ? Optional.empty()
                : Optional.of(Problem.of(Problem.Reason.NOT_READY, "left: " + inventory(), "")));
        return inventory();
    }

    private boolean stays() throws InterruptedException {
        return !setting.outside().inventory().isEmpty()
                || made().values().stream().anyMatch(thing -> !thing.isOwned() && !thing.isLeaving());
    }

    Outside outside() {
        return setting.outside();
    }
}
