package io.btp.installer.engine;

import io.btp.installer.api.Check;
import io.btp.installer.api.Problem;
import io.btp.installer.event.RunEvent;
import io.btp.installer.event.RunListener;
import java.util.ArrayList;
import java.util.List;

/** Runs the end-to-end checks, and says no more than they proved. */
final class Verifying {
    private final RunListener listener;
    private final Stop stop;
    private final Settings settings;
    private final List<RunEvent.Outcome> outcomes = new ArrayList<>();

    Verifying(RunListener listener, Stop stop, Settings settings) {
        this.listener = listener;
        this.stop = stop;
        this.settings = settings;
    }

    int run(List<Check> checks, Engine.Ending ending) throws InterruptedException {
        if (checks.isEmpty()) {
            return ending.end(
                    ExitCode.NOT_CONVERGED, "There is nothing to verify", List.of(absent()), List.of("btp status"));
        }
        var failed = stop.abandonable(() -> new Checks(this::heard, settings.skippedChecks()).run("platform", checks));
        if (!failed.isEmpty()) {
            return ending.end(
                    ExitCode.NOT_CONVERGED, "The platform does not work as it should", failed, List.of("btp status"));
        }
        return ending.end(ExitCode.DONE, words(), List.of(), List.of());
    }

    private void heard(RunEvent event) {
        if (event instanceof RunEvent.Checked checked) {
            outcomes.add(checked.outcome());
        }
        listener.on(event);
    }

    private String words() {
        var proved = outcomes.stream()
                .filter(outcome -> outcome == RunEvent.Outcome.PASSED)
                .count();
        if (proved == outcomes.size()) {
            return "Verified: the platform works from end to end";
        }
        return proved == 0
                ? "Nothing was proved: see each check for why"
                : "Verified in part: " + proved + " of " + outcomes.size() + " checks were proved";
    }

    private static Problem absent() {
        return Problem.of(
                Problem.Reason.NOT_FOUND,
                "The platform, or the ingress before it, is not there or not ready",
                "Install first, or see in btp status what is missing");
    }
}
