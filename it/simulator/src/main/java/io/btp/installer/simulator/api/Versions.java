package io.btp.installer.simulator.api;

import java.util.Comparator;
import java.util.regex.Pattern;

/** Orders API versions as Kubernetes does: {@code v2}, {@code v1}, {@code v1beta2}, {@code v1alpha1}, then others. */
final class Versions {
    private static final Pattern PARTS = Pattern.compile("v(\\d{1,9})(?:(alpha|beta)(\\d{1,9}))?");

    static final Comparator<String> ORDER =
            Comparator.comparing(Versions::rank).reversed().thenComparing(Comparator.naturalOrder());

    private Versions() {}

    private static String rank(String version) {
        var parts = PARTS.matcher(version);
        if (!parts.matches()) {
            return "0";
        }
        var stability = parts.group(2) == null ? 3 : parts.group(2).equals("beta") ? 2 : 1;
        var minor = parts.group(3) == null ? 0 : Long.parseLong(parts.group(3));
        return "%d.%09d.%09d".formatted(stability, Long.parseLong(parts.group(1)), minor);
    }
}
