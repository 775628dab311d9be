package io.btp.installer.simulator.client;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.node.ObjectNode;

/** Keeps a store like the server's: lists, then watches; begins again when the connection breaks. */
final class Reflector {
    private static final Logger LOG = System.getLogger(Reflector.class.getName());
    private static final Duration PAUSE = Duration.ofMillis(300);
    private static final int LONGEST = 64 << 20;

    private final Api api;
    private final Kind kind;
    private final Store store;
    private final ScheduledExecutorService timer;

    Reflector(Api api, Kind kind, Store store, ScheduledExecutorService timer) {
        this.api = api;
        this.kind = kind;
        this.store = store;
        this.timer = timer;
    }

    /** Runs until the thread is interrupted. */
    void run() {
        var version = "";
        while (!Thread.currentThread().isInterrupted()) {
            try {
                version = version.isEmpty() ? list() : version;
                version = watch(version);
            } catch (InterruptedException e) {
                return;
            } catch (ApiException e) {
                version = "";
                LOG.log(
                        e.isExpired() || e.isAbsent() ? Level.DEBUG : Level.WARNING,
                        "{0}: {1}",
                        kind.plural(),
                        e.getMessage());
                pause();
            } catch (IOException e) {
                version = "";
                LOG.log(Level.DEBUG, "{0}: {1}", kind.plural(), e);
                pause();
            }
        }
    }

    private static void pause() {
        // ends early when the thread is interrupted, and leaves the flag set
        LockSupport.parkNanos(PAUSE.toNanos());
    }

    private String list() throws IOException, InterruptedException {
        var list = api.get(kind.everywhere());
        var objects = new ArrayList<ObjectNode>();
        Json.items(list, "items").forEach(item -> objects.add((ObjectNode) item));
        store.fill(objects);
        return Json.text(list, "metadata", "resourceVersion");
    }

    private String watch(String version) throws IOException, InterruptedException {
        var at = version;
        try (var stream = new BufferedInputStream(api.watch(kind.everywhere(), version))) {
            var end = timer.schedule(() -> hangUp(stream), Api.WATCH.toSeconds() + 15, TimeUnit.SECONDS);
            try {
                for (var line = line(stream); line.length > 0; line = line(stream)) {
                    at = take(Api.parsed(line));
                }
            } finally {
                end.cancel(false);
            }
        }
        return at;
    }

    private static void hangUp(InputStream stream) {
        try {
            stream.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "closing a watch", e);
        }
    }

    private String take(ObjectNode event) throws IOException {
        var object = (ObjectNode) event.path("object");
        switch (Json.text(event, "type")) {
            case "ADDED", "MODIFIED" -> store.put(object);
            case "DELETED" -> store.remove(object);
            case "BOOKMARK" -> {}
            default ->
                throw new ApiException(
                        object.path("code").asInt(500), Json.text(object, "reason"), Json.text(object, "message"));
        }
        return Json.text(object, "metadata", "resourceVersion");
    }

    private static byte[] line(InputStream stream) throws IOException {
        var line = new ByteArrayOutputStream();
        for (var next = stream.read(); next >= 0 && next != '\n'; next = stream.read()) {
            if (line.size() == LONGEST) {
                throw new IOException("an event of a watch is longer than " + LONGEST + " bytes");
            }
            line.write(next);
        }
        return line.toByteArray();
    }
}
