package io.btp.installer.api.contract;

import java.util.Optional;

/**
 * The ingress controller that the platform is reached through.
 *
 * @param className ingress class
 * @param hostname host name of its load balancer
 * @param address IP address of its load balancer
 * @param hostedZone DNS zone id of the load balancer's name, for alias records
 * @param namespace where the controller lives
 */
public record Ingress(
        String className,
        Optional<String> hostname,
        Optional<String> address,
        Optional<String> hostedZone,
        String namespace) {}
