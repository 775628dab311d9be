package io.btp.installer.host.kubernetes;

import io.btp.installer.api.Change;
import io.btp.installer.api.Connection;
import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.contract.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Talks to one cluster. Objects are ordered maps; every call has a deadline, ends promptly on interruption, and throws
 * {@link ProviderException} when the cluster does not answer or refuses.
 */
public final class ClusterClient implements Reader, AutoCloseable {
    /** The name under which everything is applied. */
    public static final String FIELD_MANAGER = "btp-installer";

    private static final int PAGE = 500;

    /** Fields of metadata that are not the server's. */
    private static final Set<String> WRITERS = Set.of("labels", "annotations", "finalizers", "ownerReferences");

    private final Transport transport;
    private final Discovery discovery;

    private ClusterClient(Transport transport, Discovery discovery) {
        this.transport = transport;
        this.discovery = discovery;
    }

    /** Sets up a client; contacts nothing. */
    public static ClusterClient open(Secret kubeconfig, Connection connection) {
        return open(kubeconfig, connection, () -> true);
    }

    /**
     * Sets up a client; contacts nothing.
     *
     * @param mayChange asked right before each change is sent
     */
    public static ClusterClient open(Secret kubeconfig, Connection connection, BooleanSupplier mayChange) {
        return open(new Transport(kubeconfig, connection, Limits.usual(), mayChange), InstantSource.system());
    }

    /** Sets up a client with limits of one's own; contacts nothing. */
    public static ClusterClient open(Secret kubeconfig, Connection connection, Limits limits, InstantSource clock) {
        return open(new Transport(kubeconfig, connection, limits, () -> true), clock);
    }

    private static ClusterClient open(Transport transport, InstantSource clock) {
        return new ClusterClient(transport, new Discovery(transport, clock));
    }

    /** Asks the cluster who it is. */
    public ClusterIdentity identity() throws InterruptedException {
        var version = Fields.text(object(Call.get("read the cluster's version", "/version")), "gitVersion")
                .orElseThrow(() -> new ProviderException(Problem.of(
                        Reason.UNSUPPORTED,
                        "%s tells no Kubernetes version".formatted(server()),
                        "Name the address of a Kubernetes API server")));
        var system = find(ObjectRef.clusterWide("v1", "Namespace", "kube-system"))
                .orElseThrow(() -> new ProviderException(Problem.of(
                        Reason.UNSUPPORTED,
                        "%s has no namespace kube-system".formatted(server()),
                        "Name the address of a Kubernetes API server")));
        var storageClass = list("storage.k8s.io/v1", "StorageClass", Optional.empty(), Map.of()).stream()
                .filter(each -> Fields.text(
                                each, "metadata", "annotations", "storageclass.kubernetes.io/is-default-class")
                        .filter("true"::equals)
                        .isPresent())
                .max(java.util.Comparator.comparing(each ->
                        Fields.text(each, "metadata", "creationTimestamp").orElse("")))
                .flatMap(each -> Fields.text(each, "metadata", "name"));
        return new ClusterIdentity(
                Fields.text(system, "metadata", "uid").orElse(""),
                server(),
                version,
                storageClass,
                "true".equals(Fields.labels(system).get(ClusterIdentity.SIMULATED)));
    }

    /** Gives the address of the API server. */
    public URI server() {
        return transport.server();
    }

    /** Reads an object; empty where there is none, or its kind is not served. */
    @Override
    public Optional<Map<String, Object>> find(ObjectRef ref) throws InterruptedException {
        var type = discovery.find(ref.apiVersion(), ref.kind());
        if (type.isEmpty()) {
            return Optional.empty();
        }
        var call = Call.get("read " + ref, path(type.get(), ref));
        var answer = transport.send(call);
        if (answer.status() == 404) {
            return Optional.empty();
        }
        return Optional.of(object(answer, call, type, ref.namespace()));
    }

    /** Lists objects of a kind that carry all these labels; empty where the kind is not served. */
    @Override
    public List<Map<String, Object>> list(
            String apiVersion, String kind, Optional<String> namespace, Map<String, String> labels)
            throws InterruptedException {
        var type = discovery.find(apiVersion, kind);
        return type.isEmpty() ? List.of() : list(type.get(), namespace, query("labelSelector", labels), Call.JSON);
    }

    /** Lists the events about an object, oldest first. */
    @Override
    public List<Map<String, Object>> events(ObjectRef about) throws InterruptedException {
        var selector = new LinkedHashMap<String, String>();
        selector.put("involvedObject.kind", about.kind());
        selector.put("involvedObject.name", about.name());
        var type = new ResourceType("v1", "Event", "events", true, Set.of("list"));
        var events = new ArrayList<>(list(type, about.namespace(), query("fieldSelector", selector), Call.JSON));
        events.sort(java.util.Comparator.comparing(ClusterClient::lastSeen));
        return events;
    }

    /** Reads the last lines that a container wrote; empty where there are none. */
    @Override
    public List<String> log(String namespace, String pod, String container, boolean previous, int lines)
            throws InterruptedException {
        var path = "/api/v1/namespaces/%s/pods/%s/log?container=%s&tailLines=%d&previous=%b"
                .formatted(namespace, pod, encoded(container), lines, previous);
        var answer = transport.send(Call.get("read the log of " + pod, path).accepting("*/*"));
        return answer.isSuccess()
                ? new String(answer.body(), StandardCharsets.UTF_8).lines().toList()
                : List.of();
    }

    /** Tells whether a group and version is served. */
    public boolean serves(String groupVersion) throws InterruptedException {
        return discovery.serves(groupVersion);
    }

    /** Gives a kind as it is served; empty where it is not. */
    @Override
    public Optional<ResourceType> type(String apiVersion, String kind) throws InterruptedException {
        return discovery.find(apiVersion, kind);
    }

    /** Gives a kind in whatever group it is served; empty where it is not. */
    public Optional<ResourceType> typeOfKind(String kind) throws InterruptedException {
        return discovery.listable().stream()
                .filter(type -> type.kind().equals(kind))
                .findFirst();
    }

    /** Makes an object that is not there yet; empty where another was faster. */
    public Optional<Map<String, Object>> createUnlessThere(Map<String, Object> manifest) throws InterruptedException {
        var ref = ObjectRef.to(manifest);
        var type = served(ref);
        var path = type.path(place(type, ref)) + "?fieldManager=" + FIELD_MANAGER;
        var call = Call.send("create " + ref, "POST", path, Call.JSON, Json.write(Manifests.normalized(manifest)));
        return unlessConflict(call, type, ref, manifest);
    }

    /** Makes an object. Where it is there already, that is a conflict. */
    public Map<String, Object> create(Map<String, Object> manifest) throws InterruptedException {
        var ref = ObjectRef.to(manifest);
        return createUnlessThere(manifest)
                .orElseThrow(() -> new ProviderException(Problem.of(
                        Reason.CONFLICT, "%s is there already".formatted(ref), "Remove it, or choose another name")));
    }

    /**
     * Replaces an object, if it is still the one that was read; empty where somebody changed or removed it meanwhile.
     *
     * @param object as it was read, changed; carries {@code metadata.resourceVersion}
     */
    public Optional<Map<String, Object>> replaceUnlessChanged(Map<String, Object> object) throws InterruptedException {
        var ref = ObjectRef.to(object);
        if (Fields.text(object, "metadata", "resourceVersion").isEmpty()) {
            throw new IllegalArgumentException(
                    "an object that is replaced carries the resourceVersion it was read with");
        }
        var type = served(ref);
        var replaced = unlessConflict(replacing(type, ref, object).asRepeatable(), type, ref, object);
        return replaced.isPresent() ? replaced : find(ref).filter(live -> isWritten(object, live));
    }

    /** A request that is repeated, as its answer was lost, meets its own effect: that is no change by somebody else. */
    private static boolean isWritten(Map<String, Object> object, Map<String, Object> live) {
        return written(object).equals(written(live));
    }

    /** Gives what writers say of an object; what is empty is not said. */
    private static Map<String, Object> written(Map<String, Object> object) {
        var written = new LinkedHashMap<>(object);
        written.remove("status");
        if (written.remove("metadata") instanceof Map<?, ?> metadata) {
            WRITERS.forEach(field -> Optional.ofNullable(metadata.get(field))
                    .ifPresent(value -> written.put("metadata." + field, value)));
        }
        written.values().removeIf(value -> value.equals(Map.of()) || value.equals(List.of()));
        return written;
    }

    /** As {@link #replaceUnlessChanged}, whether changes may be made or not: for the lease that says so. */
    public Optional<Map<String, Object>> renewUnlessChanged(Map<String, Object> object) throws InterruptedException {
        var ref = ObjectRef.to(object);
        var type = served(ref);
        return unlessConflict(replacing(type, ref, object).asUnbound(), type, ref, object);
    }

    private static Call replacing(ResourceType type, ObjectRef ref, Map<String, Object> object) {
        var path = path(type, ref) + "?fieldManager=" + FIELD_MANAGER;
        return Call.send("replace " + ref, "PUT", path, Call.JSON, Json.write(Manifests.normalized(object)));
    }

    /** Brings an object to what a manifest says, whoever else set the fields that it names. */
    public Map<String, Object> apply(Map<String, Object> manifest) throws InterruptedException {
        return apply(manifest, false);
    }

    /** Gives the object as it would be after {@link #apply}; changes nothing. */
    public Map<String, Object> applied(Map<String, Object> manifest) throws InterruptedException {
        return apply(manifest, true);
    }

    /**
     * Says what {@link #apply} would change: nothing where the object is as the manifest says. The number of replicas
     * is left to an autoscaler where there is one. Values of Secrets are not shown.
     */
    public List<Change> drift(Map<String, Object> manifest) throws InterruptedException {
        var live = find(ObjectRef.to(manifest));
        return live.isEmpty() ? Comparison.ofNew(manifest) : drift(manifest, live.get());
    }

    /**
     * As {@link #drift(Map)}, of an object that has just been read. The API server is asked what an apply would change
     * unless it has said already that it would be nothing, by the fields that it manages.
     */
    public List<Change> drift(Map<String, Object> manifest, Map<String, Object> live) throws InterruptedException {
        var wanted = Manifests.normalized(manifest);
        return AsWritten.holds(wanted, live) ? List.of() : Comparison.of(wanted, live, applied(wanted));
    }

    /** Starts to remove an object, with what it owns; returns quietly where there is none. */
    public void delete(ObjectRef ref) throws InterruptedException {
        delete(ref, Optional.empty());
    }

    /** Starts to remove the object that has this uid, and no other one of its name. */
    public void delete(ObjectRef ref, Optional<String> uid) throws InterruptedException {
        var type = discovery.find(ref.apiVersion(), ref.kind());
        if (type.isEmpty()) {
            return;
        }
        var options = new LinkedHashMap<String, Object>();
        options.put("propagationPolicy", "Foreground");
        uid.ifPresent(id -> options.put("preconditions", Map.of("uid", id)));
        var call = Call.send("delete " + ref, "DELETE", path(type.get(), ref), Call.JSON, Json.write(options))
                .asRepeatable();
        var answer = transport.send(call);
        var replaced = answer.status() == 409 && uid.isPresent();
        if (!answer.isSuccess() && answer.status() != 404 && !replaced) {
            throw Refusals.refusal(answer, call, type, ref.namespace());
        }
    }

    /** Says what keeps an object that is being removed; empty where it is gone. */
    public Optional<Problem> remaining(ObjectRef ref) throws InterruptedException {
        return find(ref).map(object -> Remains.of(ref, object));
    }

    /** Tells whether the one who asks may do something, as the cluster's authorizer says. */
    public boolean mayI(Right right) throws InterruptedException {
        var attributes = new LinkedHashMap<String, Object>();
        attributes.put("verb", right.verb());
        if (right.isAboutPath()) {
            attributes.put("path", right.resource());
            return review(right, Map.of("nonResourceAttributes", attributes));
        }
        attributes.put("group", right.group());
        int slash = right.resource().indexOf('/');
        attributes.put(
                "resource", slash < 0 ? right.resource() : right.resource().substring(0, slash));
        if (slash >= 0) {
            attributes.put("subresource", right.resource().substring(slash + 1));
        }
        right.name().ifPresent(name -> attributes.put("name", name));
        right.namespace().ifPresent(name -> attributes.put("namespace", name));
        return review(right, Map.of("resourceAttributes", attributes));
    }

    private boolean review(Right right, Map<String, Object> attributes) throws InterruptedException {
        var review = Map.of(
                "apiVersion", "authorization.k8s.io/v1",
                "kind", "SelfSubjectAccessReview",
                "spec", attributes);
        var path = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
        var call = Call.send("ask whether I may " + right, "POST", path, Call.JSON, Json.write(review));
        return Fields.flag(object(call.asRepeatable()), "status", "allowed");
    }

    /** Gives the rights that everything asked so far needed, reviews of rights aside, which everybody may ask for. */
    public Set<Right> used() {
        return transport.used().stream()
                .filter(right -> !right.group().equals("authorization.k8s.io"))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Lists all objects, of all kinds that can be listed, that carry all these labels. */
    public Inventory inventory(Map<String, String> labels) throws InterruptedException {
        return new Stocktaking(this, discovery).take(labels);
    }

    /** Sends any request once and gives the answer while it comes, whatever its status; without retry. */
    public Forwarded forward(String method, String pathAndQuery, Map<String, String> headers, Optional<byte[]> body)
            throws InterruptedException {
        var passed = new LinkedHashMap<String, String>();
        headers.forEach((name, value) -> {
            if (!Hop.HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                passed.put(name, value);
            }
        });
        return transport.stream(new Call(method + " " + pathAndQuery, method, pathAndQuery, passed, body, false, true));
    }

    /** Lends the client itself, for what needs a web socket: forwarding of ports. */
    public KubernetesClient sockets() {
        return transport.client();
    }

    @Override
    public void close() {
        transport.close();
    }

    List<Map<String, Object>> list(ResourceType type, Optional<String> namespace, String selector, String mediaType)
            throws InterruptedException {
        var items = new ArrayList<Map<String, Object>>();
        var next = "";
        do {
            var path = type.path(namespace) + "?limit=" + PAGE + selector
                    + (next.isEmpty() ? "" : "&continue=" + encoded(next));
            var call = Call.get("list " + type.plural(), path).accepting(mediaType);
            var answer = transport.send(call);
            if (answer.status() == 404) {
                return List.of();
            }
            var page = object(answer, call, Optional.of(type), namespace);
            for (var item : Fields.maps(page, "items")) {
                if (Fields.at(item, "metadata", "name")
                        .filter(String.class::isInstance)
                        .isEmpty()) {
                    // What an aggregated server gives without a name is no object that can be worked with.
                    continue;
                }
                // Items of a list come without these two.
                var whole = new LinkedHashMap<String, Object>();
                whole.put("apiVersion", type.apiVersion());
                whole.put("kind", type.kind());
                item.forEach(whole::putIfAbsent);
                items.add(whole);
            }
            next = Fields.text(page, "metadata", "continue").orElse("");
        } while (!next.isEmpty());
        return items;
    }

    static String query(String parameter, Map<String, String> pairs) {
        if (pairs.isEmpty()) {
            return "";
        }
        var terms = pairs.entrySet().stream()
                .map(pair -> pair.getKey() + "=" + pair.getValue())
                .toList();
        return "&" + parameter + "=" + encoded(String.join(",", terms));
    }

    private Map<String, Object> apply(Map<String, Object> manifest, boolean dryRun) throws InterruptedException {
        var ref = ObjectRef.to(manifest);
        var type = served(ref);
        var wanted = new Replicas(this).leftToAutoscaler(Manifests.normalized(manifest), ref);
        var path = path(type, ref) + "?force=true&fieldManager=" + FIELD_MANAGER + (dryRun ? "&dryRun=All" : "");
        var call = Call.send("apply " + ref, "PATCH", path, Call.APPLY, Json.write(wanted))
                .asRepeatable();
        return without(manifest, () -> object(transport.send(call), call, Optional.of(type), ref.namespace()));
    }

    private Optional<Map<String, Object>> unlessConflict(
            Call call, ResourceType type, ObjectRef ref, Map<String, Object> manifest) throws InterruptedException {
        var answer = transport.send(call);
        var goneMeanwhile = answer.status() == 404 && call.method().equals("PUT");
        if (answer.status() == 409 || goneMeanwhile) {
            return Optional.empty();
        }
        return Optional.of(without(manifest, () -> object(answer, call, Optional.of(type), ref.namespace())));
    }

    /** Keeps the secrets of a manifest out of what the server says of it. */
    private static Map<String, Object> without(Map<String, Object> manifest, Source source)
            throws InterruptedException {
        try {
            return source.object();
        } catch (ProviderException refused) {
            throw new ProviderException(
                    Redaction.of(Manifests.confidential(manifest), Manifests.isSecret(manifest))
                            .of(refused.problem()),
                    refused);
        }
    }

    private interface Source {
        Map<String, Object> object() throws InterruptedException;
    }

    private Map<String, Object> object(Call call) throws InterruptedException {
        return object(transport.send(call), call, Optional.empty(), Optional.empty());
    }

    private static Map<String, Object> object(
            Answer answer, Call call, Optional<ResourceType> type, Optional<String> namespace) {
        if (!answer.isSuccess()) {
            throw Refusals.refusal(answer, call, type, namespace);
        }
        return answer.object()
                .orElseThrow(() -> new ProviderException(Problem.of(
                        Reason.TRANSIENT,
                        "The API server's answer is cut or is no JSON: the installer wanted to " + call.purpose(),
                        "Look for a proxy on the way to the API server, then run the same command again")));
    }

    private ResourceType served(ObjectRef ref) throws InterruptedException {
        return discovery
                .find(ref.apiVersion(), ref.kind())
                .orElseThrow(() -> new ProviderException(Problem.of(
                        Reason.UNSUPPORTED,
                        "The cluster does not serve %s %s, which %s is"
                                .formatted(ref.apiVersion(), ref.kind(), ref.name()),
                        "Install the operator or the custom resource definition that serves it")));
    }

    private static String path(ResourceType type, ObjectRef ref) {
        return type.path(place(type, ref)) + "/" + encoded(ref.name());
    }

    private static Optional<String> place(ResourceType type, ObjectRef ref) {
        if (type.namespaced() && ref.namespace().isEmpty()) {
            throw new ProviderException(Problem.of(
                    Reason.INVALID,
                    "%s names no namespace, expected one".formatted(ref),
                    "Set metadata.namespace in the manifest"));
        }
        return ref.namespace();
    }

    private static String lastSeen(Map<String, Object> event) {
        return Fields.text(event, "lastTimestamp")
                .or(() -> Fields.text(event, "eventTime"))
                .or(() -> Fields.text(event, "metadata", "creationTimestamp"))
                .orElse("");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
