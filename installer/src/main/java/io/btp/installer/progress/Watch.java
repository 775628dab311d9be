package io.btp.installer.progress;

import io.btp.installer.screen.Input;
import java.util.List;
import java.util.Optional;

/**
 * What somebody who watches a run has chosen to see. Immutable.
 *
 * @param chosen a component, or the id of a step; empty follows what runs
 * @param problems whether only what failed is shown
 * @param large whether the log has most of the screen
 * @param back how many lines the log is scrolled back; 0 follows
 * @param search what is looked for; empty for nothing
 * @param typing whether keys go to the search
 * @param help whether keys are explained
 */
public record Watch(
        Optional<String> chosen,
        boolean problems,
        boolean large,
        int back,
        String search,
        boolean typing,
        boolean help) {
    private static final int PAGE = 5;

    /** Follows what runs. */
    public static Watch following() {
        return new Watch(Optional.empty(), false, false, 0, "", false, false);
    }

    /**
     * Says what a key leads to.
     *
     * @param stops what can be chosen, from the top
     */
    Watch turn(Input input, List<String> stops) {
        if (help) {
            return new Watch(chosen, problems, large, back, search, typing, false);
        }
        return switch (input) {
            case Input.Pressed(var key) -> pressed(key, stops);
            case Input.Typed(var point) -> typing ? searching(search + Character.toString(point)) : typed(point);
            case Input.Pasted(var text) -> typing ? searching(search + text.strip()) : this;
            case Input.Kept ignored -> this;
            case Input.NotKept ignored -> this;
            case Input.Proved ignored -> this;
            case Input.Found ignored -> this;
        };
    }

    private Watch searching(String text) {
        return new Watch(chosen, problems, large, 0, text, typing, help);
    }

    private Watch typed(int point) {
        return switch (point) {
            case '/' -> new Watch(chosen, problems, large, back, search, true, false);
            case '?' -> new Watch(chosen, problems, large, back, search, false, true);
            case 'o' -> new Watch(Optional.empty(), !problems, large, back, search, false, false);
            case 'l' -> new Watch(chosen, problems, !large, 0, search, false, false);
            case 'f' -> new Watch(Optional.empty(), problems, large, 0, search, false, false);
            default -> this;
        };
    }

    private Watch pressed(Input.Key key, List<String> stops) {
        return switch (key) {
            case UP, BACK_TAB -> moved(stops, -1);
            case DOWN, TAB -> moved(stops, 1);
            case PAGE_UP -> new Watch(chosen, problems, large, back + PAGE, search, typing, false);
            case PAGE_DOWN -> new Watch(chosen, problems, large, Math.max(0, back - PAGE), search, typing, false);
            case END -> new Watch(chosen, problems, large, 0, search, typing, false);
            case HELP -> new Watch(chosen, problems, large, back, search, false, true);
            case ENTER -> new Watch(chosen, problems, large, back, search, false, false);
            case ESCAPE -> escaped();
            case BACKSPACE -> typing && !search.isEmpty() ? searching(shorter()) : this;
            case CLEAR -> typing ? searching("") : this;
            default -> this;
        };
    }

    private String shorter() {
        return search.substring(0, search.offsetByCodePoints(search.length(), -1));
    }

    /** Takes back one thing after the other, until what runs is followed again. */
    private Watch escaped() {
        if (typing || !search.isEmpty()) {
            return new Watch(chosen, problems, large, back, "", false, false);
        }
        return following();
    }

    private Watch moved(List<String> stops, int by) {
        if (stops.isEmpty()) {
            return this;
        }
        int at = chosen.map(stops::indexOf).orElse(-1);
        int next = at < 0 ? (by > 0 ? 0 : stops.size() - 1) : Math.clamp(at + by, 0, stops.size() - 1);
        return new Watch(Optional.of(stops.get(next)), problems, large, 0, search, typing, false);
    }
}
