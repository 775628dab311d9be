package io.btp.installer.plugin.sandbox;

import io.btp.installer.api.Installation;
import java.net.URI;

/**
 * Where one stand-in stands.
 *
 * @param installation whose it is
 * @param thing which stand-in
 * @param namespace where its release lives
 */
record Site(Installation installation, String thing, String namespace) {
    /** Gives the release's name: unlike those of the slot's other providers, so that one can follow the other. */
    static String release(Installation installation, String thing) {
        return installation.nameOf("sandbox-" + thing);
    }

    /** Gives the name of the Secret that carries its credentials to its pods. */
    static String credentials(Installation installation, String thing) {
        return installation.nameOf(thing + "-credentials");
    }

    String release() {
        return release(installation, thing);
    }

    String credentials() {
        return credentials(installation, thing);
    }

    String host() {
        return hostOf(release());
    }

    String hostOf(String service) {
        return service + "." + namespace + ".svc.cluster.local";
    }

    URI http(int port) {
        return URI.create("http://" + host() + ":" + port);
    }
}
