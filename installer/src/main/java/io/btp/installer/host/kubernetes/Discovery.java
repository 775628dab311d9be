package io.btp.installer.host.kubernetes;

import io.btp.installer.host.concurrent.AtOnce;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Knows which kinds the API server serves. What is served is remembered for a short time; what is not served is asked
 * for again each time, as custom resources come while a run goes on.
 */
final class Discovery {
    private static final Duration REMEMBERED = Duration.ofSeconds(60);

    private final Transport transport;
    private final InstantSource clock;
    private final Map<String, Remembered> groups = new ConcurrentHashMap<>();

    private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();

    private record Remembered(List<ResourceType> types, Instant since) {}

    Discovery(Transport transport, InstantSource clock) {
        this.transport = transport;
        this.clock = clock;
    }

    /** Gives a kind; empty where it is not served. */
    Optional<ResourceType> find(String apiVersion, String kind) throws InterruptedException {
        var known = kind(remembered(apiVersion), kind);
        return known.isPresent() ? known : kind(askOnce(apiVersion, clock.instant()), kind);
    }

    boolean serves(String apiVersion) throws InterruptedException {
        return !remembered(apiVersion).isEmpty() || !ask(apiVersion).isEmpty();
    }

    /** Gives every kind that can be listed, each group in its preferred version. */
    List<ResourceType> listable() throws InterruptedException {
        var versions = new LinkedHashSet<String>();
        versions.add("v1");
        var groupList = object(Call.get("list the served API groups", "/apis"));
        Fields.maps(groupList, "groups")
                .forEach(group ->
                        Fields.text(group, "preferredVersion", "groupVersion").ifPresent(versions::add));
        var types = new ArrayList<ResourceType>();
        for (var served : AtOnce.each(versions, this::served).values()) {
            served.stream().filter(type -> type.verbs().contains("list")).forEach(types::add);
        }
        return types;
    }

    private List<ResourceType> served(String apiVersion) throws InterruptedException {
        var remembered = remembered(apiVersion);
        return remembered.isEmpty() ? ask(apiVersion) : remembered;
    }

    private List<ResourceType> remembered(String apiVersion) {
        return Optional.ofNullable(groups.get(apiVersion))
                .filter(group -> group.since().plus(REMEMBERED).isAfter(clock.instant()))
                .map(Remembered::types)
                .orElseGet(List::of);
    }

    /** Asks, unless somebody else's answer came while this one waited for it. */
    private List<ResourceType> askOnce(String apiVersion, Instant since) throws InterruptedException {
        var lock = locks.computeIfAbsent(apiVersion, any -> new ReentrantLock());
        lock.lockInterruptibly();
        try {
            var known = groups.get(apiVersion);
            return known != null && known.since().isAfter(since) ? known.types() : ask(apiVersion);
        } finally {
            lock.unlock();
        }
    }

    private List<ResourceType> ask(String apiVersion) throws InterruptedException {
        var answer = object(Call.get("list what " + apiVersion + " serves", ResourceType.root(apiVersion)));
        var types = Fields.maps(answer, "resources").stream()
                .filter(resource -> !Fields.text(resource, "name").orElse("/").contains("/"))
                .map(resource -> type(apiVersion, resource))
                .toList();
        groups.put(apiVersion, new Remembered(types, clock.instant()));
        return types;
    }

    // A group that is not served, or whose own server is away (503), serves nothing now.
    private Map<String, Object> object(Call call) throws InterruptedException {
        var answer = transport.send(call);
        if (answer.isSuccess()) {
            return answer.object().orElseGet(LinkedHashMap::new);
        }
        if (answer.status() == 404 || answer.status() == 503) {
            return Map.of();
        }
        throw Refusals.refusal(answer, call, Optional.empty(), Optional.empty());
    }

    private static ResourceType type(String apiVersion, Map<String, Object> resource) {
        return new ResourceType(
                apiVersion,
                Fields.text(resource, "kind").orElse(""),
                Fields.text(resource, "name").orElse(""),
                Fields.flag(resource, "namespaced"),
                Set.copyOf(Fields.texts(resource, "verbs")));
    }

    private static Optional<ResourceType> kind(List<ResourceType> types, String kind) {
        return types.stream().filter(type -> type.kind().equals(kind)).findFirst();
    }
}
