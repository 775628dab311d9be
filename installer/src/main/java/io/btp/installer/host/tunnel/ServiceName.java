package io.btp.installer.host.tunnel;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a Service, as workloads in the cluster use it.
 *
 * @param pod the pod behind it that is meant, where the name is one of a headless Service's pods
 * @param service the Service
 * @param namespace where it is
 */
record ServiceName(Optional<String> pod, String service, String namespace) {
    private static final String LABEL = "([a-z0-9](?:[a-z0-9-]*[a-z0-9])?)";
    private static final Pattern NAME =
            Pattern.compile("(?:" + LABEL + "\\.)?" + LABEL + "\\." + LABEL + "\\.svc(?:\\.cluster\\.local)?\\.?");

    /** Reads a host name; empty where it is not one that only the cluster knows. */
    static Optional<ServiceName> parse(String host) {
        var matcher = NAME.matcher(host.toLowerCase(Locale.ROOT));
        return matcher.matches()
                ? Optional.of(
                        new ServiceName(Optional.ofNullable(matcher.group(1)), matcher.group(2), matcher.group(3)))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "Service " + namespace + "/" + service;
    }
}
