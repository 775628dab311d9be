package io.btp.installer.host.probe;

import io.btp.installer.api.Check;
import io.btp.installer.api.Connection;
import io.btp.installer.api.Installation;
import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.api.Records;
import io.btp.installer.api.SecretStorage;
import io.btp.installer.api.Slot;
import io.btp.installer.api.Slots;
import io.btp.installer.api.Tunnel;
import io.btp.installer.api.contract.Access;
import io.btp.installer.api.contract.CertificateIssuer;
import io.btp.installer.api.contract.Cluster;
import io.btp.installer.api.contract.Identity;
import io.btp.installer.api.contract.Logs;
import io.btp.installer.api.contract.Metrics;
import io.btp.installer.api.contract.Namespaces;
import io.btp.installer.api.contract.ObjectStore;
import io.btp.installer.api.contract.Postgres;
import io.btp.installer.api.contract.Redis;
import io.btp.installer.api.contract.Secret;
import io.btp.installer.api.contract.SecretStore;
import io.btp.installer.api.contract.Tls;
import io.btp.installer.host.reach.ProxyHop;
import io.btp.installer.host.reach.Reach;
import io.btp.installer.host.tunnel.ClusterTunnel;
import java.net.URI;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Gives the checks that prove a published record, whoever published it. One for each process: it remembers refusals. */
public final class Proofs {
    private static final Pattern VERSION = Pattern.compile("v?1\\.(\\d{1,3})\\b.*");
    private static final int OLDEST_MINOR = 29;
    private static final int NEWEST_MINOR = 37;
    private static final int KEY_BYTES = 32;

    private final Function<Records, Tunnel> tunnels;
    private final Function<Records, Optional<Objects>> clusters;
    private final Installation installation;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Gate gate;

    /** Reads the objects of a cluster. */
    @FunctionalInterface
    public interface Objects {
        /** Reads an object; empty where there is none. */
        Optional<Map<String, Object>> find(ObjectRef ref) throws InterruptedException;
    }

    /**
     * Proves records.
     *
     * @param tunnels gives the tunnel for these records
     * @param clusters gives the objects of the cluster of these records; empty while it is missing
     * @param installation its domain, proxy and authorities
     * @param clock tells how long a refusal is remembered, and which certificates are in force
     * @param random makes the names of what trials make, and the key that credentials are told apart by
     */
    public Proofs(
            Function<Records, Tunnel> tunnels,
            Function<Records, Optional<Objects>> clusters,
            Installation installation,
            InstantSource clock,
            RandomGenerator random) {
        this.tunnels = tunnels;
        this.clusters = clusters;
        this.installation = installation;
        this.clock = clock;
        this.random = random;
        var key = new byte[KEY_BYTES];
        random.nextBytes(key);
        this.gate = new Gate(clock, key);
    }

    /** Gives the checks of a record; none for those that say all there is to say by themselves. */
    public List<Check> of(Slot<?> slot, Record published, Records records) {
        return switch (published) {
            case Postgres postgres -> postgres(postgres, records);
            case Redis redis -> redis(redis, records);
            case ObjectStore store -> objectStore(store, records);
            case CertificateIssuer issuer -> certificate(issuer, records);
            case Identity identity -> identity(identity, records);
            case SecretStore store -> secretStore(store, records);
            case Metrics metrics ->
                query("metrics.query", "Prometheus", slot, metrics.query(), "api/v1/query?query=1", records);
            case Logs logs -> query("logs.query", "Loki", slot, logs.query(), "loki/api/v1/labels", records);
            case Cluster cluster -> List.of(version(cluster));
            default -> List.of();
        };
    }

    private List<Check> postgres(Postgres postgres, Records records) {
        var name = "PostgreSQL at %s:%d".formatted(postgres.host(), postgres.port());
        var line = line(postgres.host(), postgres.port(), postgres.tls(), records);
        var subject = subject(name, line, List.of(postgres.password()), records);
        return new PostgresProof(postgres, subject, gate, mark()).checks();
    }

    private List<Check> redis(Redis redis, Records records) {
        var name = "Redis at %s:%d".formatted(redis.host(), redis.port());
        var line = line(redis.host(), redis.port(), redis.tls(), records);
        var subject = subject(name, line, redis.password().stream().toList(), records);
        return new RedisProof(redis, subject, gate, mark()).checks();
    }

    private List<Check> objectStore(ObjectStore store, Records records) {
        var name = "The object store at " + store.endpoint();
        var subject = subject(name, line(store.endpoint(), store.tls(), records), secrets(store), records);
        return new ObjectStoreProof(store, subject, gate, mark()).checks();
    }

    private List<Check> certificate(CertificateIssuer issuer, Records records) {
        var namespace = records.find(Slots.NAMESPACES).map(Namespaces::platform);
        return clusters
                .apply(records)
                .flatMap(objects -> namespace.map(name -> new CertificateProof(issuer, name, objects, clock).check()))
                .stream()
                .toList();
    }

    private List<Check> identity(Identity identity, Records records) {
        var name = "The identity provider at " + identity.issuer();
        var subject =
                subject(name, line(identity.issuer(), identity.tls(), records), OidcProof.hidden(identity), records);
        var web = new Web(address -> line(address, identity.tls(), records));
        var callback = installation.callback(identity.kind());
        return new OidcProof(identity, callback, subject, web, gate, mark()).checks();
    }

    private List<Check> secretStore(SecretStore store, Records records) {
        if (store.kind() != SecretStore.Kind.VAULT || store.address().isEmpty()) {
            return List.of(); // the cluster or the cloud account itself is the store, and is proved as that
        }
        var subject = subject(store, store.address().get(), records);
        return new VaultProof(store, subject, vault(store, subject, records), mark()).checks();
    }

    /**
     * Gives the secrets that are kept in HashiCorp Vault or OpenBao. Contacts nothing.
     *
     * @param store one of them, with an address
     */
    public SecretStorage vault(SecretStore store, Records records) {
        var address =
                store.address().orElseThrow(() -> new IllegalArgumentException("a secret store without an address"));
        var subject = subject(store, address, records);
        return new VaultStorage(subject, vault(store, subject, records), new VaultFaults(store, subject));
    }

    private Subject subject(SecretStore store, URI address, Records records) {
        var name = "The secret store at " + address;
        return subject(name, line(address, store.tls(), records), VaultProof.hidden(store), records);
    }

    private Vault vault(SecretStore store, Subject subject, Records records) {
        var web = new Web(address -> line(address, store.tls(), records));
        return new Vault(store, subject, web, gate, new VaultFaults(store, subject));
    }

    private List<Check> query(String id, String product, Slot<?> slot, URI address, String path, Records records) {
        var tls = Tls.of(address);
        var name = "%s at %s".formatted(product, address);
        var subject = subject(name, line(address, tls, records), List.of(), records);
        var query = URI.create(address.toString().replaceAll("/$", "") + "/" + path);
        var web = new Web(other -> line(other, tls, records));
        return List.of(new QueryProof(id, product, query, slot.path() + ".query", subject, web).check());
    }

    private static Check version(Cluster cluster) {
        return Check.of("cluster.version", "The cluster's Kubernetes version is known to work", () -> {
            var matcher = VERSION.matcher(cluster.version());
            var minor = matcher.matches() ? Integer.parseInt(matcher.group(1)) : -1;
            return OLDEST_MINOR <= minor && minor <= NEWEST_MINOR
                    ? new Check.Result.Passed(cluster.version())
                    : new Check.Result.Warned(Problem.of(
                            Reason.UNSUPPORTED,
                            "Cluster %s has Kubernetes %s, expected 1.%d to 1.%d"
                                    .formatted(cluster.name(), cluster.version(), OLDEST_MINOR, NEWEST_MINOR),
                            "Upgrade the cluster, or this program"));
        });
    }

    private Line line(String host, int port, Tls tls, Records records) {
        var trust = tls.isEnabled() ? Optional.of(Trust.of(tls, connection())) : Optional.<Trust>empty();
        return new Line(tunnels.apply(records), host, port, trust, Optional.empty());
    }

    // The scheme decides whether it is TLS; HTTP is what proxies are for.
    private Line line(URI endpoint, Tls asked, Records records) {
        var encrypted = "https".equalsIgnoreCase(endpoint.getScheme());
        var tls = asked.isEnabled() ? asked : Tls.verified();
        var host = Optional.ofNullable(endpoint.getHost()).orElse("");
        var port = endpoint.getPort() < 0 ? (encrypted ? 443 : 80) : endpoint.getPort();
        var trust = encrypted ? Optional.of(Trust.of(tls, connection())) : Optional.<Trust>empty();
        return new Line(tunnels.apply(records), host, port, trust, proxy(endpoint, host));
    }

    private Optional<ProxyHop> proxy(URI endpoint, String host) {
        return ClusterTunnel.isServiceName(host)
                ? Optional.empty()
                : Reach.of(connection()).proxyFor(endpoint);
    }

    private Connection connection() {
        return installation.connection();
    }

    private Subject subject(String name, Line line, List<Secret> hidden, Records records) {
        var simulated = records.find(Slots.CLUSTER).filter(Cluster::simulated).isPresent();
        return new Subject(name, line, hidden, simulated && isOfCluster(line.host()));
    }

    /** Services, and what is reached through the ingress. */
    private boolean isOfCluster(String host) {
        return ClusterTunnel.isServiceName(host) || host.endsWith("." + installation.domain());
    }

    private static List<Secret> secrets(ObjectStore store) {
        return switch (store.access()) {
            case Access.Keys keys -> List.of(keys.secretKey(), Secret.of(keys.accessKey()));
            case Access.Token token -> List.of(token.token());
            case Access.WorkloadIdentity workload -> List.of();
        };
    }

    private String mark() {
        return "btp-check-" + HexFormat.of().toHexDigits(random.nextLong());
    }
}
