package io.btp.installer.simulator.api;

import static io.btp.installer.simulator.api.Nodes.string;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Lists and watches. */
final class Reading {
    private static final String PARTIAL = "as=PartialObjectMetadata";
    private static final Duration BETWEEN_BOOKMARKS = Duration.ofSeconds(15);
    private static final long LONGEST_WATCH_SECONDS = 1800;

    private final Store store;

    Reading(Store store) {
        this.store = store;
    }

    ObjectNode list(Request request, Target target) {
        var kind = target.kind();
        var page = store.list(kind.qualified(), target.namespace());
        var selector = selector(request, kind);
        var after = after(request.query("continue"));
        var matching = page.items().stream()
                .filter(object -> key(object).compareTo(after) > 0 && selector.matches(object))
                .toList();
        long limit = request.query("limit").isEmpty() ? 0 : number(request.query("limit"));
        var shown = limit > 0 && limit < matching.size() ? matching.subList(0, (int) limit) : matching;
        var isPartial = request.header("accept").contains(PARTIAL + "List");
        var list = Nodes.object().put("kind", isPartial ? "PartialObjectMetadataList" : kind.kind() + "List");
        list.put("apiVersion", isPartial ? "meta.k8s.io/v1" : kind.apiVersion());
        var metadata = list.putObject("metadata").put("resourceVersion", Long.toString(page.revision()));
        if (shown.size() < matching.size()) {
            metadata.put(
                    "continue",
                    Base64.getUrlEncoder().encodeToString(key(shown.getLast()).getBytes(StandardCharsets.UTF_8)));
            if (selector.terms().isEmpty()) {
                metadata.put("remainingItemCount", matching.size() - shown.size());
            }
        }
        var items = list.putArray("items");
        shown.forEach(object -> items.add(isPartial ? partial(object) : Resources.served(kind, object)));
        return list;
    }

    private static String after(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException foreign) {
            throw Refusal.badRequest("continue key is not valid: " + foreign.getMessage());
        }
    }

    private static String key(ObjectNode object) {
        return string(object, "metadata", "namespace") + "/" + string(object, "metadata", "name");
    }

    private static Selector selector(Request request, Kind kind) {
        return Selector.of(request.query("labelSelector"), request.query("fieldSelector"), kind);
    }

    private static long number(String text) {
        if (!text.matches("\\d{1,18}")) {
            throw Refusal.badRequest("not a number: " + text);
        }
        return Long.parseLong(text);
    }

    private static long version(String text) {
        if (!text.matches("\\d{1,18}")) {
            throw Refusal.of(
                    500,
                    "",
                    "resourceVersion: Invalid value: \"%s\": strconv.ParseUint: parsing \"%s\": invalid syntax"
                            .formatted(text, text));
        }
        return Long.parseLong(text);
    }

    /** Gives an object as the client wants it: in the version asked for, or only its metadata. */
    ObjectNode whole(Request request, ObjectNode object, Kind kind) {
        if (request.header("accept").contains(PARTIAL)) {
            return partial(object);
        }
        return string(object, "kind").equals(kind.kind()) ? Resources.served(kind, object) : object;
    }

    private static ObjectNode partial(ObjectNode object) {
        var partial = Nodes.object().put("kind", "PartialObjectMetadata").put("apiVersion", "meta.k8s.io/v1");
        partial.set("metadata", object.path("metadata"));
        return partial;
    }

    void watch(Request request, Reply reply, Target target) throws IOException, InterruptedException {
        var version = request.query("resourceVersion");
        var wantsInitial = request.asks("sendInitialEvents");
        Optional<Long> since = wantsInitial || version.isEmpty() || version.equals("0")
                ? Optional.empty()
                : Optional.of(version(version));
        try (var watch =
                store.watch(target.kind().qualified(), target.namespace(), selector(request, target.kind()), since)) {
            reply.begin("application/json", watch::close);
            stream(request, reply, target.kind(), watch, wantsInitial);
        } catch (Refusal expired) {
            if (expired.code() != 410) {
                throw expired;
            }
            reply.begin("application/json", () -> {});
            reply.part(line("ERROR", expired.status()));
        }
        reply.end();
    }

    private void stream(Request request, Reply reply, Kind kind, Watch watch, boolean wantsInitial)
            throws IOException, InterruptedException {
        var bookmarks = request.asks("allowWatchBookmarks");
        var wanted = request.query("timeoutSeconds");
        long seconds = wanted.isEmpty() ? LONGEST_WATCH_SECONDS : Math.min(number(wanted), LONGEST_WATCH_SECONDS);
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        for (long left = end - System.nanoTime(); left > 0 && !watch.isClosed(); left = end - System.nanoTime()) {
            var pause = Duration.ofNanos(Math.min(left, BETWEEN_BOOKMARKS.toNanos()));
            var change = watch.next(pause);
            if (change.isPresent()) {
                tell(request, reply, kind, change.get(), wantsInitial);
            } else if (bookmarks && !watch.isClosed()) {
                var mark = watch.bookmark();
                if (!string(mark, "metadata", "resourceVersion").equals("0")) {
                    reply.part(line("BOOKMARK", typed(mark, kind)));
                }
            }
        }
    }

    private void tell(Request request, Reply reply, Kind kind, Watch.Change change, boolean wantsInitial)
            throws IOException {
        if (!change.type().equals("BEGIN")) {
            reply.part(line(change.type(), whole(request, change.object(), kind)));
        } else if (wantsInitial) {
            var mark = typed(change.object(), kind);
            Nodes.child(Nodes.child(mark, "metadata"), "annotations").put("k8s.io/initial-events-end", "true");
            reply.part(line("BOOKMARK", mark));
        }
    }

    private static ObjectNode typed(ObjectNode mark, Kind kind) {
        return mark.put("kind", kind.kind()).put("apiVersion", kind.apiVersion());
    }

    private static byte[] line(String type, ObjectNode object) {
        var event = Nodes.object().put("type", type);
        event.set("object", object);
        return (Nodes.write(event) + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
