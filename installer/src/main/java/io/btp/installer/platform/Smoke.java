package io.btp.installer.platform;

import io.btp.installer.api.Check;
import io.btp.installer.api.Connection;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Records;
import io.btp.installer.api.Slots;
import io.btp.installer.api.contract.CertificateIssuer;
import io.btp.installer.api.contract.Cluster;
import io.btp.installer.api.contract.Ingress;
import io.btp.installer.api.contract.Platform;
import io.btp.installer.engine.Pace;
import io.btp.installer.host.reach.Reach;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/** The end-to-end checks of the running platform: it answers through the ingress, and its name leads there. */
public final class Smoke implements Function<Records, List<Check>> {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** Looks up names. */
    @FunctionalInterface
    public interface Resolver {
        /** Gives the addresses of a name. */
        List<InetAddress> addresses(String host) throws UnknownHostException;

        /** Asks the machine's own resolver. */
        static Resolver system() {
            return host -> List.of(InetAddress.getAllByName(host));
        }
    }

    private final Reach reach;
    private final HttpsProbe probe;
    private final Resolver resolver;
    private final Pace pace;
    private final Duration patience;

    /**
     * Prepares the checks.
     *
     * @param connection how the platform is reached from here
     * @param patience how long to look again while the platform does not answer; less than the checks' own deadline
     */
    public Smoke(Connection connection, Resolver resolver, Pace pace, Duration patience) {
        this.reach = Reach.of(connection);
        this.probe = new HttpsProbe(reach);
        this.resolver = resolver;
        this.pace = pace;
        this.patience = patience;
    }

    /** Gives the checks; none while the platform, its ingress or its certificate is not published. */
    @Override
    public List<Check> apply(Records records) {
        var checks = new ArrayList<Check>();
        records.find(Slots.PLATFORM)
                .ifPresent(platform -> records.find(Slots.INGRESS).ifPresent(ingress -> {
                    checks.add(Check.of(
                            "platform.answers",
                            "The platform answers at " + platform.url(),
                            () -> answers(platform, ingress, records)));
                    checks.add(Check.of(
                            "platform.name",
                            platform.url().getHost() + " leads to the platform",
                            () -> name(platform, ingress, records)));
                }));
        return List.copyOf(checks);
    }

    private Check.Result answers(Platform platform, Ingress ingress, Records records) throws InterruptedException {
        var simulated = isSimulated(records);
        var since = pace.now();
        while (true) {
            var outcome = look(platform, ingress, records);
            if (outcome instanceof HttpsProbe.Outcome.Answered(String detail)) {
                return new Check.Result.Passed(detail);
            }
            if (simulated && outcome instanceof HttpsProbe.Outcome.Silent(Problem problem)) {
                return new Check.Result.Simulated("nothing runs behind the ingress: " + problem.summary());
            }
            if (pace.now().minus(since).compareTo(patience) >= 0) {
                return new Check.Result.Failed(problem(outcome));
            }
            pace.pause(PAUSE);
        }
    }

    private HttpsProbe.Outcome look(Platform platform, Ingress ingress, Records records) throws InterruptedException {
        try {
            var entrance = entrance(platform, ingress);
            if (entrance.isEmpty()) {
                return new HttpsProbe.Outcome.Silent(Problem.of(
                        Problem.Reason.NOT_READY,
                        "Ingress " + ingress.className() + " has no load balancer",
                        "See why in kubectl -n " + ingress.namespace() + " get services"));
            }
            return probe.get(platform.url(), entrance.get(), trust(records));
        } catch (UnknownHostException unknown) {
            return new HttpsProbe.Outcome.Silent(Problem.of(
                    Problem.Reason.UNREACHABLE,
                    "The load balancer's name " + ingress.hostname().orElse("") + " has no address yet",
                    "Wait a few minutes, then run btp verify"));
        }
    }

    /** The load balancer, by the proxy unless either its own name or the platform's is reached without. */
    private Optional<HttpsProbe.Entrance> entrance(Platform platform, Ingress ingress) throws UnknownHostException {
        var name = ingress.address().or(ingress::hostname);
        var proxy = reach.proxyFor(platform.url())
                .filter(hop -> name.map(Smoke::address).flatMap(reach::proxyFor).isPresent());
        if (proxy.isPresent()) {
            return name.map(host -> new HttpsProbe.Entrance(host, proxy));
        }
        return loadBalancer(ingress).stream()
                .findFirst()
                .map(address -> new HttpsProbe.Entrance(address.getHostAddress(), Optional.empty()));
    }

    private static URI address(String host) {
        return URI.create("https://" + (host.contains(":") ? "[" + host + "]" : host));
    }

    private static Problem problem(HttpsProbe.Outcome outcome) {
        return switch (outcome) {
            case HttpsProbe.Outcome.Answered answered -> throw new IllegalStateException("no problem: " + answered);
            case HttpsProbe.Outcome.Refused(Problem problem) -> problem;
            case HttpsProbe.Outcome.Silent(Problem problem) -> problem;
        };
    }

    private static HttpsProbe.Trust trust(Records records) {
        var challenge = records.find(Slots.CERTIFICATES).map(CertificateIssuer::challenge);
        return challenge.equals(Optional.of(CertificateIssuer.Challenge.NONE))
                ? HttpsProbe.Trust.NAME_AND_VALIDITY
                : HttpsProbe.Trust.CHAIN;
    }

    private Check.Result name(Platform platform, Ingress ingress, Records records) {
        var host = platform.url().getHost();
        var target = ingress.hostname().or(ingress::address).orElse("the load balancer of " + ingress.className());
        var record = host + (ingress.hostname().isPresent() ? " CNAME " : " A ") + target;
        var found = new TreeSet<String>();
        var wanted = new TreeSet<String>();
        try {
            loadBalancer(ingress).forEach(address -> wanted.add(address.getHostAddress()));
            resolver.addresses(host).forEach(address -> found.add(address.getHostAddress()));
        } catch (UnknownHostException unknown) {
            return elsewhere(records, host + " or its load balancer's name has no address", record);
        }
        if (wanted.stream().anyMatch(found::contains)) {
            return new Check.Result.Passed(String.join(", ", found));
        }
        return elsewhere(
                records,
                host + " leads to " + String.join(", ", found) + ", and not to " + String.join(", ", wanted),
                record);
    }

    private static Check.Result elsewhere(Records records, String what, String record) {
        if (isSimulated(records)) {
            return new Check.Result.Simulated(what);
        }
        return new Check.Result.Warned(Problem.of(
                Problem.Reason.NOT_FOUND, what, "Make this DNS record, or wait until it has spread: " + record));
    }

    private List<InetAddress> loadBalancer(Ingress ingress) throws UnknownHostException {
        var name = ingress.address().or(ingress::hostname);
        return name.isEmpty() ? List.of() : resolver.addresses(name.get());
    }

    private static boolean isSimulated(Records records) {
        return records.find(Slots.CLUSTER).filter(Cluster::simulated).isPresent();
    }
}
