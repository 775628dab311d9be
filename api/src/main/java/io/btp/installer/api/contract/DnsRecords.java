package io.btp.installer.api.contract;

import java.util.List;

/**
 * Names that resolve to the platform.
 *
 * @param hosts names, wildcards included
 * @param target host name or address that they point to
 */
public record DnsRecords(List<String> hosts, String target) {
    /** Copies the list. */
    public DnsRecords {
        hosts = List.copyOf(hosts);
    }
}
