package io.btp.installer.host.helm;

import io.btp.installer.host.kubernetes.ClusterClient;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers for a short time what a cluster serves: Helm asks for all of it again with each chart. */
final class DiscoveryCache {
    private static final Duration REMEMBERED = Duration.ofSeconds(60);
    private static final int LARGEST = 64 * 1024 * 1024;

    private final InstantSource clock;
    private final Map<String, Remembered> answers = new ConcurrentHashMap<>();

    /** What the API server answered. */
    record Answer(int status, String contentType, byte[] body) {}

    private record Remembered(Answer answer, Instant since) {}

    DiscoveryCache(InstantSource clock) {
        this.clock = clock;
    }

    static boolean isDiscovery(String path) {
        return path.matches("/(version|api|apis|api/v1|apis/[^/]+|apis/[^/]+/[^/]+|openapi/.*)");
    }

    Answer answer(ClusterClient client, String path, String accept) throws InterruptedException, IOException {
        var key = accept + " " + path;
        var known = Optional.ofNullable(answers.get(key))
                .filter(answer -> answer.since().plus(REMEMBERED).isAfter(clock.instant()));
        if (known.isPresent()) {
            return known.get().answer();
        }
        var answer = fetch(client, path, accept);
        if (answer.status() == 200) {
            answers.put(key, new Remembered(answer, clock.instant()));
        }
        return answer;
    }

    static Answer fetch(ClusterClient client, String path, String accept) throws InterruptedException, IOException {
        try (var forwarded = client.forward("GET", path, Map.of("Accept", accept), Optional.empty())) {
            var contentType = forwarded.headers().entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase("Content-Type"))
                    .flatMap(header -> header.getValue().stream())
                    .findFirst()
                    .orElse("application/json");
            return new Answer(forwarded.status(), contentType, forwarded.body().readNBytes(LARGEST));
        }
    }

    /** Forgets everything: new kinds may be served now. */
    void forget() {
        answers.keySet().removeAll(List.copyOf(answers.keySet()));
    }
}
