package io.btp.installer.api;

import io.btp.installer.api.contract.Identity;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * The installation that is being worked on.
 *
 * @param name DNS label of at most 20 characters; in every name and owner label
 * @param domain host name that people open the platform by
 * @param connection how this program and what it installs reach the world
 */
public record Installation(String name, String domain, Connection connection) {
    /** Label that carries the installation's name on everything that it made. */
    public static final String LABEL = "installer.btp/installation";

    /** Label that carries the id of the provider that made a thing. */
    public static final String PROVIDER_LABEL = "installer.btp/provider";

    /**
     * Label of what installations share, with the name of the shared thing as its value: an operator's namespace, its
     * definitions, the history of its release. What carries it belongs to no single installation and gets no other
     * owner label of an installation; whoever asks for its removal has seen that nobody uses it any more.
     */
    public static final String SHARED_LABEL = "installer.btp/shared";

    /** Checks the name. */
    public Installation {
        if (!name.matches("[a-z]([a-z0-9-]{0,18}[a-z0-9])?")) {
            throw new IllegalArgumentException(
                    "an installation's name is a DNS label of at most 20 characters that starts with a letter: "
                            + name);
        }
    }

    /**
     * Names the Secret by which pods pull from the registry mirror; empty where the mirror asks for no login, or there is
     * none. It is there in each of the installation's namespaces; who puts pods elsewhere makes it there, too.
     */
    public Optional<String> pullSecret() {
        return connection.registryMirror().isPresent()
                        && connection.mirrorLogin().isPresent()
                ? Optional.of(nameOf("registry-mirror"))
                : Optional.empty();
    }

    /** Gives the name of a thing of this installation: {@code acme-postgres}. */
    public String nameOf(String thing) {
        return name + "-" + thing;
    }

    /**
     * Gives the address of the platform that an identity provider sends people back to after they logged in: what a
     * client there must allow. {@code https://btp.acme.example/api/auth/callback/keycloak}, as the platform's chart names
     * its providers.
     */
    public URI callback(Identity.Kind kind) {
        return URI.create(
                "https://%s/api/auth/callback/%s".formatted(domain, kind.name().toLowerCase(Locale.ROOT)));
    }
}
