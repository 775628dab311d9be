package io.btp.installer.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Frames as they were looked at once, as files that people can read: the text, below it the caret and every look that is not plain.
 * {@code -Dgoldens=write} writes them anew; who does that reads the difference.
 */
public final class Goldens {
    private static final boolean IS_WRITING = "write".equals(System.getProperty("goldens"));

    private final Path folder;

    /** Takes those of a test from the resources of its package. */
    public Goldens(Class<?> test) {
        folder = Path.of("src/test/resources", test.getPackageName().replace('.', '/'));
    }

    /** Compares a frame with the file of this name. */
    public void check(String name, Frame frame) {
        var file = folder.resolve(name + ".txt");
        var words = frame.text() + looks(frame);
        try {
            if (IS_WRITING) {
                Files.createDirectories(folder);
                Files.writeString(file, words);
            }
            assertThat(file).as("write it with -Dgoldens=write, and read it").exists();
            assertThat(words).as(file.toString()).isEqualTo(Files.readString(file));
        } catch (IOException unreadable) {
            throw new AssertionError(file + " cannot be read or written", unreadable);
        }
    }

    private static String looks(Frame frame) {
        var looks = new StringBuilder("== ")
                .append(frame.size().columns())
                .append('x')
                .append(frame.size().rows());
        frame.caret()
                .ifPresent(
                        caret -> looks.append(", caret in row %d, column %d".formatted(caret.row(), caret.column())));
        looks.append('\n');
        for (int row = 0; row < frame.lines().size(); row++) {
            for (var run : frame.lines().get(row).runs()) {
                if (run.role() != Role.PLAIN && !run.text().isBlank()) {
                    looks.append("%3d %-7s %s%n"
                            .formatted(row, run.role(), run.text().strip()));
                }
            }
        }
        return looks.toString();
    }
}
