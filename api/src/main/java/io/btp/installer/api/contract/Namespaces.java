package io.btp.installer.api.contract;

import java.util.Map;

/**
 * The namespaces of the installation.
 *
 * @param platform where the platform and the installation record live
 * @param deployments where the platform deploys its users' workloads
 * @param dependencies where in-cluster dependencies live
 * @param serviceAccounts service account names by use, for example {@code platform}
 */
public record Namespaces(
        String platform, String deployments, String dependencies, Map<String, String> serviceAccounts) {
    /** Copies the map. */
    public Namespaces {
        serviceAccounts = Map.copyOf(serviceAccounts);
    }
}
