package io.btp.installer.host.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.api.Check;
import io.btp.installer.api.Connection;
import io.btp.installer.api.Installation;
import io.btp.installer.api.Need;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Records;
import io.btp.installer.api.Slot;
import io.btp.installer.api.Slots;
import io.btp.installer.api.Tunnel;
import io.btp.installer.api.contract.Cluster;
import io.btp.installer.api.contract.Secret;
import io.btp.installer.host.tunnel.ClusterTunnel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Runs single checks of records, and looks into every result for secrets. */
final class Proving {
    /** In every secret of the tests: must be in no result. */
    static final String CANARY = "canary";

    private final Proofs proofs;
    private final Records records;

    Proving(Tunnel tunnel, Connection connection, InstantSource clock, Records records) {
        this.proofs = new Proofs(
                unused -> tunnel,
                unused -> Optional.empty(),
                new Installation("acme", "btp.acme.example", connection),
                clock,
                new SplittableRandom());
        this.records = records;
    }

    /** Reaches what this machine reaches. */
    static Proving direct() {
        return through(ClusterTunnel.direct());
    }

    static Proving through(Tunnel tunnel) {
        return new Proving(tunnel, Connection.direct(), InstantSource.system(), nothing());
    }

    /** Leads every name to a port of this machine. */
    static Tunnel to(int port) {
        return (host, asked) -> new Tunnel.Way() {
            @Override
            public InetSocketAddress address() {
                return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            }

            @Override
            public void close() {}
        };
    }

    static Secret secret(String text) {
        return Secret.of(CANARY + "-" + text);
    }

    Check.Result run(Slot<?> slot, Record published, String id) throws InterruptedException {
        var checks = proofs.of(slot, published, records);
        var result = checks.stream()
                .filter(check -> check.id().equals(id))
                .findFirst()
                .orElseThrow()
                .probe()
                .run();
        assertThat(result.toString()).as("no secret is told").doesNotContain(CANARY);
        return result;
    }

    List<Check> checks(Slot<?> slot, Record published) {
        return proofs.of(slot, published, records);
    }

    Problem failure(Slot<?> slot, Record published, String id) throws InterruptedException {
        var result = run(slot, published, id);
        assertThat(result).isInstanceOf(Check.Result.Failed.class);
        var problem = ((Check.Result.Failed) result).problem();
        assertThat(problem.remedy()).as("a remedy").isNotBlank();
        return problem;
    }

    Problem warning(Slot<?> slot, Record published, String id) throws InterruptedException {
        var result = run(slot, published, id);
        assertThat(result).isInstanceOf(Check.Result.Warned.class);
        return ((Check.Result.Warned) result).problem();
    }

    void passes(Slot<?> slot, Record published, String id) throws InterruptedException {
        assertThat(run(slot, published, id)).isInstanceOf(Check.Result.Passed.class);
    }

    static Records nothing() {
        return records(Optional.empty());
    }

    static Records simulated() {
        return records(Optional.of(new Cluster(
                "uid",
                "sandbox",
                URI.create("https://127.0.0.1:6443"),
                secret("access"),
                "v1.35.4",
                Optional.empty(),
                Cluster.Identities.PLAIN,
                true)));
    }

    private static Records records(Optional<Cluster> cluster) {
        return new Records() {
            @Override
            public <O extends Record> Optional<O> find(Need<O> need) {
                return need.slot().equals(Slots.CLUSTER)
                        ? cluster.map(need.slot().type()::cast)
                        : Optional.empty();
            }

            @Override
            public boolean isFilled(Slot<?> slot) {
                return slot.equals(Slots.CLUSTER);
            }
        };
    }
}
