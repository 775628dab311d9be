package io.btp.installer.terminal;

import io.btp.installer.event.RunEvent;
import io.btp.installer.event.RunListener;
import io.btp.installer.progress.Progress;
import io.btp.installer.progress.ProgressView;
import io.btp.installer.progress.Watch;
import io.btp.installer.screen.Input;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Shows a run on the whole screen, from its first step to its end. What is printed for people meanwhile is held back, and stands in
 * the normal screen afterwards, as if there had been no other.
 */
public final class LiveRun implements RunListener {
    /** What happens is drawn four times in a second at most; who presses a key does not wait for that. */
    private static final long FRAME = 250;

    private static final long TICK = 1_000;
    private static final long PATIENCE = 2_000;

    private final FullScreen screen;
    private final RunListener lines;
    private final Curtain curtain;
    private final Supplier<Duration> now;
    private final BlockingQueue<Object> news = new LinkedBlockingQueue<>();
    private Optional<Thread> painting = Optional.empty();
    private boolean isOver;

    /** Holds back what is printed. */
    public interface Curtain {
        /** Holds back from now on. */
        void draw();

        /** Prints what was held back, and everything from now on. */
        void open();
    }

    private enum Sign {
        END
    }

    /**
     * Shows a run.
     *
     * @param lines prints it for people
     * @param curtain holds back what they print
     * @param now the time that passes in the run
     */
    public LiveRun(FullScreen screen, RunListener lines, Curtain curtain, Supplier<Duration> now) {
        this.screen = screen;
        this.lines = lines;
        this.curtain = curtain;
        this.now = now;
    }

    private record Happened(RunEvent event, Duration at) {}

    @Override
    public synchronized void on(RunEvent event) {
        if (isOver) {
            lines.on(event);
            return;
        }
        if (painting.isEmpty()) {
            if (event instanceof RunEvent.StepStarted) {
                begin();
            } else {
                news.add(new Happened(event, now.get()));
            }
        }
        if (painting.isPresent()) {
            news.add(new Happened(event, now.get()));
        }
        lines.on(event);
        if (event instanceof RunEvent.Finished) {
            close();
        }
    }

    @Override
    public void tick() {
        lines.tick();
    }

    private void begin() {
        try {
            var display = screen.forRun();
            if (display.isEmpty()) {
                isOver = true;
                return;
            }
            curtain.draw();
            painting = Optional.of(Thread.ofPlatform().daemon().name("screen").start(() -> paint(display.get())));
        } catch (IOException gone) {
            isOver = true;
        }
    }

    private void paint(Display display) {
        try (display) {
            display.listen(
                    input -> input.ifPresentOrElse(news::add, () -> news.add(Optional.empty())), screen.escapePause());
            show(display);
        } catch (IOException | UncheckedIOException gone) {
            // Nobody looks any more; the run goes on.
            curtain.open();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void show(Display display) throws IOException, InterruptedException {
        var progress = new Progress();
        var view = new ProgressView(display.glyphs());
        var watch = Watch.following();
        long due = System.nanoTime();
        while (true) {
            boolean isAsked = false;
            var next = Optional.ofNullable(news.poll(TICK, TimeUnit.MILLISECONDS));
            while (next.isPresent()) {
                switch (next.get()) {
                    case Happened(var event, var at) -> progress.on(event, at);
                    case Input input -> {
                        watch = view.turn(progress, watch, input);
                        isAsked = true;
                    }
                    case Sign end -> {
                        return;
                    }
                    default -> isAsked = true;
                }
                next = Optional.ofNullable(news.poll(isAsked ? 0 : due - System.nanoTime(), TimeUnit.NANOSECONDS));
            }
            display.paint(view.frame(progress, watch, display.size(), now.get()));
            due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(FRAME);
        }
    }

    /** Gives the screen back, and prints what was held back. */
    @Override
    public synchronized void close() {
        isOver = true;
        painting.ifPresent(thread -> {
            news.add(Sign.END);
            try {
                thread.join(PATIENCE);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        painting = Optional.empty();
        curtain.open();
        lines.close();
    }
}
