package io.btp.installer.simulator.operators;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.btp.installer.simulator.client.Cluster;
import io.btp.installer.simulator.client.Controller;
import io.btp.installer.simulator.client.Identity;
import io.btp.installer.simulator.client.Json;
import io.btp.installer.simulator.client.Key;
import io.btp.installer.simulator.client.Kind;
import io.btp.installer.simulator.client.Loop;
import io.btp.installer.simulator.client.Meta;
import io.btp.installer.simulator.client.Ref;
import io.btp.installer.simulator.client.Store;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Answers for the admission webhooks of all operators: listens at the cluster address of a webhook's Service while pods
 * behind it are ready, allows everything, and puts its authority into the configurations as the operators themselves do.
 */
public final class Webhooks implements Controller<Ref>, AutoCloseable {
    private static final Logger LOG = System.getLogger(Webhooks.class.getName());
    private static final int LARGEST = 16 << 20;

    private final Cluster cluster;
    private final Store services;
    private final Store pods;
    private final Map<Kind, Store> configurations;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<Key, Listener> listeners = new HashMap<>();

    private record Listener(HttpsServer server, InetSocketAddress address, String authority) {}

    public Webhooks(Cluster cluster) throws InterruptedException {
        this.cluster = cluster;
        this.services = cluster.store(Kind.SERVICE);
        this.pods = cluster.store(Kind.POD);
        this.configurations = Map.of(
                Kind.MUTATING_WEBHOOKS,
                cluster.store(Kind.MUTATING_WEBHOOKS),
                Kind.VALIDATING_WEBHOOKS,
                cluster.store(Kind.VALIDATING_WEBHOOKS));
    }

    @Override
    public String name() {
        return "webhooks";
    }

    @Override
    public void watch(Loop<Ref> loop) {
        configurations.forEach((kind, store) -> store.onChange(configuration -> {
            loop.add(new Ref(kind, Meta.key(configuration)));
            services(configuration).forEach(service -> loop.add(new Ref(Kind.SERVICE, service)));
        }));
        services.onChange(service -> loop.add(new Ref(Kind.SERVICE, Meta.key(service))));
        pods.onChange(pod -> services.in(Meta.namespace(pod))
                .filter(service -> selects(service, pod))
                .forEach(service -> loop.add(new Ref(Kind.SERVICE, Meta.key(service)))));
    }

    private static Stream<Key> services(JsonNode configuration) {
        return Json.items(configuration, "webhooks")
                .filter(webhook -> webhook.path("clientConfig").has("service"))
                .map(Webhooks::service);
    }

    private static Key service(JsonNode webhook) {
        var service = webhook.path("clientConfig").path("service");
        return new Key(Json.text(service, "namespace"), Json.text(service, "name"));
    }

    private static boolean selects(JsonNode service, JsonNode pod) {
        var selector = Json.texts(service, "spec", "selector");
        return !selector.isEmpty() && Meta.labels(pod).entrySet().containsAll(selector.entrySet());
    }

    @Override
    public synchronized void reconcile(Ref ref, Loop<Ref> loop) throws IOException, InterruptedException {
        if (!ref.kind().equals(Kind.SERVICE)) {
            authorise(ref);
            return;
        }
        var webhooks = configurations.values().stream()
                .flatMap(Store::all)
                .flatMap(configuration -> Json.items(configuration, "webhooks"))
                .filter(webhook -> webhook.path("clientConfig").has("service")
                        && service(webhook).equals(ref.key()))
                .toList();
        var service = services.find(ref.key());
        var isServed = !webhooks.isEmpty()
                && service.isPresent()
                && pods.in(ref.key().namespace())
                        .anyMatch(pod -> selects(service.get(), pod) && Operators.isReady(pod));
        if (!isServed) {
            close(ref.key());
            return;
        }
        open(
                ref.key(),
                new InetSocketAddress(
                        Json.text(service.get(), "spec", "clusterIP"),
                        Json.number(webhooks.getFirst(), 443, "clientConfig", "service", "port")));
        configurations.forEach((kind, store) -> store.all()
                .filter(configuration -> services(configuration).anyMatch(ref.key()::equals))
                .forEach(configuration -> loop.add(new Ref(kind, Meta.key(configuration)))));
    }

    private void open(Key service, InetSocketAddress address) throws IOException {
        var open = listeners.get(service);
        if (open != null && open.address().equals(address)) {
            return;
        }
        close(service);
        if (!address.getAddress().isLoopbackAddress()) {
            LOG.log(
                    Level.WARNING,
                    "The webhook of Service {0} is not answered: {1} is not on this machine",
                    service,
                    address);
            return;
        }
        try {
            var host = service.name() + "." + service.namespace() + ".svc";
            var identity = Identity.selfSigned(cluster.now(), List.of(host));
            var server = HttpsServer.create(address, 0);
            server.setHttpsConfigurator(new HttpsConfigurator(identity.serving()));
            server.setExecutor(executor);
            server.createContext("/", Webhooks::allow);
            server.start();
            var authority =
                    Base64.getEncoder().encodeToString(identity.certificates().getBytes(StandardCharsets.US_ASCII));
            listeners.put(service, new Listener(server, address, authority));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK makes certificates", e);
        }
    }

    private void close(Key service) {
        var open = listeners.remove(service);
        if (open != null) {
            open.server().stop(0);
        }
    }

    private void authorise(Ref ref) throws IOException, InterruptedException {
        var found = configurations.getOrDefault(ref.kind(), services).find(ref.key());
        if (found.isEmpty()) {
            return;
        }
        var changed = found.get().deepCopy();
        for (var webhook : changed.path("webhooks")) {
            var open = listeners.get(service(webhook));
            if (open != null) {
                webhook.withObjectProperty("clientConfig").put("caBundle", open.authority());
            }
        }
        if (!changed.equals(found.get())) {
            cluster.replace(ref.kind(), changed);
        }
    }

    private static void allow(HttpExchange exchange) throws IOException {
        try (exchange) {
            var answer = answer(exchange.getRequestBody().readNBytes(LARGEST));
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.length == 0 ? 400 : 200, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    /** Gives an empty answer to what is not a review. */
    private static byte[] answer(byte[] text) {
        try {
            var review = Json.parse(text);
            return Json.bytes(Json.object(
                    "apiVersion",
                    Json.text(review, "apiVersion"),
                    "kind",
                    "AdmissionReview",
                    "response",
                    Map.of("uid", Json.text(review, "request", "uid"), "allowed", true)));
        } catch (JacksonException | IllegalArgumentException e) {
            LOG.log(Level.DEBUG, "not an admission review", e);
            return new byte[0];
        }
    }

    @Override
    public synchronized void close() {
        List.copyOf(listeners.keySet()).forEach(this::close);
        executor.shutdownNow();
    }
}
