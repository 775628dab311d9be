package io.btp.installer.host.probe;

import io.btp.installer.api.Problem;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.contract.Redis;
import java.io.IOException;
import java.util.List;
import redis.clients.jedis.exceptions.JedisException;

/** Names why Redis refused. */
record RedisFaults(Redis redis, Subject subject) {
    String user() {
        return redis.username().orElse("the default user");
    }

    Problem evicts(String policy) {
        return Problem.of(
                Reason.UNSUPPORTED,
                "%s evicts keys when its memory is full (%s), expected noeviction".formatted(subject.name(), policy),
                "Set maxmemory-policy noeviction");
    }

    ProviderException refusal(JedisException refused) {
        var broken = Faults.find(refused, IOException.class);
        if (broken.isPresent()) {
            return new ProviderException(
                    Faults.of(broken.get(), subject.name(), subject.line().host()), broken.get());
        }
        var words = Faults.words(refused);
        return new ProviderException(problem(words).evidence(List.of("Redis said: " + words)), refused);
    }

    private Problem problem(String words) {
        var code = words.split(" ", 2)[0];
        return switch (code) {
            case "WRONGPASS" ->
                Problem.of(
                        Reason.UNAUTHENTICATED,
                        "%s does not accept the password of %s".formatted(subject.name(), user()),
                        "Correct username and password; Redis says the same for a user that is off or does not exist");
            case "NOAUTH" ->
                Problem.of(
                        Reason.UNAUTHENTICATED,
                        "%s asks for a password, and none is answered".formatted(subject.name()),
                        "Answer a password");
            case "NOPERM" ->
                Problem.of(
                        Reason.FORBIDDEN,
                        "%s may not do that: %s"
                                .formatted(
                                        user(), words.substring(code.length()).strip()),
                        "ACL SETUSER %s ~* &* +@read +@write +@connection +info"
                                .formatted(redis.username().orElse("default")));
            case "READONLY" ->
                Problem.of(
                        Reason.UNSUPPORTED,
                        "%s is a read-only replica, expected the primary".formatted(subject.name()),
                        "Answer the host of the primary");
            case "OOM" ->
                Problem.of(Reason.QUOTA, "%s has no memory left".formatted(subject.name()), "Raise maxmemory");
            case "MISCONF" ->
                Problem.of(
                        Reason.NOT_READY,
                        "%s takes no writes as it cannot save its data".formatted(subject.name()),
                        "See the disk of the server");
            case "LOADING" ->
                Problem.of(
                        Reason.NOT_READY,
                        "%s is loading its data".formatted(subject.name()),
                        "Wait until it has, then run the same command again");
            case "DENIED" ->
                Problem.of(
                        Reason.FORBIDDEN,
                        "%s runs in protected mode and takes no connections from other machines"
                                .formatted(subject.name()),
                        "Set a password in the server");
            default -> other(words);
        };
    }

    private Problem other(String words) {
        if (words.startsWith("ERR AUTH") || words.contains("Client sent AUTH, but no password is set")) {
            return Problem.of(
                    Reason.INVALID,
                    "%s asks for no password, and one is answered".formatted(subject.name()),
                    "Set a password in the server, or leave the answer out");
        }
        if (words.contains("max number of clients")) {
            return Problem.of(Reason.QUOTA, "%s has no connection left".formatted(subject.name()), "Raise maxclients");
        }
        if (words.contains("Unexpected end of stream")) {
            return Problem.of(
                    Reason.UNREACHABLE,
                    "%s closed the connection".formatted(subject.name()),
                    "See the server's log; a server that expects TLS closes plain connections");
        }
        return Problem.of(Reason.FAILED, "%s refused".formatted(subject.name()), "See what Redis says, and its log");
    }
}
