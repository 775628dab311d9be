package io.btp.installer.command;

import io.btp.installer.event.RunEvent;
import io.btp.installer.event.RunListener;
import java.io.PrintStream;
import java.time.InstantSource;

/** Renders events as NDJSON. An output that was closed is left alone: the run goes on. */
final class JsonLines implements RunListener {
    private final PrintStream output;
    private final InstantSource clock;

    JsonLines(PrintStream output, InstantSource clock) {
        this.output = output;
        this.clock = clock;
    }

    @Override
    public void on(RunEvent event) {
        output.println(EventJson.line(event, clock.instant()));
        output.flush();
    }
}
