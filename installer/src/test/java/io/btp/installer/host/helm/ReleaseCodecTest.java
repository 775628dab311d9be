package io.btp.installer.host.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReleaseCodecTest {
    private static StoredRelease revision(int number, String status) {
        return new StoredRelease(Map.of(), Map.of("version", number, "info", Map.of("status", status)));
    }

    @Test
    void readsWhatItWrote() {
        var release = Map.<String, Object>of("version", 3, "info", Map.of("status", "deployed"));

        var read = ReleaseCodec.read(ReleaseCodec.write(release));

        assertThat(read).contains(release);
        assertThat(new StoredRelease(Map.of(), read.orElseThrow()).revision()).isEqualTo(3);
    }

    @Test
    void findsNothingInWhatIsNoRelease() {
        assertThat(ReleaseCodec.read("%%%".getBytes(StandardCharsets.UTF_8))).isEmpty();
        assertThat(ReleaseCodec.read(Base64.getEncoder().encode("x".getBytes(StandardCharsets.UTF_8))))
                .isEmpty();
    }

    @Test
    void readsTheStateFromTheHistory() {
        assertThat(ReleaseState.of(List.of())).isInstanceOf(ReleaseState.Absent.class);
        assertThat(ReleaseState.of(List.of(revision(1, "pending-install")))).isInstanceOf(ReleaseState.HalfMade.class);
        assertThat(ReleaseState.of(List.of(revision(1, "failed"), revision(2, "failed"))))
                .isInstanceOf(ReleaseState.HalfMade.class);
        assertThat(ReleaseState.of(List.of(revision(1, "superseded"), revision(2, "deployed"))))
                .isInstanceOf(ReleaseState.Deployed.class);
        assertThat(ReleaseState.of(List.of(revision(1, "deployed"), revision(2, "pending-upgrade"))))
                .isInstanceOf(ReleaseState.Interrupted.class);
        assertThat(ReleaseState.of(List.of(revision(1, "uninstalling")))).isInstanceOf(ReleaseState.HalfGone.class);
    }
}
