package io.btp.installer.simulator.api;

import java.util.Map;

/** A request as it came; names of headers in lower case. */
record Request(String method, String path, Map<String, String> query, Map<String, String> headers, byte[] body) {
    String query(String name) {
        return query.getOrDefault(name, "");
    }

    boolean asks(String name) {
        return query.containsKey(name)
                && !query(name).equals("false")
                && !query(name).equals("0");
    }

    String header(String name) {
        return headers.getOrDefault(name, "");
    }
}
