package io.btp.installer.host.kubernetes;

/** Gives the resource name of a kind where no server can be asked. */
final class Plural {
    private Plural() {}

    static String of(String kind) {
        if (kind.endsWith("y") && !kind.endsWith("ey") && !kind.endsWith("ay")) {
            return kind.substring(0, kind.length() - 1) + "ies";
        }
        return kind.endsWith("s") || kind.endsWith("x") || kind.endsWith("ch") ? kind + "es" : kind + "s";
    }
}
