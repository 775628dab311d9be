package io.btp.installer.plugin.kubernetes;

import io.btp.installer.api.Installation;
import io.btp.installer.api.Need;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Records;
import io.btp.installer.api.Slot;
import io.btp.installer.api.Slots;
import io.btp.installer.api.contract.CertificateIssuer.Challenge;
import io.btp.installer.api.contract.DnsZone;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How the certificate is come by, as far as it can be known from what is published.
 *
 * @param way how
 * @param hosts names that the certificate serves
 * @param inputs slots whose records decide it or stand in the issuer; they may still be missing
 * @param reason why it came to this, where people should know
 * @param hindrance why it cannot be done
 */
record IssuanceChoice(
        Way way, List<String> hosts, List<Slot<?>> inputs, Optional<String> reason, Optional<Problem> hindrance) {
    /** How. */
    enum Way {
        DNS_01(Challenge.DNS_01),
        HTTP_01(Challenge.HTTP_01),
        CA(Challenge.NONE),
        SELF_SIGNED(Challenge.NONE);

        private final Challenge challenge;

        Way(Challenge challenge) {
            this.challenge = challenge;
        }

        /** Says which challenge that is. */
        Challenge challenge() {
            return challenge;
        }

        /** Tells whether an ACME authority signs. */
        boolean isAcme() {
            return this == DNS_01 || this == HTTP_01;
        }
    }

    /** The only DNS service that is spoken to. */
    static final String ROUTE53 = "route53";

    private static final String BROWSERS = "self-signed: browsers warn of it";

    static IssuanceChoice of(CertManager.Configuration configuration, Installation installation, Records records) {
        var zone = records.find(Slots.ZONE);
        var unfit = zone.flatMap(found -> unfit(found, installation.domain()));
        return switch (configuration.wish()) {
            case DNS_01 -> byRecord(configuration, installation, unfit);
            case HTTP_01 -> byPort80(configuration, installation, Optional.empty());
            case CA -> byAuthority(configuration, installation);
            case SELF_SIGNED -> bySelf(configuration, installation, BROWSERS);
            case AUTO -> {
                if (configuration.authority().isPresent()) {
                    yield byAuthority(configuration, installation);
                }
                if (records.isFilled(Slots.ZONE) && unfit.isEmpty()) {
                    yield byRecord(configuration, installation, Optional.empty());
                }
                var why = unfit.map(Problem::summary);
                if (configuration.email().isPresent()) {
                    yield byPort80(configuration, installation, why);
                }
                yield bySelf(
                        configuration,
                        installation,
                        BROWSERS + "; nothing can prove the domain: " + why.orElse("there is no DNS zone")
                                + ", and no e-mail address is given");
            }
        };
    }

    private static IssuanceChoice byRecord(
            CertManager.Configuration configuration, Installation installation, Optional<Problem> unfit) {
        return new IssuanceChoice(
                Way.DNS_01, hosts(configuration, installation), List.of(Slots.ZONE), Optional.empty(), unfit);
    }

    private static IssuanceChoice byPort80(
            CertManager.Configuration configuration, Installation installation, Optional<String> reason) {
        var domain = installation.domain();
        var hosts = configuration.hosts().isEmpty()
                ? List.of(domain, "ipfs." + domain, "grafana." + domain)
                : configuration.hosts();
        var wildcard = hosts.stream().filter(host -> host.startsWith("*.")).findFirst();
        return new IssuanceChoice(
                Way.HTTP_01,
                hosts,
                List.of(Slots.INGRESS),
                reason,
                wildcard.map(host -> Problem.of(
                        Problem.Reason.INVALID,
                        "http-01 cannot prove " + host + ": wildcards are proved in DNS only",
                        "Name each host in edge.certificates.hosts, or fill edge.zone")));
    }

    private static IssuanceChoice byAuthority(CertManager.Configuration configuration, Installation installation) {
        return new IssuanceChoice(
                Way.CA, hosts(configuration, installation), List.of(), Optional.empty(), Optional.empty());
    }

    private static IssuanceChoice bySelf(
            CertManager.Configuration configuration, Installation installation, String reason) {
        return new IssuanceChoice(
                Way.SELF_SIGNED, hosts(configuration, installation), List.of(), Optional.of(reason), Optional.empty());
    }

    private static List<String> hosts(CertManager.Configuration configuration, Installation installation) {
        return configuration.hosts().isEmpty()
                ? List.of(installation.domain(), "*." + installation.domain())
                : configuration.hosts();
    }

    private static Optional<Problem> unfit(DnsZone zone, String domain) {
        if (!isWithin(domain, zone.name())) {
            return Optional.of(Problem.of(
                    Problem.Reason.INVALID,
                    "The DNS zone %s does not hold the domain %s".formatted(zone.name(), domain),
                    "Name the zone of %s in edge.zone, or choose another challenge in edge.certificates"
                            .formatted(domain)));
        }
        if (!zone.service().equals(ROUTE53)) {
            return Optional.of(Problem.of(
                    Problem.Reason.UNSUPPORTED,
                    "The DNS zone %s is served by %s, and dns-01 works with Route 53 only"
                            .formatted(zone.name(), zone.service()),
                    "Choose http-01, ca or self-signed in edge.certificates.challenge"));
        }
        if (zone.solver().isEmpty()) {
            return Optional.of(Problem.of(
                    Problem.Reason.FORBIDDEN,
                    "Nothing may write records into the DNS zone " + zone.name(),
                    "Let edge.zone give access to it, or choose another challenge in edge.certificates"));
        }
        return Optional.empty();
    }

    private static boolean isWithin(String domain, String zone) {
        var name = domain.toLowerCase(Locale.ROOT);
        var suffix = zone.toLowerCase(Locale.ROOT);
        return name.equals(suffix) || name.endsWith("." + suffix);
    }

    /** Gives what the steps of the issuer wait for. */
    Need<?>[] waits() {
        return inputs.stream().map(Need::input).toArray(Need<?>[]::new);
    }
}
