package io.btp.installer.plugin.kubernetes;

import io.btp.installer.api.Chart;
import java.nio.file.Path;

/** The small charts that stand in for those of upstream. */
final class TestCharts {
    private static final Path FOLDER = Path.of("../../it/tests/src/test/charts").toAbsolutePath();

    private TestCharts() {}

    static Chart named(String name) {
        return Chart.file(FOLDER.resolve(name), name);
    }
}
