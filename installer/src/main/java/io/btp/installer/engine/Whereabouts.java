package io.btp.installer.engine;

import io.btp.installer.api.Need;
import io.btp.installer.api.Records;
import io.btp.installer.api.contract.CertificateIssuer;
import io.btp.installer.api.contract.Cluster;
import io.btp.installer.api.contract.DnsRecords;
import io.btp.installer.api.contract.DnsZone;
import io.btp.installer.api.contract.Identity;
import io.btp.installer.api.contract.Ingress;
import io.btp.installer.api.contract.KubernetesApi;
import io.btp.installer.api.contract.Logs;
import io.btp.installer.api.contract.Metrics;
import io.btp.installer.api.contract.Namespaces;
import io.btp.installer.api.contract.ObjectStore;
import io.btp.installer.api.contract.Platform;
import io.btp.installer.api.contract.Postgres;
import io.btp.installer.api.contract.Redis;
import io.btp.installer.api.contract.SecretStore;
import io.btp.installer.event.RunEvent;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/** Says what is running where, from what components publish. */
final class Whereabouts {
    /** What every name inside of a cluster ends with; people do without. */
    private static final String IN_CLUSTER = ".svc.cluster.local";

    private Whereabouts() {}

    /** Gives what every component that has published is, and where; in the order of need. */
    static List<RunEvent.Running> of(Blueprint blueprint, Records records) {
        return blueprint.nodes().stream()
                .flatMap(node -> running(node, records).stream())
                .toList();
    }

    private static Optional<RunEvent.Running> running(Node node, Records records) {
        var places = new TreeSet<String>();
        for (var use : node.uses()) {
            records.find(Need.input(node.slot()).forUse(use)).ifPresent(it -> places.add(words(it)));
        }
        places.remove("");
        return places.isEmpty()
                ? Optional.empty()
                : Optional.of(new RunEvent.Running(
                        node.id(),
                        node.slot().title(),
                        node.provider().description().id(),
                        String.join(", ", places)));
    }

    /** Records of plugins say for themselves what they are; where nothing is known to be public, nothing is said. */
    private static String words(Record published) {
        return switch (published) {
            case Cluster it -> it.server() + " (" + it.version() + ")";
            case Namespaces it -> String.join(", ", it.platform(), it.deployments(), it.dependencies());
            case Postgres it -> name(it.host()) + ":" + it.port() + "/" + it.database();
            case Redis it -> name(it.host()) + ":" + it.port();
            case ObjectStore it -> name(it.endpoint()) + ", bucket " + it.bucket();
            case Identity it -> it.issuer().toString();
            case SecretStore it ->
                it.address()
                        .map(Whereabouts::name)
                        .orElse(it.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '));
            case Ingress it ->
                "class " + it.className()
                        + it.address().or(it::hostname).map(to -> " at " + to).orElse("");
            case DnsZone it -> it.name();
            case CertificateIssuer it ->
                it.kind()
                        .flatMap(kind -> it.name().map(name -> kind + " " + name))
                        .orElse("Secret " + it.tlsSecret());
            case DnsRecords it -> String.join(", ", it.hosts()) + " -> " + it.target();
            case Metrics it -> it.grafana().map(Whereabouts::name).orElse(name(it.query()));
            case Logs it -> name(it.query());
            case KubernetesApi it -> it.groupVersion();
            case Platform it -> it.url().toString();
            default -> "";
        };
    }

    private static String name(URI address) {
        return address.toString().replace(IN_CLUSTER, "");
    }

    private static String name(String host) {
        return host.endsWith(IN_CLUSTER) ? host.substring(0, host.length() - IN_CLUSTER.length()) : host;
    }
}
