package io.btp.installer.host.kubernetes;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an API server answered, read to the end. */
record Answer(int status, Map<String, List<String>> headers, byte[] body) {
    boolean isSuccess() {
        return status / 100 == 2;
    }

    /** Gives the object in the body; empty where there is none. */
    Optional<Map<String, Object>> object() {
        return Json.read(body);
    }

    Optional<String> header(String name) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .flatMap(header -> header.getValue().stream())
                .findFirst();
    }
}
