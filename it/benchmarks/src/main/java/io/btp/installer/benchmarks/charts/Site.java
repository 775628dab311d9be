package io.btp.installer.benchmarks.charts;

import io.btp.installer.api.Installation;
import java.net.URI;

/**
 * Where a release lives.
 *
 * @param installation whose it is
 * @param namespace its namespace
 * @param release its name, which its Service has, too
 */
record Site(Installation installation, String namespace, String release) {
    String host() {
        return release + "." + namespace + ".svc";
    }

    URI http(int port) {
        return URI.create("http://" + host() + ":" + port);
    }
}
