package io.btp.installer.host.probe;

import io.btp.installer.api.Problem;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.contract.Secret;
import io.btp.installer.host.tunnel.Bounded;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one login at a time through for each credential, and none for a while after it was refused: parallel and repeated
 * checks must not lock an account.
 */
final class Gate {
    private static final Duration BACK_OFF = Duration.ofMinutes(1);

    private final InstantSource clock;
    private final byte[] key;
    private final Map<String, Door> doors = new ConcurrentHashMap<>();

    /**
     * Keeps refusals within this process.
     *
     * @param key keyed fingerprints tell credentials apart
     */
    Gate(InstantSource clock, byte[] key) {
        this.clock = clock;
        this.key = key.clone();
    }

    private static final class Door {
        private final ReentrantLock lock = new ReentrantLock();
        private Optional<Refused> refused = Optional.empty();
    }

    private record Refused(Problem problem, Instant at) {}

    /**
     * Logs in, unless these credentials were refused a moment ago.
     *
     * @param who server and user
     * @param credential what is shown there
     */
    <T> T enter(String who, Optional<Secret> credential, Bounded.Work<T> login)
            throws IOException, InterruptedException {
        var id = who + " " + credential.map(secret -> secret.fingerprint(key)).orElse("none");
        var door = doors.computeIfAbsent(id, fresh -> new Door());
        door.lock.lockInterruptibly();
        try {
            var before = door.refused.filter(
                    refused -> clock.instant().isBefore(refused.at().plus(BACK_OFF)));
            if (before.isPresent()) {
                throw new ProviderException(remembered(before.get().problem()));
            }
            return attempt(door, login);
        } finally {
            door.lock.unlock();
        }
    }

    private <T> T attempt(Door door, Bounded.Work<T> login) throws IOException, InterruptedException {
        try {
            var session = login.run();
            door.refused = Optional.empty();
            return session;
        } catch (ProviderException failed) {
            if (failed.problem().reason() == Reason.UNAUTHENTICATED) {
                door.refused = Optional.of(new Refused(failed.problem(), clock.instant()));
            }
            throw failed;
        }
    }

    private static Problem remembered(Problem problem) {
        var evidence = new ArrayList<>(problem.evidence());
        evidence.add("Not asked again within a minute, so that no account gets locked");
        return problem.evidence(evidence);
    }
}
