package io.btp.installer.api.contract;

import java.util.Optional;

/**
 * A DNS zone that may be written to.
 *
 * @param name the zone, without a trailing dot
 * @param service who serves it, for example {@code route53}
 * @param zoneId the service's id of the zone
 * @param region where the service needs one
 * @param solver how an ACME solver writes to it
 */
public record DnsZone(String name, String service, String zoneId, Optional<String> region, Optional<Access> solver) {}
