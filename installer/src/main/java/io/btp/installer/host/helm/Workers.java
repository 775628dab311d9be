package io.btp.installer.host.helm;

import io.btp.installer.api.Problem;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.api.ProviderException;
import io.btp.installer.host.concurrent.Turns;
import io.btp.installer.host.helm.worker.Order;
import io.btp.installer.host.helm.worker.Reply;
import io.btp.installer.host.helm.worker.WorkerMain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** A few workers, started when they are needed, reused, and replaced when they have ended. */
final class Workers implements AutoCloseable {
    private static final Duration TICK = Duration.ofMillis(250);
    private static final Duration ENDLESS = Duration.ofDays(365);
    private static final Duration LONGEST_RENDERING = Duration.ofMinutes(2);

    private final HelmRuntime runtime;
    private final PrivateFolders folders;
    private final int parallelism;
    private final Turns turns;
    private final Deque<Worker> idle = new ArrayDeque<>();
    private final Set<Worker> busy = new HashSet<>();
    private volatile Supplier<Duration> permitted = () -> ENDLESS;
    private volatile boolean early;
    private boolean swept;

    Workers(HelmRuntime runtime, PrivateFolders folders, int parallelism) {
        this.runtime = runtime;
        this.folders = folders;
        this.parallelism = parallelism;
        this.turns = new Turns(parallelism);
    }

    void permit(Supplier<Duration> left) {
        permitted = left;
    }

    /** From now on a worker starts as soon as work for it is planned, so that it is there when that begins. */
    void startEarly() {
        early = true;
    }

    /** One more order is planned. */
    void plan() {
        if (early) {
            startOneMore();
        }
    }

    private synchronized void startOneMore() {
        if (idle.size() + busy.size() < parallelism) {
            idle.add(fresh());
        }
    }

    /**
     * Fails when changes may not be made any more.
     *
     * @throws ProviderException if the permit has run out
     */
    void requirePermit() {
        permit();
    }

    private Duration permit() {
        var left = permitted.get();
        if (!left.isPositive()) {
            throw ranOut(List.of());
        }
        return left;
    }

    /** May pass by itself: after a sleep of the machine the lock may still be there to be held again. */
    private static ProviderException ranOut(List<String> evidence) {
        return new ProviderException(Problem.of(
                        Reason.TRANSIENT,
                        "This run may not make changes any more: its lock has run out",
                        "See who holds the lock now, then run the same command again")
                .evidence(evidence));
    }

    /**
     * Has an order done that changes the cluster: as long as the permit lasts.
     *
     * @param secrets texts that are kept out of what Helm says
     * @return what Helm gave, never blank
     * @throws ProviderException if Helm refused, the worker ended, or time or permit ran out
     */
    String change(Order order, Confidential secrets) throws InterruptedException {
        var longest = Duration.ofSeconds(order.timeoutSeconds()).plusSeconds(60);
        return run(order, secrets, longest, this::permit);
    }

    /** Has an order done that changes nothing; as {@link #change} otherwise. */
    String render(Order order, Confidential secrets) throws InterruptedException {
        return run(order, secrets, LONGEST_RENDERING, () -> ENDLESS);
    }

    /** Uses a file that nobody else can read, on a file system in memory where there is one. */
    @FunctionalInterface
    interface Use {
        void of(Path file) throws InterruptedException;
    }

    /** Writes a confidential file for as long as it is used. */
    void withConfidential(String name, byte[] content, Use use) throws InterruptedException {
        var folder = folders.confidential();
        try {
            use.of(Files.write(folder.resolve(name), content));
        } catch (IOException broken) {
            throw new UncheckedIOException("A private file cannot be written to " + folder, broken);
        } finally {
            PrivateFolders.remove(folder);
        }
    }

    private String run(Order order, Confidential secrets, Duration longest, Supplier<Duration> permit)
            throws InterruptedException {
        turns.take();
        try {
            var worker = take();
            var healthy = false;
            try {
                var reply = await(worker, order, secrets, longest, permit);
                healthy = true;
                return reply.output().orElseThrow(() -> refused(order, reply, secrets));
            } finally {
                giveBack(worker, healthy);
            }
        } finally {
            turns.giveBack();
        }
    }

    private static Reply await(
            Worker worker, Order order, Confidential secrets, Duration longest, Supplier<Duration> permit)
            throws InterruptedException {
        worker.permit(permit.get());
        var reply = worker.submit(order);
        for (var waited = Duration.ZERO; waited.compareTo(longest) < 0; waited = waited.plus(TICK)) {
            try {
                return reply.get(TICK.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException stillWorking) {
                worker.permit(permit.get());
            } catch (ExecutionException ended) {
                throw died(order, worker, secrets, ended);
            }
        }
        throw new ProviderException(Problem.of(
                        Reason.NOT_READY,
                        "Helm did not finish within %d s: %s".formatted(longest.toSeconds(), words(order)),
                        "Look for a hook Job that does not end, then run the same command again")
                .evidence(lastErrors(worker, secrets)));
    }

    /** A line that is cut before it is hidden would show a part. */
    private static List<String> lastErrors(Worker worker, Confidential secrets) {
        return worker.lastErrors().stream()
                .map(secrets::hidden)
                .map(Workers::cut)
                .toList();
    }

    private static String cut(String line) {
        return line.length() > 300 ? line.substring(0, 300) + "…" : line;
    }

    private static ProviderException refused(Order order, Reply reply, Confidential secrets) {
        var words = secrets.hidden(reply.error().orElse("Helm said nothing"));
        return new ProviderException(HelmWords.explained(Problem.of(
                        Reason.FAILED,
                        "Helm could not %s: %s".formatted(words(order), HelmWords.gist(words)),
                        "Mend what Helm names, then run the same command again")
                .evidence(words.lines().map(Workers::cut).limit(30).toList())));
    }

    private static ProviderException died(Order order, Worker worker, Confidential secrets, ExecutionException ended) {
        if (worker.lastErrors().contains(WorkerMain.OVER)) {
            return ranOut(lastErrors(worker, secrets));
        }
        return new ProviderException(
                Problem.of(
                                Reason.FAILED,
                                "The Helm worker ended in the middle: it wanted to " + words(order),
                                "Run the same command again: it goes on from what is there. If it happens again, look"
                                        + " for a lack of memory, and report the lines below")
                        .evidence(lastErrors(worker, secrets)),
                ended);
    }

    private static String words(Order order) {
        var release = "release %s/%s".formatted(order.namespace(), order.name());
        return switch (order.operation()) {
            case VERSION -> "tell its version";
            case TEMPLATE -> "render " + release;
            case INSTALL -> "install " + release;
            case UPGRADE -> "upgrade " + release;
            case UNINSTALL -> "uninstall " + release;
        };
    }

    private synchronized Worker take() {
        for (var worker = idle.poll(); worker != null; worker = idle.poll()) {
            if (worker.isAlive()) {
                busy.add(worker);
                return worker;
            }
            worker.close();
        }
        var fresh = fresh();
        busy.add(fresh);
        return fresh;
    }

    private Worker fresh() {
        if (!swept) {
            folders.sweep();
            swept = true;
        }
        return Worker.start(runtime, folders);
    }

    private void giveBack(Worker worker, boolean healthy) {
        synchronized (this) {
            busy.remove(worker);
            if (healthy && worker.isAlive()) {
                idle.add(worker);
                return;
            }
        }
        worker.close();
    }

    /** Ends every order in flight now. */
    synchronized void abort() {
        busy.forEach(Worker::kill);
    }

    @Override
    public void close() {
        List<Worker> all;
        synchronized (this) {
            all = new ArrayList<>(idle);
            all.addAll(busy);
            idle.clear();
        }
        all.forEach(Worker::close);
    }
}
