package io.btp.installer.host.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TarTest {
    private static byte[] archive(Map<String, byte[]> files) throws IOException {
        var archive = new ByteArrayOutputStream();
        Tar.write(files, archive);
        return archive.toByteArray();
    }

    private static Map<String, String> read(byte[] archive) throws IOException {
        var files = new LinkedHashMap<String, String>();
        Tar.read(
                new ByteArrayInputStream(archive),
                (path, content) -> files.put(path, new String(content, StandardCharsets.UTF_8)));
        return files;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void readsWhatItWrote() throws IOException {
        var longPath = "a/" + "deep/".repeat(25) + "file.txt";

        assertThat(read(archive(Map.of("b.txt", bytes("two"), longPath, bytes("x".repeat(1000))))))
                .containsEntry("b.txt", "two")
                .containsEntry(longPath, "x".repeat(1000));
    }

    @Test
    void refusesToWriteOutsideItsFolder() {
        for (var path : new String[] {"../evil", "a/../../evil", "/etc/evil", "C:\\evil", "a\\..\\evil"}) {
            assertThatThrownBy(() -> read(archive(Map.of(path, bytes("x")))))
                    .as(path)
                    .hasMessageContaining("outside its folder");
        }
    }

    @Test
    void refusesLinks() throws IOException {
        var archive = archive(Map.of("chart/link", new byte[0]));
        archive[156] = '2';

        assertThatThrownBy(() -> read(archive)).hasMessageContaining("which is no file");
    }

    @Test
    void refusesWhatUnpacksToTooMuch() throws IOException {
        var header = new byte[512];
        System.arraycopy(archive(Map.of("big", new byte[0])), 0, header, 0, 512);
        System.arraycopy(bytes("77777777777"), 0, header, 124, 11);

        assertThatThrownBy(() -> read(header)).hasMessageContaining("unpacks to more than");
    }

    @Test
    void refusesManySmallEntries() {
        var one = new byte[512];
        assertThatThrownBy(() -> {
                    System.arraycopy(archive(Map.of("small", new byte[0])), 0, one, 0, 512);
                    Tar.read(
                            new Repeated(one),
                            (path, content) -> assertThat(path).isEqualTo("small"));
                })
                .hasMessageContaining("more than 20000 entries");
    }

    @Test
    void refusesWhatIsCutOrNoArchive() throws IOException {
        var archive = archive(Map.of("chart/file", bytes("x".repeat(700))));

        assertThatThrownBy(() -> read(java.util.Arrays.copyOf(archive, 900))).hasMessageContaining("cut");
        assertThatThrownBy(() -> read(bytes("no archive".repeat(100)))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> read(new byte[0])).hasMessageContaining("empty");
    }

    /** Gives the same block for ever. */
    private static final class Repeated extends InputStream {
        private final byte[] block;
        private int at;

        Repeated(byte[] block) {
            this.block = block;
        }

        @Override
        public int read() {
            return block[at++ % block.length] & 0xff;
        }
    }
}
