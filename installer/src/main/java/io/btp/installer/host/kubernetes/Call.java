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
 */
record Call(
        String purpose,
        String method,
        String path,
        Map<String, String> headers,
        Optional<byte[]> body,
        boolean repeatable) {
    static final String JSON = "application/json";
    static final String APPLY = "application/apply-patch+yaml";

    Call {
        headers = Map.copyOf(headers);
    }

    static Call get(String purpose, String path) {
        return new Call(purpose, "GET", path, Map.of("Accept", JSON), Optional.empty(), true);
    }

    /** Sends a body; assumed not to be repeatable. */
    static Call send(String purpose, String method, String path, String contentType, String body) {
        var headers = Map.of("Accept", JSON, "Content-Type", contentType);
        return new Call(purpose, method, path, headers, Optional.of(body.getBytes(StandardCharsets.UTF_8)), false);
    }

    Call asRepeatable() {
        return new Call(purpose, method, path, headers, body, true);
    }

    Call accepting(String mediaType) {
        var changed = new LinkedHashMap<>(headers);
        changed.put("Accept", mediaType);
        return new Call(purpose, method, path, changed, body, repeatable);
    }
}
