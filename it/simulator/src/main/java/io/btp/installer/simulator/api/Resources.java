package io.btp.installer.simulator.api;

import static io.btp.installer.simulator.api.Nodes.string;

import io.btp.installer.simulator.api.Kind.Trait;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Creates and changes objects as the API server does. */
final class Resources {
    private static final List<String> FIXED_METADATA = List.of(
            "uid",
            "creationTimestamp",
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "generation",
            "resourceVersion",
            "generateName");

    private static final Set<String> NEVER_UNCONDITIONAL = Set.of(
            "CustomResourceDefinition",
            "APIService",
            "Lease",
            "PodDisruptionBudget",
            "ValidatingWebhookConfiguration",
            "MutatingWebhookConfiguration",
            "ValidatingAdmissionPolicy",
            "ValidatingAdmissionPolicyBinding");

    private final Store store;
    private final Kinds kinds;
    private final InstantSource clock;
    private final Creation creation;
    private final Deletion deletion;

    Resources(Store store, Kinds kinds, InstantSource clock, String authority) {
        this.store = store;
        this.kinds = kinds;
        this.clock = clock;
        this.creation = new Creation(store, clock, authority);
        this.deletion = new Deletion(store, kinds, clock);
    }

    /** An object and whether it is new. */
    record Outcome(ObjectNode object, boolean isNew) {}

    ObjectNode get(Target target) {
        return find(target).orElseThrow(() -> Refusal.notFound(target.kind(), target.name()));
    }

    private Optional<ObjectNode> find(Target target) {
        return store.find(target.kind(), target.namespace(), target.name());
    }

    ObjectNode create(Target target, ObjectNode body, Options options) {
        return store.write(() -> {
            var object = body.deepCopy();
            Nodes.dropNulls(object);
            identify(target, object);
            Decoding.check(target.kind(), object);
            name(object);
            var place = target.named(string(object, "metadata", "name"));
            return insert(place, object, options, false);
        });
    }

    private static void name(ObjectNode object) {
        var metadata = Nodes.child(object, "metadata");
        var start = string(metadata, "generateName");
        if (string(metadata, "name").isEmpty() && !start.isEmpty()) {
            metadata.put("name", start + UUID.randomUUID().toString().substring(0, 5));
        }
    }

    private ObjectNode insert(Target target, ObjectNode object, Options options, boolean isApplied) {
        creation.requireNamespace(target);
        if (!target.name().isEmpty() && find(target).isPresent()) {
            throw Refusal.exists(target.kind(), target.name());
        }
        var now = now();
        creation.prepare(target.kind(), object, now);
        Validation.check(target.kind(), object);
        if (!isApplied) {
            // What the API allocates belongs to nobody.
            Ownership.update(Nodes.object(), object, target.kind(), "", options.manager(), now);
        }
        creation.admit(target.kind(), object);
        if (options.dryRun()) {
            return object;
        }
        var kept = store.put(target.kind(), object);
        noticed(target.kind(), kept);
        return kept;
    }

    private void noticed(Kind kind, ObjectNode object) {
        if (kind.kind().equals("CustomResourceDefinition")) {
            kinds.define(object);
        }
        if (kind.is("", "Namespace")) {
            creation.furnish(string(object, "metadata", "name"));
        }
    }

    /** Replaces an object, or its status. */
    Outcome update(Target target, ObjectNode body, Options options) {
        return store.write(() -> {
            var live = get(target);
            var object = body.deepCopy();
            Nodes.dropNulls(object);
            identify(target, object);
            Decoding.check(target.kind(), object);
            if (needsVersion(target.kind())
                    && string(object, "metadata", "resourceVersion").isEmpty()) {
                throw Refusal.versionMissing(target.kind(), target.name());
            }
            return new Outcome(replace(target, live, object, options, false), false);
        });
    }

    private static boolean needsVersion(Kind kind) {
        return kind.has(Trait.CUSTOM) || NEVER_UNCONDITIONAL.contains(kind.kind());
    }

    /** Changes an object by a function of what it is now. */
    Outcome patch(Target target, Function<ObjectNode, JsonNode> patch, Options options) {
        return store.write(() -> {
            var live = get(target);
            if (!(patch.apply(served(target.kind(), live).deepCopy()) instanceof ObjectNode object)) {
                throw Refusal.badRequest("the patch does not leave an object");
            }
            Nodes.dropNulls(object);
            identify(target, object);
            Decoding.check(target.kind(), object);
            return new Outcome(replace(target, live, object, options, false), false);
        });
    }

    /** Applies what a manager wants; makes the object where there is none. */
    Outcome apply(Target target, ObjectNode body, Options options) {
        return store.write(() -> {
            var wanted = body.deepCopy();
            Nodes.dropNulls(wanted);
            requireType(wanted);
            target.kind()
                    .schema()
                    .ifPresent(schema -> Schemas.requireKnown(target.kind(), target.name(), wanted, schema));
            Decoding.check(target.kind(), wanted);
            if (target.kind().is("", "Secret")) {
                Defaults.encodeTexts(wanted);
            }
            identify(target, wanted);
            if (wanted.path("metadata").has("managedFields")) {
                throw Refusal.badRequest("metadata.managedFields must be nil");
            }
            var live = find(target);
            if (live.isEmpty() && !target.subresource().isEmpty()) {
                throw Refusal.notFound(target.kind(), target.name());
            }
            var apply = new Apply(target.kind(), target.subresource(), options.manager(), options.force());
            if (live.isEmpty()) {
                return new Outcome(insert(target, apply.onto(bare(wanted), wanted, now()), options, true), true);
            }
            var merged = apply.onto(served(target.kind(), live.get()), wanted, now());
            Nodes.assign(
                    Nodes.child(merged, "metadata"),
                    "resourceVersion",
                    wanted.path("metadata").path("resourceVersion"));
            Nodes.assign(
                    Nodes.child(merged, "metadata"),
                    "uid",
                    wanted.path("metadata").path("uid"));
            return new Outcome(replace(target, live.get(), merged, options, true), false);
        });
    }

    private static void requireType(ObjectNode wanted) {
        var version = string(wanted, "apiVersion");
        var kind = string(wanted, "kind");
        if (version.isEmpty() || kind.isEmpty()) {
            throw Refusal.badRequest("invalid object type: %s, Kind=%s"
                    .formatted(version.contains("/") ? version : "/" + version, kind));
        }
    }

    private static ObjectNode bare(ObjectNode wanted) {
        var object = Nodes.object();
        object.set("apiVersion", wanted.path("apiVersion"));
        object.set("kind", wanted.path("kind"));
        var metadata = object.putObject("metadata");
        metadata.put("name", string(wanted, "metadata", "name"));
        Nodes.assign(metadata, "namespace", wanted.path("metadata").path("namespace"));
        return object;
    }

    private ObjectNode replace(Target target, ObjectNode live, ObjectNode object, Options options, boolean isApplied) {
        var kind = target.kind();
        var now = now();
        requireSame(target, live, object);
        for (var field : FIXED_METADATA) {
            Nodes.assign(
                    Nodes.child(object, "metadata"),
                    field,
                    live.path("metadata").path(field));
        }
        keepOtherPart(target, live, object);
        if (!target.isStatus()) {
            Defaults.fill(kind, object);
            creation.allocate(kind, object, live);
            Validation.check(kind, object);
            Validation.checkChange(kind, live, object);
            Progress.count(kind, live, object);
        }
        if (kind.kind().equals("CustomResourceDefinition")) {
            Definitions.establish(object, now);
        }
        if (!isApplied) {
            Ownership.update(live, object, kind, target.subresource(), options.manager(), now);
        }
        if (Progress.isSame(live, object)) {
            return live;
        }
        if (options.dryRun()) {
            return object;
        }
        if (Progress.isOver(kind, object)) {
            return deletion.remove(kind, object);
        }
        var kept = store.put(kind, object);
        if (kind.kind().equals("CustomResourceDefinition")) {
            kinds.define(kept);
        }
        return kept;
    }

    private static void requireSame(Target target, ObjectNode live, ObjectNode object) {
        var uid = string(object, "metadata", "uid");
        var liveUid = string(live, "metadata", "uid");
        if (!uid.isEmpty() && !uid.equals(liveUid)) {
            throw Refusal.conflict(
                    target.kind(),
                    target.name(),
                    "Precondition failed: UID in precondition: %s, UID in object meta: %s".formatted(uid, liveUid));
        }
        var version = string(object, "metadata", "resourceVersion");
        if (!version.isEmpty() && !version.equals(string(live, "metadata", "resourceVersion"))) {
            throw Refusal.modified(target.kind(), target.name());
        }
    }

    /** A write to the status changes nothing else, a write to the object not its status. */
    private static void keepOtherPart(Target target, ObjectNode live, ObjectNode object) {
        if (target.isStatus()) {
            var managed = object.path("metadata").path("managedFields");
            var status = object.path("status");
            object.removeAll();
            object.setAll(live.deepCopy());
            Nodes.assign(object, "status", status);
            Nodes.assign(Nodes.child(object, "metadata"), "managedFields", managed);
        } else if (target.kind().has(Trait.STATUS)) {
            Nodes.assign(object, "status", live.path("status"));
        }
        if (target.kind().is("", "Namespace") && !target.subresource().equals("finalize")) {
            Nodes.assign(
                    Nodes.child(object, "spec"), "finalizers", live.path("spec").path("finalizers"));
        }
    }

    Deletion deletion() {
        return deletion;
    }

    /** Gives an object in the version that is asked for. */
    static ObjectNode served(Kind kind, ObjectNode object) {
        if (string(object, "apiVersion").equals(kind.apiVersion())) {
            return object;
        }
        var copy = Nodes.object();
        copy.setAll(object);
        return copy.put("apiVersion", kind.apiVersion());
    }

    private static void identify(Target target, ObjectNode object) {
        var kind = target.kind();
        var claimed = string(object, "apiVersion") + ", Kind=" + string(object, "kind");
        var expected = kind.apiVersion() + ", Kind=" + kind.kind();
        if (object.has("kind") && object.has("apiVersion") && !claimed.equals(expected)) {
            throw Refusal.badRequest("%s in version \"%s\" cannot be handled as a %s: expected %s, got %s"
                    .formatted(string(object, "kind"), string(object, "apiVersion"), kind.kind(), expected, claimed));
        }
        object.put("apiVersion", kind.apiVersion()).put("kind", kind.kind());
        var metadata = Nodes.child(object, "metadata");
        var name = string(metadata, "name");
        if (!target.name().isEmpty() && !name.isEmpty() && !name.equals(target.name())) {
            throw Refusal.badRequest("the name of the object (%s) does not match the name on the URL (%s)"
                    .formatted(name, target.name()));
        }
        if (!target.name().isEmpty()) {
            metadata.put("name", target.name());
        }
        var namespace = string(metadata, "namespace");
        if (!namespace.isEmpty() && !namespace.equals(target.namespace()) && kind.namespaced()) {
            throw Refusal.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the request");
        }
        Nodes.assign(metadata, "namespace", kind.namespaced() ? Nodes.text(target.namespace()) : Nodes.missing());
    }

    /** Gives the time in whole seconds, as objects keep it. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
