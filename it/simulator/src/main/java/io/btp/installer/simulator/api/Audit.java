package io.btp.installer.simulator.api;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** Remembers the last requests, so that tests can tell who asked for what. Bodies are not remembered. */
public final class Audit {
    private static final int LONGEST = 10_000;

    private final ArrayDeque<Entry> entries = new ArrayDeque<>();

    /**
     * A request and the status it was answered with.
     *
     * @param path without the query
     * @param dryRun true where the request was to store nothing
     */
    public record Entry(String method, String path, String userAgent, boolean dryRun, int status) {
        /** Tells whether the request stored, changed or removed something. Reviews store nothing. */
        public boolean persists() {
            return !method.equals("GET")
                    && !method.equals("HEAD")
                    && !dryRun
                    && status < 400
                    && !path.startsWith("/apis/authorization.k8s.io/")
                    && !path.startsWith("/apis/authentication.k8s.io/");
        }
    }

    Audit() {}

    synchronized void add(Request request, int status) {
        if (entries.size() == LONGEST) {
            entries.remove();
        }
        entries.add(new Entry(
                request.method(),
                request.path(),
                request.header("user-agent"),
                !request.query("dryRun").isEmpty(),
                status));
    }

    /** Gives the requests since the last {@link #clear}, oldest first; at most the last ten thousand. */
    public synchronized List<Entry> entries() {
        return new ArrayList<>(entries);
    }

    /** Forgets all requests. */
    public synchronized void clear() {
        entries.clear();
    }
}
