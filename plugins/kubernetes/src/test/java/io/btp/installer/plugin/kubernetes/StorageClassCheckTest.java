package io.btp.installer.plugin.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.api.Check;
import io.btp.installer.api.Connection;
import io.btp.installer.api.Installation;
import io.btp.installer.api.Slots;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class StorageClassCheckTest {
    private final World world = new World();

    @BeforeEach
    void storageClass() {
        world.put(Map.of("apiVersion", "storage.k8s.io/v1", "kind", "StorageClass", "metadata", Map.of("name", "gp3")));
    }

    private Check.Result result(Optional<String> wanted, Optional<String> byDefault) throws InterruptedException {
        var context = new FakeContext(
                world, new Valkey(), new Installation("acme", "x.example", Connection.direct()), Set.of());
        var records = Lab.Board.of(Slots.CLUSTER, FakeContext.cluster("prod", "v1.35.4", byDefault));
        var checks = new Valkey()
                .open(new Valkey.Configuration(0, Quantity.of("8Gi"), wanted), context)
                .checks(records);
        return checks.getFirst().probe().run();
    }

    @Test
    void passesWhereTheClassIsThere() throws InterruptedException {
        assertThat(result(Optional.of("gp3"), Optional.empty()))
                .isEqualTo(new Check.Result.Passed("Storage class gp3"));
    }

    @Test
    void failsWhereTheClassIsNotThere() throws InterruptedException {
        assertThat(result(Optional.of("io2"), Optional.of("gp3"))).isInstanceOf(Check.Result.Failed.class);
    }

    @Test
    void passesWhereTheClusterHasADefault() throws InterruptedException {
        assertThat(result(Optional.empty(), Optional.of("gp3"))).isInstanceOf(Check.Result.Passed.class);
    }

    @Test
    void failsWhereNothingSaysWhichClass() throws InterruptedException {
        assertThat(result(Optional.empty(), Optional.empty())).isInstanceOf(Check.Result.Failed.class);
    }

    @Test
    void isNotAskedWhileTheClusterIsMissing() {
        var context = new FakeContext(
                world, new CloudNativePg(), new Installation("acme", "x.example", Connection.direct()), Set.of());

        assertThat(new CloudNativePg().open(Lab.POSTGRES, context).checks(new Lab.Board()))
                .isEmpty();
    }
}
