package io.btp.installer.host;

import io.btp.installer.api.Chart;
import io.btp.installer.api.Check;
import io.btp.installer.api.Context;
import io.btp.installer.api.Provider;
import io.btp.installer.api.Records;
import io.btp.installer.api.SecretStorage;
import io.btp.installer.api.Slot;
import io.btp.installer.api.contract.Cluster;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** What the engine asks of the outside world. */
public interface Host extends AutoCloseable {
    /**
     * What one component is lent.
     *
     * @param provider whose component it is
     * @param uses the uses that are asked of its slot
     * @param chart the chart in force, where the provider is made of one
     * @param values what the user said of the chart's values
     * @param storage opens the chosen secret store, once its record is published
     */
    record Loan(
            Provider<?, ?> provider,
            Set<String> uses,
            Optional<Chart> chart,
            Map<String, Object> values,
            Function<Records, Optional<SecretStorage>> storage) {}

    /** Lends ports to a component. Contacts nothing. */
    Context lend(Loan loan);

    /**
     * Lends ports to a component that goes back after an upgrade failed: Helm's steps lead to the revision that was in
     * force before, in the chart version of the loan.
     */
    Context lendBack(Loan loan);

    /**
     * Tells a chart's version: the one that it names, otherwise that of its archive or folder on this machine.
     *
     * @throws io.btp.installer.api.ProviderException if the file cannot be read
     */
    Optional<String> version(Chart chart) throws InterruptedException;

    /** Gives the checks and trials that prove a published record, whoever published it. */
    List<Check> proofs(Slot<?> slot, Record published, Records records);

    /** Opens the installation's home in a cluster. */
    Home home(Cluster cluster, String namespace);

    /** Finds the namespace that is the installation's home, by its labels; empty where there is none. */
    Optional<String> homeOf(Cluster cluster) throws InterruptedException;

    /** Tells what the one who asks may do in a cluster. */
    Rights rights(Cluster cluster);

    /** Tells that what is planned from now on is meant to be carried out, so that what takes time to start may start. */
    void expectChanges();

    /**
     * Sets how much longer changes may be made; asked before each of them and while calls are in flight, which end
     * within two seconds after nothing is left.
     */
    void permit(Supplier<Duration> left);

    /** Ends every call in flight now. */
    void abort();

    @Override
    void close();
}
