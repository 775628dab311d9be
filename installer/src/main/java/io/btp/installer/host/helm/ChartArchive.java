package io.btp.installer.host.helm;

import java.nio.file.Path;

/**
 * A chart that lies in the cache, checked.
 *
 * @param path the archive
 * @param digest {@code sha256:} and hexadecimal digits; tells this chart from any other
 * @param content what it holds
 */
record ChartArchive(Path path, String digest, ChartContent content) {
    String title() {
        return content.name() + " " + content.version();
    }
}
