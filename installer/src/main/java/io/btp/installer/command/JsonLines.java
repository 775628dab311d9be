package io.btp.installer.command;

import io.btp.installer.event.RunEvent;
import io.btp.installer.event.RunListener;
import java.io.PrintStream;
import java.time.InstantSource;

/** Renders events as NDJSON. An output that was closed is left alone: the run goes on. */
final class JsonLines implements RunListener {
    private final PrintStream output;
    private final EventJson json;

    JsonLines(PrintStream output, InstantSource clock) {
        this.output = output;
        this.json = new EventJson(clock);
    }

    @Override
    public void on(RunEvent event) {
        output.println(json.line(event));
        output.flush();
    }
}
