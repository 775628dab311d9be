package io.btp.installer.host.backend;

import java.nio.file.Path;
import java.util.Optional;

/** Where {@code it/servers/prepare} puts the servers that are no packages of the distribution. */
final class Servers {
    private Servers() {}

    /** Gives the folder of a server, or says that it is missing. */
    static Path folder(String name, String... path) {
        var home = Optional.ofNullable(System.getenv("BTP_IT_SERVERS"))
                .orElse(System.getProperty("user.home") + "/.cache/btp-it-servers");
        return Backend.folder(name, Path.of(home, path), "run it/servers/prepare");
    }
}
