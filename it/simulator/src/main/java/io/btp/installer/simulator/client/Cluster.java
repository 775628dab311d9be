package io.btp.installer.simulator.client;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A cluster as its controllers see it: copies of its objects, and the changes they make to them. */
public final class Cluster implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Cluster.class.getName());

    private final Api api;
    private final InstantSource clock;
    private final Map<Kind, Store> stores = new ConcurrentHashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("watches").factory());

    public Cluster(Connection connection, InstantSource clock) {
        this.api = new Api(connection);
        this.clock = clock;
    }

    /** Gives the copy of a kind, waiting for its first filling; a kind that is not served stays empty and is asked for again. */
    public Store store(Kind kind) throws InterruptedException {
        var store = following(kind);
        store.await();
        return store;
    }

    /** Starts to follow a kind without waiting for it. */
    public synchronized Store following(Kind kind) {
        var known = stores.get(kind);
        if (known != null) {
            return known;
        }
        var store = new Store();
        stores.put(kind, store);
        var reflector = new Reflector(api, kind, store, timer);
        threads.add(Thread.ofVirtual().name("watch " + kind.plural()).start(reflector::run));
        return store;
    }

    /** Gives every kind that can be listed, watched and deleted. */
    public List<Kind> kinds() throws IOException, InterruptedException {
        return api.kinds(List.of("list", "watch", "delete", "create"));
    }

    public Instant now() {
        return clock.instant();
    }

    /** Gives the present time as the API writes it. */
    public String time() {
        return now().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Asks the server itself; an object that is not there gives an {@code ApiException}. */
    public ObjectNode get(Kind kind, Key key) throws IOException, InterruptedException {
        return kept(kind, api.get(kind.path(key)));
    }

    public List<ObjectNode> list(Kind kind, String namespace) throws IOException, InterruptedException {
        var objects = new ArrayList<ObjectNode>();
        Json.items(api.get(kind.in(namespace)), "items").forEach(item -> objects.add((ObjectNode) item));
        return objects;
    }

    public ObjectNode create(Kind kind, ObjectNode object) throws IOException, InterruptedException {
        var body = object.deepCopy();
        body.put("apiVersion", kind.apiVersion()).put("kind", kind.kind());
        return kept(kind, api.post(kind.in(Meta.namespace(object)), body));
    }

    /** Writes an object back as it was read and changed; refused when it has changed meanwhile. */
    public ObjectNode replace(Kind kind, ObjectNode object) throws IOException, InterruptedException {
        var body = object.deepCopy();
        body.put("apiVersion", kind.apiVersion()).put("kind", kind.kind());
        return kept(kind, api.put(kind.path(Meta.key(object)), body));
    }

    public ObjectNode patch(Kind kind, Key key, ObjectNode changes) throws IOException, InterruptedException {
        return kept(kind, api.patch(kind.path(key), changes));
    }

    /** Changes an object's status where it differs; the object's version has to be the one that is known. */
    public ObjectNode status(Kind kind, ObjectNode object, ObjectNode status) throws IOException, InterruptedException {
        if (object.path("status").equals(status)) {
            return object;
        }
        var body = object.deepCopy();
        body.put("apiVersion", kind.apiVersion()).put("kind", kind.kind()).set("status", status);
        return kept(kind, api.put(kind.path(Meta.key(object)) + "/status", body));
    }

    /** Writes a sub-resource of an object. */
    public ObjectNode put(Kind kind, Key key, String subresource, ObjectNode body)
            throws IOException, InterruptedException {
        return api.put(kind.path(key) + "/" + subresource, body);
    }

    /** Makes a sub-resource of an object, such as a pod's binding. */
    public void post(Kind kind, Key key, String subresource, ObjectNode body) throws IOException, InterruptedException {
        api.post(kind.path(key) + "/" + subresource, body);
    }

    /** Deletes an object, if it is still this one; one that has gone already is no error. */
    public void delete(Kind kind, ObjectNode object, Object... options) throws IOException, InterruptedException {
        var body = Json.object(options);
        body.set("preconditions", Json.object("uid", Meta.uid(object)));
        body.put("apiVersion", "v1").put("kind", "DeleteOptions");
        try {
            var answer = api.delete(kind.path(Meta.key(object)), body);
            var store = stores.get(kind);
            if (store == null) {
                return;
            }
            if (Meta.uid(answer).equals(Meta.uid(object)) && Meta.isLeaving(answer)) {
                store.put(answer);
                return;
            }
            store.remove(object);
        } catch (ApiException e) {
            if (!e.isAbsent() && !e.isConflict()) {
                throw e;
            }
            LOG.log(Level.DEBUG, "{0} has gone: {1}", Meta.key(object), e.getMessage());
        }
    }

    /** Deletes a pod whose containers have ended. */
    public void remove(ObjectNode pod) throws IOException, InterruptedException {
        delete(Kind.POD, pod, "gracePeriodSeconds", 0);
    }

    /** Tells an event about an object; the same again counts. An event that cannot be stored is lost, as they are. */
    public void event(Kind kind, JsonNode object, Happening happening) throws InterruptedException {
        var namespace = Meta.namespace(object).isEmpty() ? "default" : Meta.namespace(object);
        var hash = HexFormat.of().toHexDigits(Objects.hash(Meta.uid(object), happening));
        var key = new Key(namespace, Meta.name(object) + "." + hash);
        var event = Json.object(
                "apiVersion",
                "v1",
                "kind",
                "Event",
                "metadata",
                Map.of("namespace", namespace, "name", key.name()),
                "involvedObject",
                involved(kind, object),
                "type",
                happening.type(),
                "reason",
                happening.reason(),
                "message",
                happening.message(),
                "source",
                Map.of("component", happening.component()),
                "firstTimestamp",
                time(),
                "lastTimestamp",
                time(),
                "count",
                1);
        try {
            api.post(Kind.EVENT.in(namespace), event);
        } catch (ApiException e) {
            if (e.isConflict()) {
                again(key);
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "event {0}: {1}", key, e);
        }
    }

    private void again(Key key) throws InterruptedException {
        try {
            var count = Json.number(api.get(Kind.EVENT.path(key)), 1, "count");
            api.patch(Kind.EVENT.path(key), Json.object("count", count + 1, "lastTimestamp", time()));
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "event {0}: {1}", key, e);
        }
    }

    private static ObjectNode involved(Kind kind, JsonNode object) {
        var involved = Json.object(
                "apiVersion",
                kind.apiVersion(),
                "kind",
                kind.kind(),
                "name",
                Meta.name(object),
                "uid",
                Meta.uid(object));
        if (!Meta.namespace(object).isEmpty()) {
            involved.put("namespace", Meta.namespace(object));
        }
        return involved;
    }

    private ObjectNode kept(Kind kind, ObjectNode answer) {
        var store = stores.get(kind);
        if (store != null && store.isFilled()) {
            store.put(answer);
        }
        return answer;
    }

    @Override
    public synchronized void close() {
        threads.forEach(Thread::interrupt);
        timer.shutdownNow();
        api.close();
    }
}
