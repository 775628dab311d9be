package io.btp.installer.host.kubernetes;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One request to an API server.
 *
 * @param purpose what it is for, as people read it in a problem: {@code read ConfigMap shop/settings}
 * @param method HTTP method
 * @param path path and query
 * @param headers request headers
 * @param body request body
 * @param repeatable true where doing it twice is the same as doing it once
 * @param bound true where it is sent only as long as changes may be made, if it is one
 */
record Call(
        String purpose,
        String method,
        String path,
        Map<String, String> headers,
        Optional<byte[]> body,
        boolean repeatable,
        boolean bound) {
    static final String JSON = "application/json";
    static final String APPLY = "application/apply-patch+yaml";

    Call {
        headers = Map.copyOf(headers);
    }

    static Call get(String purpose, String path) {
        return new Call(purpose, "GET", path, Map.of("Accept", JSON), Optional.empty(), true, true);
    }

    /** Sends a body; assumed not to be repeatable. */
    static Call send(String purpose, String method, String path, String contentType, String body) {
        var headers = Map.of("Accept", JSON, "Content-Type", contentType);
        return new Call(
                purpose, method, path, headers, Optional.of(body.getBytes(StandardCharsets.UTF_8)), false, true);
    }

    Call asRepeatable() {
        return new Call(purpose, method, path, headers, body, true, bound);
    }

    /** Sent whether changes may be made or not. */
    Call asUnbound() {
        return new Call(purpose, method, path, headers, body, repeatable, false);
    }

    /** Tells whether it needs the permission to make changes: dry runs and reviews of rights change nothing. */
    boolean needsPermission() {
        return bound
                && !method.equals("GET")
                && !path.contains("dryRun=All")
                && !path.startsWith("/apis/authorization.k8s.io/");
    }

    Call accepting(String mediaType) {
        var changed = new LinkedHashMap<>(headers);
        changed.put("Accept", mediaType);
        return new Call(purpose, method, path, changed, body, repeatable, bound);
    }
}
