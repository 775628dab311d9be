package io.btp.installer.progress;

import io.btp.installer.event.Durations;
import io.btp.installer.progress.Progress.Note;
import io.btp.installer.progress.Progress.Part;
import io.btp.installer.progress.Progress.Phase;
import io.btp.installer.progress.Progress.Task;
import io.btp.installer.screen.Frame;
import io.btp.installer.screen.Frame.Line;
import io.btp.installer.screen.Frame.Run;
import io.btp.installer.screen.Frame.Size;
import io.btp.installer.screen.Glyphs;
import io.btp.installer.screen.Input;
import io.btp.installer.screen.KeyLine;
import io.btp.installer.screen.Role;
import io.btp.installer.screen.SafeText;
import io.btp.installer.screen.Sheet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Shows a run: how far it is, its components and the steps that matter now, and what the chosen one says. */
public final class ProgressView {
    private static final List<String> SPINNER = List.of("/", "-", "\\", "|");
    private static final int CHROME = 8;
    private static final int BAR = 38;
    private static final int LEAST_BAR = 8;
    private static final int KEY = 13;

    /** The least columns that a row of steps can be read on. */
    private static final int NARROW = 40;

    private static final int STATE = 9;
    private static final int COUNT = 8;
    private static final int TIME = 7;

    private final Glyphs glyphs;

    /** Shows it in these marks. */
    public ProgressView(Glyphs glyphs) {
        this.glyphs = glyphs;
    }

    /** Says what a key leads to. */
    public Watch turn(Progress progress, Watch watch, Input input) {
        return watch.turn(input, stops(progress, watch));
    }

    private static List<String> stops(Progress progress, Watch watch) {
        var stops = new ArrayList<String>();
        for (var part : shown(progress, watch)) {
            stops.add(part.component());
            tasks(part, watch).stream().map(Task::id).forEach(stops::add);
        }
        return stops;
    }

    private static List<Part> shown(Progress progress, Watch watch) {
        return progress.parts().stream()
                .filter(part -> !watch.problems() || part.phase() == Phase.FAILED || part.phase() == Phase.SKIPPED)
                .filter(part -> matches(watch, part.component(), part.title())
                        || part.tasks().stream().anyMatch(task -> matches(watch, task.words())))
                .toList();
    }

    /** Steps are shown of what is worked on, of what failed, and where somebody looks. */
    private static List<Task> tasks(Part part, Watch watch) {
        boolean isChosen = watch.chosen()
                .filter(chosen -> chosen.equals(part.component())
                        || part.tasks().stream().anyMatch(task -> task.id().equals(chosen)))
                .isPresent();
        if (isChosen || !watch.search().isEmpty()) {
            return part.tasks().stream()
                    .filter(task -> matches(watch, part.component(), part.title(), task.words()))
                    .toList();
        }
        return part.phase() == Phase.RUNNING || part.phase() == Phase.FAILED
                ? part.tasks().stream()
                        .filter(task -> task.phase() == Phase.RUNNING || task.phase() == Phase.FAILED)
                        .toList()
                : List.of();
    }

    /** Where nothing is looked for, as most of the time, thousands of lines need not be read for each frame. */
    private static boolean matches(Watch watch, String... texts) {
        return watch.search().isEmpty()
                || String.join(" ", texts)
                        .toLowerCase(Locale.ROOT)
                        .contains(watch.search().toLowerCase(Locale.ROOT));
    }

    /** Shows a run at a moment, which its events were told by, too. */
    public Frame frame(Progress progress, Watch watch, Size size, Duration now) {
        int body = size.rows() - CHROME;
        if (body < 2 || size.columns() < NARROW) {
            return small(progress, size, now);
        }
        var tree = new Sheet(size.columns());
        tree(progress, watch, now, tree);
        int logRows = watch.large() ? body - Math.min(4, body / 2) : Math.min(6, body / 2);
        var lines = new ArrayList<Line>();
        lines.add(head(progress, size));
        lines.add(rule(size));
        lines.add(bar(progress, size, now));
        lines.add(rule(size));
        lines.addAll(
                watch.help() ? help(size, body + 1) : halves(progress, watch, tree, body - logRows, logRows, size));
        lines.add(Line.of(Role.WARNING, SafeText.cut(" " + SafeText.of(progress.said()), size.columns())));
        lines.add(rule(size));
        lines.add(KeyLine.of(size.columns(), keys(watch)));
        return new Frame(size, lines, Optional.empty());
    }

    private static Frame small(Progress progress, Size size, Duration now) {
        var lines = new ArrayList<Line>();
        var words = List.of(count(progress), clock(progress.took(now)), SafeText.of(progress.said()));
        for (int row = 0; row < size.rows(); row++) {
            lines.add(Line.of(Role.PLAIN, row < words.size() ? SafeText.cut(words.get(row), size.columns()) : ""));
        }
        return new Frame(size, lines, Optional.empty());
    }

    private static Line head(Progress progress, Size size) {
        var left = " BTP installer";
        var name = progress.run().map(run -> "  " + run.installation()).orElse("");
        var right = progress.run()
                .map(run -> SafeText.of(run.command()) + (run.sandbox() ? " on the embedded sandbox " : " "))
                .orElse("");
        var shown = SafeText.cut(right, Math.max(0, size.columns() - left.length() - 10));
        return new Line(List.of(
                new Run(left, Role.TITLE),
                new Run(
                        SafeText.fitted(SafeText.of(name), size.columns() - left.length() - SafeText.columns(shown)),
                        Role.PLAIN),
                new Run(shown, Role.TITLE)));
    }

    private Line rule(Size size) {
        return Line.of(Role.PLAIN, glyphs.rule().repeat(size.columns()));
    }

    private static long all(Progress progress) {
        return progress.parts().stream().mapToLong(part -> part.tasks().size()).sum();
    }

    private static long done(Progress progress) {
        return progress.parts().stream().mapToLong(Part::done).sum();
    }

    private static String count(Progress progress) {
        return "%d of %d steps".formatted(done(progress), all(progress));
    }

    private Line bar(Progress progress, Size size, Duration now) {
        var counts = new StringBuilder();
        for (var phase : List.of(Phase.RUNNING, Phase.FAILED)) {
            long many = progress.parts().stream()
                    .filter(part -> part.phase() == phase)
                    .count();
            if (many > 0) {
                counts.append(", ").append(many).append(' ').append(phase.name().toLowerCase(Locale.ROOT));
            }
        }
        var words = "  %s, %s%s".formatted(count(progress), clock(progress.took(now)), counts);
        int width = Math.clamp(size.columns() - 1L - words.length(), LEAST_BAR, BAR);
        int full = (int) (done(progress) * width / Math.max(1, all(progress)));
        return new Line(List.of(
                new Run(" " + glyphs.full().repeat(full), Role.GOOD),
                new Run(
                        SafeText.cut(glyphs.empty().repeat(width - full) + words, size.columns() - 1 - full),
                        Role.PLAIN)));
    }

    private void tree(Progress progress, Watch watch, Duration now, Sheet sheet) {
        var parts = shown(progress, watch);
        if (parts.isEmpty()) {
            sheet.text(
                    Role.PLAIN, "   ", watch.problems() ? "Nothing has failed. o shows everything" : "Nothing to show");
            return;
        }
        boolean isFollowing = watch.chosen().isEmpty();
        boolean isFound = false;
        for (var part : parts) {
            boolean isFocus = watch.chosen().filter(part.component()::equals).isPresent();
            boolean isHere = isFocus || (isFollowing && !isFound && part.phase() == Phase.RUNNING);
            if (isHere) {
                sheet.focus();
                isFound = true;
            }
            part(part, isFocus, now, sheet);
            for (var task : tasks(part, watch)) {
                boolean isChosen = watch.chosen().filter(task.id()::equals).isPresent();
                if (isChosen) {
                    sheet.focus();
                }
                task(task, isChosen, now, sheet);
                if (isChosen) {
                    sheet.unfocus();
                }
            }
            if (isHere) {
                sheet.unfocus();
            }
        }
    }

    private void part(Part part, boolean isFocus, Duration now, Sheet sheet) {
        int room = sheet.columns() - 5 - STATE - COUNT - TIME;
        var name = part.component() + (part.title().isEmpty() ? "" : "  " + part.title());
        sheet.line(
                glyphs.mark(isFocus),
                new Run(glyph(part.phase(), now) + " ", role(part.phase())),
                new Run(SafeText.fitted(SafeText.of(name), room), isFocus ? Role.TITLE : Role.PLAIN),
                new Run(state(part.phase()), role(part.phase())),
                new Run(
                        "%7s %6s".formatted(part.done() + "/" + part.tasks().size(), time(part.took(now))),
                        Role.PLAIN));
        if (!part.because().isEmpty()) {
            sheet.text(role(part.phase()), "       ", part.because());
        }
    }

    private void task(Task task, boolean isFocus, Duration now, Sheet sheet) {
        int room = sheet.columns() - 9 - STATE - COUNT - TIME;
        var usually = task.phase() == Phase.RUNNING
                ? task.usually()
                        .map(usual -> " (usually " + Durations.words(usual) + ")")
                        .orElse("")
                : "";
        sheet.line(
                glyphs.mark(isFocus),
                new Run("    " + glyph(task.phase(), now) + " ", role(task.phase())),
                new Run(SafeText.fitted(SafeText.of(task.words() + usually), room), isFocus ? Role.TITLE : Role.PLAIN),
                new Run(state(task.phase()), role(task.phase())),
                new Run("%7s %6s".formatted("", time(task.took(now))), Role.PLAIN));
        if (task.phase() == Phase.RUNNING && !task.message().isEmpty()) {
            sheet.text(Role.ACCENT, "           ", task.message());
        }
    }

    private String glyph(Phase phase, Duration now) {
        return switch (phase) {
            case WAITING -> glyphs.waiting();
            case RUNNING -> SPINNER.get((int) (now.toSeconds() % SPINNER.size()));
            case DONE -> glyphs.good();
            case FAILED -> glyphs.bad();
            case SKIPPED -> "-";
        };
    }

    private static String state(Phase phase) {
        return " %-8s".formatted(phase.name().toLowerCase(Locale.ROOT));
    }

    private static Role role(Phase phase) {
        return switch (phase) {
            case WAITING -> Role.PLAIN;
            case RUNNING -> Role.ACCENT;
            case DONE -> Role.GOOD;
            case FAILED -> Role.BAD;
            case SKIPPED -> Role.WARNING;
        };
    }

    private static String time(Optional<Duration> took) {
        return took.map(ProgressView::clock).orElse("");
    }

    private static String clock(Duration took) {
        return took.toHours() > 0
                ? "%d:%02d:%02d".formatted(took.toHours(), took.toMinutesPart(), took.toSecondsPart())
                : "%d:%02d".formatted(took.toMinutes(), took.toSecondsPart());
    }

    private List<Line> halves(Progress progress, Watch watch, Sheet tree, int treeRows, int logRows, Size size) {
        var notes = progress.log().stream()
                .filter(note -> watch.chosen()
                        .filter(chosen -> !chosen.equals(note.component()) && !chosen.equals(note.task()))
                        .isEmpty())
                .filter(note -> matches(watch, note.component(), note.text()))
                .toList();
        int back = Math.clamp(watch.back(), 0, Math.max(0, notes.size() - logRows));
        var lines = new ArrayList<>(tree.shown(treeRows));
        lines.add(Line.of(
                Role.TITLE,
                SafeText.fitted(
                        SafeText.cut(
                                        " log: " + SafeText.of(watch.chosen().orElse("everything")) + search(watch),
                                        size.columns() - 16)
                                + (back > 0 ? "   +" + back + " below" : "   following"),
                        size.columns())));
        var log = new Sheet(size.columns());
        notes.subList(Math.max(0, notes.size() - back - logRows), notes.size() - back)
                .forEach(note -> note(note, watch, log));
        lines.addAll(log.shown(logRows));
        return lines;
    }

    private static String search(Watch watch) {
        return watch.typing() || !watch.search().isEmpty() ? ", with \"" + SafeText.of(watch.search()) + "\"" : "";
    }

    private static void note(Note note, Watch watch, Sheet sheet) {
        var whose = watch.chosen().isPresent() || note.component().isEmpty() ? "" : note.component() + ": ";
        sheet.line(new Run("  %7s  ".formatted(clock(note.at())) + whose + note.text(), Role.PLAIN));
    }

    private static List<Line> help(Size size, int rows) {
        var sheet = new Sheet(size.columns());
        sheet.blank();
        explain(sheet, "Up, Down", "choose a component or a step: the log below is its own then");
        explain(sheet, "l", "give the log most of the screen, or take it back");
        explain(sheet, "PgUp, PgDn", "scroll the log; End or f follows it again");
        explain(sheet, "o", "show only what failed or was skipped");
        explain(sheet, "/", "look for a word in components, steps and log; Esc clears it");
        explain(sheet, "Esc", "back to what runs now");
        explain(
                sheet,
                "Ctrl-C",
                "once: finish what is in flight, then stop. Twice: stop now. The same command goes on afterwards.");
        return sheet.shown(rows);
    }

    private static void explain(Sheet sheet, String key, String words) {
        var before = "   " + SafeText.fitted(key, KEY);
        for (var line : SafeText.wrapped(words, sheet.columns() - before.length())) {
            sheet.line(new Run(before + line, Role.PLAIN));
            before = " ".repeat(before.length());
        }
    }

    private static List<String> keys(Watch watch) {
        if (watch.help()) {
            return List.of("any key goes back");
        }
        return watch.typing()
                ? List.of("type what to look for", "Enter keep it", "Esc clear", "Ctrl-C stop")
                : List.of("F1 help", "Up/Down step", "l log", "o problems", "/ search", "Esc follow", "Ctrl-C stop");
    }
}
