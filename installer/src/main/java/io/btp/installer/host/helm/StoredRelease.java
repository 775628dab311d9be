package io.btp.installer.host.helm;

import io.btp.installer.api.Version;
import io.btp.installer.host.kubernetes.Fields;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One revision of a release as Helm keeps it in a Secret.
 *
 * @param secret the Secret as it was read
 * @param content what Helm wrote: an object with {@code info}, {@code chart}, {@code config}, {@code manifest}
 */
record StoredRelease(Map<String, Object> secret, Map<String, Object> content) {
    /** Where a revision stands; the words are Helm's. */
    enum Status {
        DEPLOYED,
        SUPERSEDED,
        FAILED,
        PENDING,
        UNINSTALLING,
        UNINSTALLED,
        UNKNOWN
    }

    int revision() {
        return Fields.number(content, "version").orElse(0L).intValue();
    }

    Status status() {
        return switch (Fields.text(content, "info", "status").orElse("")) {
            case "deployed" -> Status.DEPLOYED;
            case "superseded" -> Status.SUPERSEDED;
            case "failed" -> Status.FAILED;
            case "pending-install", "pending-upgrade", "pending-rollback" -> Status.PENDING;
            case "uninstalling" -> Status.UNINSTALLING;
            case "uninstalled" -> Status.UNINSTALLED;
            default -> Status.UNKNOWN;
        };
    }

    String description() {
        return Fields.text(content, "info", "description").orElse("");
    }

    /** Gives name and version of the chart, as people write them. */
    String chart() {
        return Fields.text(content, "chart", "metadata", "name").orElse("") + " "
                + Fields.text(content, "chart", "metadata", "version").orElse("");
    }

    /** Tells whether its chart has this version. */
    boolean isOf(String version) {
        var own = Fields.text(content, "chart", "metadata", "version").orElse("");
        return !own.isEmpty() && Version.of(own).isSameAs(Version.of(version));
    }

    /** Gives the values that were set. Plain texts, confidential ones too. */
    Map<String, Object> values() {
        return Fields.map(content, "config");
    }

    String manifest() {
        return Fields.text(content, "manifest").orElse("");
    }

    /** Gives the manifests of hooks. */
    List<String> hooks() {
        return Fields.maps(content, "hooks").stream()
                .flatMap(hook -> Fields.text(hook, "manifest").stream())
                .toList();
    }

    /** Tells whether a hook runs at this event; the words are Helm's. */
    boolean hooksInto(String event) {
        return Fields.maps(content, "hooks").stream()
                .anyMatch(hook -> Fields.texts(hook, "events").contains(event));
    }

    String secretName() {
        return Fields.text(secret, "metadata", "name").orElse("");
    }

    Optional<String> uid() {
        return Fields.text(secret, "metadata", "uid");
    }

    Map<String, String> labels() {
        return Fields.labels(secret);
    }
}
