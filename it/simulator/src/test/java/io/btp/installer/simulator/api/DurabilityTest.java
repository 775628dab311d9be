package io.btp.installer.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is left when processes die and files are damaged. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DurabilityTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    @TempDir
    Path folder;

    private Path store() {
        return folder.resolve("store");
    }

    private Path file() {
        return store().resolve("objects.jsonl");
    }

    private static String map(String name) {
        return "{\"metadata\":{\"name\":\"%s\"}}".formatted(name);
    }

    private void store(String... names) throws IOException, InterruptedException {
        try (var api = EmbeddedApi.open(store());
                var caller = new Caller(api)) {
            for (var name : names) {
                assertThat(caller.post(MAPS, map(name)).status()).isEqualTo(201);
            }
        }
    }

    @Test
    void joinsTheProcessThatServesAndTakesOverWhenItIsKilled() throws IOException, InterruptedException {
        try (var server = Server.start(store(), folder.resolve("kubeconfig"))) {
            var written = "";
            try (var joined = EmbeddedApi.open(store());
                    var caller = new Caller(joined)) {
                assertThat(joined.isServing()).isFalse();
                assertThat(joined.audit()).isEmpty();
                assertThat(joined.kubeconfig()).isEqualTo(Files.readString(folder.resolve("kubeconfig")));
                written = caller.post(MAPS, map("confirmed")).text("/metadata/uid");
                assertThat(written).isNotEmpty();
            }
            server.kill();
            try (var next = EmbeddedApi.open(store());
                    var caller = new Caller(next)) {
                assertThat(next.isServing()).isTrue();
                assertThat(next.kubeconfig()).isEqualTo(Files.readString(folder.resolve("kubeconfig")));
                assertThat(caller.get(MAPS + "/confirmed").text("/metadata/uid"))
                        .isEqualTo(written);
            }
        }
    }

    @Test
    void letsTwoInOneProcessShareAFolder() throws IOException, InterruptedException {
        try (var first = EmbeddedApi.open(store());
                var second = EmbeddedApi.open(store())) {
            assertThat(List.of(first.isServing(), second.isServing())).containsExactly(true, false);
            assertThat(second.server()).isEqualTo(first.server());
        }
    }

    @Test
    void countsVersionsOnAfterARestart() throws IOException, InterruptedException {
        store("first");
        try (var api = EmbeddedApi.open(store());
                var caller = new Caller(api)) {
            var before = Long.parseLong(caller.get(MAPS + "/first").text("/metadata/resourceVersion"));
            caller.delete(MAPS + "/first");
            var after = Long.parseLong(caller.post(MAPS, map("first")).text("/metadata/resourceVersion"));
            assertThat(after).isGreaterThan(before + 1);
        }
    }

    @Test
    void dropsALineThatWasNotWrittenToItsEnd() throws IOException, InterruptedException {
        store("kept", "torn");
        var bytes = Files.readAllBytes(file());
        Files.write(file(), java.util.Arrays.copyOf(bytes, bytes.length - 10));
        try (var api = EmbeddedApi.open(store());
                var caller = new Caller(api)) {
            assertThat(caller.get(MAPS + "/kept").status()).isEqualTo(200);
            assertThat(caller.get(MAPS + "/torn").status()).isEqualTo(404);
            assertThat(caller.post(MAPS, map("torn")).status()).isEqualTo(201);
        }
        try (var api = EmbeddedApi.open(store());
                var caller = new Caller(api)) {
            assertThat(caller.get(MAPS + "/torn").status()).isEqualTo(200);
        }
    }

    @Test
    void namesTheLineThatIsDamaged() throws IOException, InterruptedException {
        store("one");
        var lines = Files.readAllLines(file());
        lines.set(2, lines.get(2).substring(5));
        Files.write(file(), lines);
        assertThatThrownBy(() -> EmbeddedApi.open(store()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file().toString())
                .hasMessageContaining("line 3");
    }

    @Test
    void namesAFormatThatItDoesNotKnow() throws IOException, InterruptedException {
        store("one");
        var lines = Files.readAllLines(file());
        lines.set(0, "{\"format\":2}");
        Files.write(file(), lines);
        assertThatThrownBy(() -> EmbeddedApi.open(store()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("format 2")
                .hasMessageContaining(file().toString());
    }

    @Test
    void letsNobodyElseReadItsFiles() throws IOException, InterruptedException {
        store("one");
        try (var files = Files.list(store())) {
            assertThat(files.filter(file -> !file.endsWith("lock")))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(store())))
                .isEqualTo("rwx------");
    }

    @Test
    void servesNothingMoreAfterAWriteThatFailed() throws IOException {
        Files.createDirectories(store());
        var maps = Kinds.builtIn("", "ConfigMap");
        var map = Nodes.object();
        map.putObject("metadata").put("namespace", "default").put("name", "lost");
        try (var store = Store.open(store())) {
            // The channel of an interrupted thread is closed, so that the write fails as on a full disk.
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> store.write(() -> store.put(maps, map)))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("cannot be written");
            assertThat(Thread.interrupted()).isTrue();
            assertThatThrownBy(() -> store.find(maps, "default", "lost"))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining(file().toString());
            assertThatThrownBy(() -> store.list(maps.qualified(), "")).isInstanceOf(Refusal.class);
            assertThatThrownBy(() -> store.write(() -> "more")).isInstanceOf(Refusal.class);
        }
        try (var store = Store.open(store())) {
            assertThat(store.find(maps, "default", "lost")).isEmpty();
        }
    }

    @Test
    void writesItsFileAnewWhenItIsLong() throws IOException {
        Files.createDirectories(store());
        var maps = Kinds.builtIn("", "ConfigMap");
        var map = Nodes.object();
        map.putObject("metadata").put("namespace", "default").put("name", "changing");
        try (var store = Store.open(store())) {
            store.write(() -> {
                for (int round = 0; round < 20_000; round++) {
                    store.put(maps, map.put("round", round));
                }
                return map;
            });
        }
        assertThat(Files.readAllLines(file(), StandardCharsets.UTF_8)).hasSize(3);
        try (var store = Store.open(store())) {
            assertThat(store.find(maps, "default", "changing")
                            .orElseThrow()
                            .path("round")
                            .asInt(0))
                    .isEqualTo(19_999);
            assertThat(store.revision()).isEqualTo(20_000);
        }
    }

    @Test
    void startsAnewNeverOverAFileThatIsCut() throws IOException, InterruptedException {
        store("one");
        Files.write(file(), new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
        assertThatThrownBy(() -> EmbeddedApi.open(store()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("line 1");
    }
}
