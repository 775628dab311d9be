package io.btp.installer.api;

import io.btp.installer.api.contract.Cluster;
import io.btp.installer.api.contract.Secret;
import io.btp.installer.api.contract.SecretStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the host lends to one component. Host type: plugins only call it.
 *
 * <p>Ports that need a place take the records of the observation: while the place is missing they answer as if nothing
 * were there, without I/O, so one method can serve {@link Component#observe} and {@link Component#absent}.
 */
public interface Context {
    /** Gives the installation. */
    Installation installation();

    /** Gives the owner labels that everything made by this component carries. */
    Map<String, String> labels();

    /** Lists the uses that are asked of this component's slot; {@link Need#PLATFORM_USE} among them. */
    Set<String> uses();

    /**
     * Starts the description of a release of the chart that the provider is {@linkplain Description#madeOf made of}, in
     * the version in force, with the user's own values to be merged over what the provider sets.
     *
     * @param namespace where it lives; while that is not known, what {@link Records#show} says of it
     * @param name its name, derived from the installation
     */
    HelmRelease release(String namespace, String name);

    /** Lends Helm in the cluster of these records. */
    Helm helm(Records records);

    /** Lends the API of the cluster of these records. */
    Kubernetes kubernetes(Records records);

    /** Lends the secret store of these records. */
    Secrets secrets(Records records);

    /**
     * Lends the secrets in a HashiCorp Vault or OpenBao, for the {@link SecretsProvider} that publishes it: the host speaks
     * its protocol, by the connection's proxy or through the cluster, and verifies TLS as the record says. Contacts nothing.
     *
     * @param store of kind {@link SecretStore.Kind#VAULT}, with an address; its access is a token or the keys of an AppRole;
     *     names stand under its prefix, in a key-value store of version 2
     */
    default SecretStorage vault(SecretStore store, Records records) {
        throw new IllegalStateException("nobody lends the secrets of " + store.prefix());
    }

    /** Lends a way to addresses that only the cluster of these records reaches. */
    Tunnel tunnel(Records records);

    /**
     * Reads a kubeconfig as kubectl does (several files, exec plugins, token and key files) and gives it with the one
     * context, self-contained.
     *
     * @param path file, or files as in {@code KUBECONFIG}; empty for kubectl's own choice
     * @param contextName which context; empty for the current one
     * @throws ProviderException if there is none, or it cannot be read
     */
    Secret kubeconfig(Optional<String> path, Optional<String> contextName);

    /**
     * Names the contexts of a kubeconfig, read as {@link #kubeconfig} does; the current one first. Contacts nothing.
     *
     * @param path file, or files as in {@code KUBECONFIG}; empty for kubectl's own choice
     * @throws ProviderException if there is none, or it cannot be read
     */
    default List<String> kubeconfigContexts(Optional<String> path) {
        throw new IllegalStateException(
                "nobody lends a kubeconfig" + path.map(it -> ": " + it).orElse(""));
    }

    /**
     * Connects to a cluster and gives its record.
     *
     * @param name what people call it
     * @param kubeconfig text with exactly one context
     * @throws ProviderException if it does not answer or refuses
     */
    Cluster cluster(String name, Secret kubeconfig) throws InterruptedException;
}
