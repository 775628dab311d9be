package io.btp.installer.host;

import io.btp.installer.api.Installation;
import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Permission;
import io.btp.installer.api.Problem;
import io.btp.installer.api.ProviderException;
import io.btp.installer.host.kubernetes.ClusterClient;
import io.btp.installer.host.kubernetes.Fields;
import io.btp.installer.host.kubernetes.Inventory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The home as Kubernetes objects: a namespace, a ConfigMap for the record, a Lease for the lock. */
final class ClusterHome implements Home {
    private static final String HOME_LABEL = "installer.btp/home";
    private static final String NOTES = "installer.btp/";

    private final ClusterClient client;
    private final String installation;
    private final String namespace;

    ClusterHome(ClusterClient client, String installation, String namespace) {
        this.client = client;
        this.installation = installation;
        this.namespace = namespace;
    }

    /** Finds the namespace of an installation's home by the labels of its record, or of the namespace itself. */
    static Optional<String> namespace(ClusterClient client, String installation) throws InterruptedException {
        var labels = Map.of(Installation.LABEL, installation, HOME_LABEL, "true");
        var records = client.list("v1", "ConfigMap", Optional.empty(), labels);
        var places = client.list("v1", "Namespace", Optional.empty(), labels);
        return Stream.concat(records.stream(), places.stream())
                .map(ObjectRef::to)
                .map(ref -> ref.namespace().orElse(ref.name()))
                .findFirst();
    }

    private ObjectRef place() {
        return ObjectRef.clusterWide("v1", "Namespace", namespace);
    }

    private ObjectRef ledger() {
        return ObjectRef.of("v1", "ConfigMap", namespace, "btp-" + installation);
    }

    private ObjectRef lock() {
        return ObjectRef.of("coordination.k8s.io/v1", "Lease", namespace, "btp-" + installation);
    }

    private Map<String, String> labels() {
        return Map.of(Installation.LABEL, installation, HOME_LABEL, "true");
    }

    @Override
    public Set<Permission> permissions() {
        var documents = Stream.of("configmaps", "coordination.k8s.io/leases")
                .flatMap(resource -> Stream.of("get", "create", "update")
                        .map(verb -> Permission.kubernetes(verb, resource, namespace)));
        var place = Stream.of("get", "create").map(verb -> Permission.kubernetes(verb, "namespaces", "*"));
        return Stream.concat(documents, place).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public boolean exists() throws InterruptedException {
        return client.find(place()).filter(object -> !Fields.isGoing(object)).isPresent();
    }

    @Override
    public void make() throws InterruptedException {
        if (exists()) {
            return;
        }
        var going = client.remaining(place());
        if (going.isPresent()) {
            throw new ProviderException(going.get());
        }
        client.createUnlessThere(Map.of(
                "apiVersion", "v1",
                "kind", "Namespace",
                "metadata", Map.of("name", namespace, "labels", labels())));
    }

    @Override
    public Optional<Document> record() throws InterruptedException {
        return client.find(ledger()).map(object -> new Document(texts(object.get("data")), version(object)));
    }

    @Override
    public Optional<String> writeRecord(Map<String, String> data, Optional<String> version)
            throws InterruptedException {
        var object = object(ledger(), version, Map.of(), Map.of("data", data));
        var written = version.isPresent() ? client.replaceUnlessChanged(object) : client.createUnlessThere(object);
        return written.map(ClusterHome::version);
    }

    @Override
    public Optional<Document> lease() throws InterruptedException {
        return client.find(lock()).map(object -> new Document(notes(object), version(object)));
    }

    private static Map<String, String> notes(Map<String, Object> object) {
        var notes = new LinkedHashMap<String, String>();
        if (object.get("metadata") instanceof Map<?, ?> metadata) {
            texts(metadata.get("annotations")).forEach((name, value) -> {
                if (name.startsWith(NOTES)) {
                    notes.put(name.substring(NOTES.length()), value);
                }
            });
        }
        return notes;
    }

    @Override
    public Optional<String> writeLease(Map<String, String> data, Optional<String> version) throws InterruptedException {
        var annotations = data.entrySet().stream()
                .collect(Collectors.toMap(entry -> NOTES + entry.getKey(), Map.Entry::getValue));
        var spec = new LinkedHashMap<String, Object>();
        Optional.ofNullable(data.get("run")).ifPresent(run -> spec.put("holderIdentity", run));
        Optional.ofNullable(data.get("term"))
                .ifPresent(term -> spec.put("leaseDurationSeconds", Integer.valueOf(term)));
        var object = object(lock(), version, annotations, Map.of("spec", spec));
        var written = version.isPresent() ? client.renewUnlessChanged(object) : client.createUnlessThere(object);
        return written.map(ClusterHome::version);
    }

    private Map<String, Object> object(
            ObjectRef ref, Optional<String> version, Map<String, String> annotations, Map<String, Object> content) {
        var metadata = new LinkedHashMap<String, Object>();
        metadata.put("name", ref.name());
        metadata.put("namespace", namespace);
        metadata.put("labels", labels());
        metadata.put("annotations", annotations);
        version.ifPresent(known -> metadata.put("resourceVersion", known));
        var object = new LinkedHashMap<String, Object>();
        object.put("apiVersion", ref.apiVersion());
        object.put("kind", ref.kind());
        object.put("metadata", metadata);
        object.putAll(content);
        return object;
    }

    private static String version(Map<String, Object> object) {
        return object.get("metadata") instanceof Map<?, ?> metadata
                ? String.valueOf(metadata.get("resourceVersion"))
                : "";
    }

    private static Map<String, String> texts(@org.jspecify.annotations.Nullable Object map) {
        var texts = new LinkedHashMap<String, String>();
        if (map instanceof Map<?, ?> entries) {
            entries.forEach((name, value) -> texts.put(String.valueOf(name), String.valueOf(value)));
        }
        return texts;
    }

    private Inventory inventory() throws InterruptedException {
        return client.inventory(Map.of(Installation.LABEL, installation));
    }

    @Override
    public Set<String> owners() throws InterruptedException {
        return inventory().objects().stream()
                .map(entry -> Optional.ofNullable(entry.labels().get(Installation.PROVIDER_LABEL)))
                .flatMap(Optional::stream)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public List<String> owned() throws InterruptedException {
        var labelled = inventory().objects().stream()
                .filter(entry -> !entry.owned())
                .map(entry -> entry.ref().toString());
        var claims = client.list("v1", "PersistentVolumeClaim", Optional.empty(), Map.of()).stream()
                .filter(this::namesOurs)
                .map(claim -> ObjectRef.to(claim).toString());
        return Stream.concat(labelled, claims).distinct().sorted().toList();
    }

    /** Claims that charts and operators made carry no owner label; their labels name the release or the cluster. */
    private boolean namesOurs(Map<String, Object> object) {
        return object.get("metadata") instanceof Map<?, ?> metadata
                && texts(metadata.get("labels")).values().stream()
                        .anyMatch(value -> value.equals(installation) || value.startsWith(installation + "-"));
    }

    @Override
    public void dissolve() throws InterruptedException {
        client.delete(ledger());
        var found = client.find(place());
        if (found.isPresent() && isOurs(found.get()) && isEmpty()) {
            client.delete(place());
            return;
        }
        client.delete(lock());
    }

    @Override
    public Optional<Problem> remaining() throws InterruptedException {
        var found = client.find(place());
        if (found.isPresent() && isOurs(found.get()) && (Fields.isGoing(found.get()) || isEmpty())) {
            return client.remaining(place());
        }
        for (var document : List.of(ledger(), lock())) {
            var remaining = client.remaining(document);
            if (remaining.isPresent()) {
                return remaining;
            }
        }
        return going();
    }

    /** Names a namespace of the installation that is going and not yet gone, if there is one. */
    private Optional<Problem> going() throws InterruptedException {
        for (var namespace :
                client.list("v1", "Namespace", Optional.empty(), Map.of(Installation.LABEL, installation))) {
            var remaining =
                    Fields.isGoing(namespace) ? client.remaining(ObjectRef.to(namespace)) : Optional.<Problem>empty();
            if (remaining.isPresent()) {
                return remaining;
            }
        }
        return Optional.empty();
    }

    private boolean isOurs(Map<String, Object> object) {
        return object.get("metadata") instanceof Map<?, ?> metadata
                && installation.equals(texts(metadata.get("labels")).get(Installation.LABEL));
    }

    /** Nothing but what Kubernetes itself puts into every namespace, and the lock. */
    private boolean isEmpty() throws InterruptedException {
        return client.inventory(Map.of()).objects().stream()
                .filter(entry -> entry.ref().namespace().equals(Optional.of(namespace)))
                .allMatch(this::isGiven);
    }

    private boolean isGiven(Inventory.Entry entry) {
        var ref = entry.ref();
        return switch (ref.kind()) {
            case "Event", "EndpointSlice", "Endpoints" -> true;
            case "ServiceAccount" -> ref.name().equals("default");
            case "ConfigMap" -> ref.name().equals("kube-root-ca.crt") || ref.equals(ledger());
            default -> ref.equals(lock()) || entry.owned();
        };
    }
}
