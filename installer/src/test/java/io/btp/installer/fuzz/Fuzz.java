package io.btp.installer.fuzz;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Feeds a reader with damaged inputs. First come the cases of the corpus ({@code src/test/resources/fuzz/NAME}), which
 * are what was once found; then what mutation makes of the seeds. An input that is answered as none before it was is
 * damaged further: that leads deeper than chance alone. 2,000 inputs; {@code -Dproof=long} makes it 100,000.
 *
 * <p>Each input has to be answered within a second of processor time and with 256 MiB of memory at most, and by no
 * exception but those that the target itself expects.
 */
public final class Fuzz {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final Duration LONGEST = Duration.ofSeconds(1);
    private static final Duration HANGS = Duration.ofSeconds(20);
    private static final long MOST_BYTES = 256L << 20;
    private static final int MOST_INPUT = 4 << 20;
    /** Bytes of inputs that are kept to be damaged further. */
    private static final long MOST_KEPT = 64 << 20;

    private static final int MOST_FINDINGS = 20;

    private final String name;
    private final Target target;
    private final List<byte[]> pool = new ArrayList<>();
    private final Set<String> answers = new HashSet<>();
    private final Map<String, String> findings = new LinkedHashMap<>();
    private final Random random = new Random(Long.getLong("proof.seed", 25));
    private ExecutorService thread = thread();
    private int shares = 1;

    /** Reads an input. */
    @FunctionalInterface
    public interface Target {
        /** Gives what was said of it; throws only what nobody expects. */
        String answer(byte[] input) throws Exception;
    }

    /**
     * Prepares to fuzz.
     *
     * @param name of the corpus
     */
    public Fuzz(String name, Target target) {
        this.name = name;
        this.target = target;
    }

    /** Adds a good example to begin with. */
    public Fuzz from(byte[] seed) {
        pool.add(seed);
        return this;
    }

    /** Adds good examples to begin with. */
    public Fuzz from(List<byte[]> seeds) {
        pool.addAll(seeds);
        return this;
    }

    /** Adds the files of a folder, its subfolders too, to begin with. */
    public Fuzz from(Path folder) {
        files(folder).forEach(this::from);
        return this;
    }

    private static List<byte[]> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .sorted()
                    .map(Fuzz::content)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] content(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ExecutorService thread() {
        return Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("fuzz").factory());
    }

    /** Makes it one of several that share the number of inputs. */
    public Fuzz share(int several) {
        shares = several;
        return this;
    }

    /** Feeds all of it, and fails with everything that was found. */
    public void run() {
        run(("long".equals(System.getProperty("proof")) ? 100_000 : 2_000) / shares);
    }

    /** Feeds what was added, and the corpus, and nothing that is made of it. */
    public void seedsOnly() {
        run(0);
    }

    void run(int inputs) {
        pool.forEach(seed -> feed(seed));
        files(Path.of("src/test/resources/fuzz", name)).forEach(this::feed);
        var mutation = new Mutation(random, pool);
        long kept = 0;
        for (int count = 0; count < inputs && findings.size() < MOST_FINDINGS; count++) {
            var input = mutation.of(pool.get(random.nextInt(pool.size())));
            if (input.length <= MOST_INPUT && feed(input) && kept <= MOST_KEPT) {
                pool.add(input);
                kept += input.length;
            }
        }
        thread.shutdownNow();
        System.out.printf("figure: fuzz %-20s %d inputs, %d kinds of answers%n", name, inputs, answers.size());
        if (!findings.isEmpty()) {
            throw new AssertionError(
                    findings.size() + " findings; mend the reader, and keep each input in src/test/resources/fuzz/"
                            + name + "\n" + String.join("\n", findings.values()));
        }
    }

    /** Feeds one input. Tells whether it was answered as none before. */
    private boolean feed(byte[] input) {
        var answer = thread.submit(() -> measured(input));
        try {
            return answers.add(answer.get(HANGS.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException hangs) {
            found(input, "hangs", "hangs");
            thread.shutdownNow();
            thread = thread();
        } catch (ExecutionException failed) {
            Throwable cause = Optional.ofNullable(failed.getCause()).orElse(failed);
            found(input, kind(cause), trace(cause));
        } catch (InterruptedException e) {
            throw new IllegalStateException("tests are not interrupted", e);
        }
        return false;
    }

    private String measured(byte[] input) throws Exception {
        long time = THREADS.getCurrentThreadCpuTime();
        long memory = THREADS.getCurrentThreadAllocatedBytes();
        var answer = target.answer(input);
        long took = THREADS.getCurrentThreadCpuTime() - time;
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - memory;
        if (took > LONGEST.toNanos()) {
            throw new AssertionError("takes " + took / 1_000_000 + " ms");
        }
        if (allocated > MOST_BYTES) {
            throw new AssertionError("takes " + (allocated >> 20) + " MiB");
        }
        return answer.replaceAll("\"[^\"]*\"|[0-9]+", "#");
    }

    /** Tells findings apart: by the exception and the place of ours that it came from. */
    private static String kind(Throwable failure) {
        return failure.getClass() + " "
                + List.of(failure.getStackTrace()).stream()
                        .filter(frame -> frame.getClassName().startsWith("io.btp."))
                        .findFirst()
                        .map(StackTraceElement::toString)
                        .orElse("");
    }

    private static String trace(Throwable failure) {
        var frames = List.of(failure.getStackTrace());
        return failure
                + frames.stream().limit(12).map(frame -> "\n\tat " + frame).reduce("", String::concat)
                + Optional.ofNullable(failure.getCause())
                        .map(cause -> "\ncause: " + cause)
                        .orElse("");
    }

    private void found(byte[] input, String kind, String words) {
        if (findings.containsKey(kind)) {
            return;
        }
        var file = Path.of("target/fuzz", name, "finding-" + findings.size());
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, input);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        findings.put(kind, file + " (" + input.length + " bytes): " + words);
    }
}
