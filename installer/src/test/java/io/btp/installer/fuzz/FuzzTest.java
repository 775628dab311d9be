package io.btp.installer.fuzz;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The harness finds what it is there to find. */
class FuzzTest {
    private static Fuzz fuzz(Fuzz.Target target) {
        return new Fuzz("of-its-own", target).from("a: {b: [1, 2]}\nc: d\n".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void findsExceptionsThatFewInputsMeet() {
        Fuzz.Target brittle = input -> {
            var text = new String(input, StandardCharsets.UTF_8);
            return text.contains("\u001b[2J") ? String.valueOf(List.of().getFirst()) : text;
        };
        assertThatThrownBy(() -> fuzz(brittle).run(2000))
                .hasMessageContaining("1 findings")
                .hasMessageContaining("NoSuchElementException");
    }

    @Test
    void findsWhatTakesTooLong() {
        Fuzz.Target slow = input -> {
            var thread = ManagementFactory.getThreadMXBean();
            long end = thread.getCurrentThreadCpuTime() + 1_100_000_000;
            while (thread.getCurrentThreadCpuTime() < end) {
                Thread.onSpinWait();
            }
            return "";
        };
        assertThatThrownBy(() -> fuzz(slow).run(0)).hasMessageContaining(" ms");
    }

    @Test
    void findsWhatTakesTooMuchMemory() {
        Fuzz.Target greedy = input -> {
            var all = new ArrayList<byte[]>();
            for (int count = 0; count < 300; count++) {
                all.add(new byte[1 << 20]);
                all.removeFirst();
            }
            return "" + all.size();
        };
        assertThatThrownBy(() -> fuzz(greedy).run(0)).hasMessageContaining(" MiB");
    }
}
