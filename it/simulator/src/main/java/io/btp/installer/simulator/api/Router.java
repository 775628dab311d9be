package io.btp.installer.simulator.api;

import static io.btp.installer.simulator.api.Nodes.string;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Finds out what a request wants, has it done, and answers. */
final class Router implements Http.Handler {
    private static final String JSON = "application/json";

    private final String token;
    private final Kinds kinds;
    private final Resources resources;
    private final Reading reading;
    private final Documents documents;
    private final Subresources subresources;
    private final Audit audit;

    Router(String token, Store store, Kinds kinds, Resources resources, Audit audit) {
        this.token = token;
        this.kinds = kinds;
        this.resources = resources;
        this.reading = new Reading(store);
        this.documents = new Documents(kinds);
        this.subresources = new Subresources(resources);
        this.audit = audit;
    }

    @Override
    public void handle(Request request, Reply reply) throws IOException, InterruptedException {
        try {
            route(request, reply);
        } catch (Refusal refusal) {
            audit.add(request, refusal.code());
            if (refusal.isText()) {
                reply.send(
                        refusal.code(), "text/plain", (refusal.getMessage() + "\n").getBytes(StandardCharsets.UTF_8));
                return;
            }
            reply.send(refusal.code(), JSON, Nodes.bytes(refusal.status()));
        } catch (JacksonException unreadable) {
            audit.add(request, 400);
            var refusal = Refusal.badRequest("the object provided is unrecognized: " + unreadable.getOriginalMessage());
            reply.send(400, JSON, Nodes.bytes(refusal.status()));
        }
    }

    private void route(Request request, Reply reply) throws IOException, InterruptedException {
        var steps = Arrays.stream(request.path().split("/"))
                .filter(step -> !step.isEmpty())
                .map(Http::decoded)
                .toList();
        var first = steps.isEmpty() ? "" : steps.getFirst();
        if (List.of("readyz", "livez", "healthz").contains(first)) {
            reply.send(200, "text/plain", "ok".getBytes(StandardCharsets.US_ASCII));
            return;
        }
        requireToken(request);
        if (request.header("upgrade").equalsIgnoreCase("websocket")) {
            // HTTP lets a server pass an upgrade over. The fabric8 client then watches by a plain GET, but reads no
            // answer
            // that does not end, and asks again and again after 503.
            answer(request, reply, 200, Nodes.object());
            return;
        }
        switch (first) {
            case "version" -> answer(request, reply, 200, Documents.version());
            case "openapi" -> openApi(request, reply, steps);
            case "api" -> api(request, reply, "", steps.subList(1, steps.size()));
            case "apis" -> apis(request, reply, steps);
            default -> throw Refusal.nothingServed();
        }
    }

    private void requireToken(Request request) {
        var expected = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(expected, request.header("authorization").getBytes(StandardCharsets.UTF_8))) {
            throw Refusal.of(401, "Unauthorized", "Unauthorized");
        }
    }

    private void openApi(Request request, Reply reply, List<String> steps) throws IOException {
        if (steps.size() < 2) {
            throw Refusal.unknownPath();
        }
        if (steps.get(1).equals("v2")) {
            reply.send(200, Documents.OPENAPI_2, Documents.openApi2());
            return;
        }
        if (steps.size() == 2) {
            answer(request, reply, 200, documents.openApiPaths());
            return;
        }
        var apiVersion = String.join("/", steps.subList(Math.min(3, steps.size()), steps.size()));
        answer(request, reply, 200, documents.openApi(apiVersion).orElseThrow(Refusal::unknownPath));
    }

    private void apis(Request request, Reply reply, List<String> steps) throws IOException, InterruptedException {
        if (steps.size() == 1) {
            discover(request, reply, false);
        } else if (steps.size() == 2) {
            answer(request, reply, 200, documents.group(steps.get(1)).orElseThrow(Refusal::nothingServed));
        } else {
            api(request, reply, steps.get(1), steps.subList(2, steps.size()));
        }
    }

    private void discover(Request request, Reply reply, boolean isCore) throws IOException {
        if (request.header("accept").contains("g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList")) {
            reply.send(200, Documents.AGGREGATED, Nodes.bytes(documents.aggregated(isCore)));
            return;
        }
        answer(request, reply, 200, isCore ? documents.coreVersions(request.header("host")) : documents.groupList());
    }

    private void api(Request request, Reply reply, String group, List<String> steps)
            throws IOException, InterruptedException {
        if (steps.isEmpty()) {
            discover(request, reply, true);
            return;
        }
        var version = steps.getFirst();
        if (steps.size() == 1) {
            var apiVersion = group.isEmpty() ? version : group + "/" + version;
            answer(request, reply, 200, documents.resources(apiVersion).orElseThrow(Refusal::nothingServed));
            return;
        }
        objects(request, reply, target(group, version, steps.subList(1, steps.size())));
    }

    private Target target(String group, String version, List<String> steps) {
        var isPlace = steps.getFirst().equals("namespaces")
                && steps.size() > 2
                && kinds.find(group, version, steps.get(2)).isPresent();
        var rest = isPlace ? steps.subList(2, steps.size()) : steps;
        if (kinds.all()
                .noneMatch(served ->
                        served.group().equals(group) && served.version().equals(version))) {
            throw Refusal.nothingServed();
        }
        var kind = kinds.find(group, version, rest.getFirst()).orElseThrow(Refusal::unknownPath);
        if (kind.namespaced() != isPlace && (isPlace || rest.size() > 1)) {
            throw Refusal.unknownPath();
        }
        return new Target(
                kind,
                isPlace ? steps.get(1) : "",
                rest.size() > 1 ? rest.get(1) : "",
                String.join("/", rest.subList(Math.min(2, rest.size()), rest.size())));
    }

    private void objects(Request request, Reply reply, Target target) throws IOException, InterruptedException {
        var isRead = request.method().equals("GET") || request.method().equals("HEAD");
        if (target.subresource().equals("log") && target.kind().is("", "Pod") && isRead) {
            var log = Subresources.log(
                    resources.get(new Target(target.kind(), target.namespace(), target.name(), "")), request);
            reply.send(200, "text/plain", log);
            return;
        }
        if (isRead && target.name().isEmpty()) {
            if (target.kind().has(Kind.Trait.REVIEW)) {
                throw Refusal.notAllowed();
            }
            if (request.asks("watch")) {
                reading.watch(request, reply, target);
                return;
            }
            answer(request, reply, 200, reading.list(request, target));
            return;
        }
        if (isRead) {
            answer(request, reply, 200, reading.whole(request, subresources.get(target), target.kind()));
            return;
        }
        write(request, reply, target);
    }

    private void write(Request request, Reply reply, Target target) throws IOException {
        var options = options(request);
        switch (request.method()) {
            case "POST" -> {
                var made = target.name().isEmpty()
                        ? create(target, body(request), options)
                        : subresources.create(target, body(request), options);
                answer(request, reply, 201, reading.whole(request, made, target.kind()));
            }
            case "PUT" -> {
                var outcome = subresources.update(target, body(request), options);
                answer(request, reply, 200, reading.whole(request, outcome.object(), target.kind()));
            }
            case "PATCH" -> {
                var outcome = patch(request, target, options);
                answer(
                        request,
                        reply,
                        outcome.isNew() ? 201 : 200,
                        reading.whole(request, outcome.object(), target.kind()));
            }
            case "DELETE" -> delete(request, reply, target, options);
            default -> throw Refusal.notAllowed();
        }
    }

    private ObjectNode create(Target target, ObjectNode body, Options options) {
        if (target.kind().has(Kind.Trait.REVIEW)) {
            return Reviews.answer(target.kind(), body);
        }
        if (target.kind().namespaced() && target.namespace().isEmpty()) {
            throw Refusal.notAllowed();
        }
        return resources.create(target, body, options);
    }

    private Resources.Outcome patch(Request request, Target target, Options options) {
        var type = mediaType(request);
        if (target.name().isEmpty()) {
            throw Refusal.notAllowed();
        }
        if (type.equals("application/apply-patch+yaml")
                && request.query("fieldManager").isEmpty()) {
            throw Refusal.of(
                    422,
                    "Invalid",
                    "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for apply patch");
        }
        return switch (type) {
            case "application/apply-patch+yaml" -> subresources.apply(target, body(request), options);
            case "application/json-patch+json" ->
                subresources.patch(target, live -> Patches.json(live, json(request)), options);
            case "application/merge-patch+json" ->
                subresources.patch(target, live -> Patches.merge(live, json(request)), options);
            case "application/strategic-merge-patch+json" -> strategic(request, target, options);
            default -> throw Refusal.of(415, "UnsupportedMediaType", "415: Unsupported Media Type");
        };
    }

    private Resources.Outcome strategic(Request request, Target target, Options options) {
        if (target.kind().has(Kind.Trait.CUSTOM)) {
            throw Refusal.of(
                    415,
                    "UnsupportedMediaType",
                    "the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml");
        }
        return subresources.patch(
                target, live -> Patches.strategic(live, json(request), Shape.of(target.kind())), options);
    }

    private void delete(Request request, Reply reply, Target target, Options options) throws IOException {
        var wishes = request.body().length == 0 ? Nodes.object() : body(request);
        for (var name : List.of("propagationPolicy", "gracePeriodSeconds")) {
            if (!request.query(name).isEmpty()) {
                Nodes.defaultTo(wishes, name, number(request.query(name)));
            }
        }
        var dryRun = options.dryRun() || wishes.path("dryRun").size() > 0;
        if (target.name().isEmpty()) {
            var page = reading.list(request, target);
            for (var item : Nodes.objects(page, "items")) {
                var place = new Target(
                        target.kind(), string(item, "metadata", "namespace"), string(item, "metadata", "name"), "");
                resources.deletion().delete(place, wishes, dryRun);
            }
            answer(request, reply, 200, page);
            return;
        }
        var outcome = resources.deletion().delete(target, wishes, dryRun);
        var isStatus = outcome.isGone() && !target.kind().is("", "Pod");
        answer(
                request,
                reply,
                200,
                isStatus ? success(target, outcome.object()) : Resources.served(target.kind(), outcome.object()));
    }

    private static JsonNode number(String text) {
        return text.matches("\\d{1,9}") ? Nodes.read(text) : Nodes.text(text);
    }

    private static ObjectNode success(Target target, ObjectNode object) {
        var status = Nodes.object().put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        var details = status.put("status", "Success").putObject("details").put("name", target.name());
        if (!target.kind().group().isEmpty()) {
            details.put("group", target.kind().group());
        }
        details.put("kind", target.kind().plural()).put("uid", string(object, "metadata", "uid"));
        return status;
    }

    private static Options options(Request request) {
        var dryRun = request.query("dryRun");
        if (!dryRun.isEmpty() && !dryRun.equals("All")) {
            throw Refusal.of(
                    422,
                    "Invalid",
                    "UpdateOptions.meta.k8s.io \"\" is invalid: dryRun: Unsupported value: \"%s\": supported values: \"All\""
                            .formatted(dryRun));
        }
        var agent = request.header("user-agent");
        var manager = request.query("fieldManager").isEmpty() ? agent.split("/", 2)[0] : request.query("fieldManager");
        return new Options(!dryRun.isEmpty(), manager.isEmpty() ? "unknown" : manager, request.asks("force"));
    }

    private static ObjectNode body(Request request) {
        if (mediaType(request).equals(Protobuf.MEDIA_TYPE)) {
            return Protobuf.read(request.body());
        }
        if (json(request) instanceof ObjectNode object) {
            return object;
        }
        throw Refusal.badRequest("the body of the request is no object");
    }

    private static JsonNode json(Request request) {
        return Nodes.read(request.body());
    }

    private static String mediaType(Request request) {
        return Optional.of(request.header("content-type"))
                .map(type -> type.split(";")[0].strip())
                .orElse("");
    }

    private void answer(Request request, Reply reply, int code, JsonNode body) throws IOException {
        audit.add(request, code);
        reply.send(code, JSON, Nodes.bytes(body));
    }
}
