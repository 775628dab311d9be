package io.btp.installer.host.kubernetes;

import io.btp.installer.api.Problem;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.api.ProviderException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * A login program of a kubeconfig ({@code users[].user.exec}), for example {@code aws eks get-token}. Its credential
 * is kept until shortly before it runs out.
 */
final class ExecPlugin {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final Duration MARGIN = Duration.ofMinutes(1);
    private static final int EVIDENCE_LINES = 5;

    private final Map<String, Object> exec;
    private final Map<String, Object> cluster;
    private final Supplier<Map<String, String>> environment;
    private final Clock clock;
    private final Programs programs;
    private final ReentrantLock lock = new ReentrantLock();
    private Optional<Credential> kept = Optional.empty();

    /** What the program gave, as fields of a kubeconfig's user. */
    private record Credential(Map<String, Object> user, Optional<Instant> expiry) {}

    ExecPlugin(
            Map<String, Object> exec,
            Map<String, Object> cluster,
            Supplier<Map<String, String>> environment,
            Clock clock,
            Programs programs) {
        this.exec = exec;
        this.cluster = cluster;
        this.environment = environment;
        this.clock = clock;
        this.programs = programs;
    }

    /**
     * Gives the fields that log in.
     *
     * @throws ProviderException if the program cannot be run, fails, hangs, or gives no credential
     */
    Map<String, Object> credential() {
        lock.lock();
        try {
            if (kept.filter(this::holds).isEmpty()) {
                kept = Optional.of(ask());
            }
            return kept.orElseThrow().user();
        } finally {
            lock.unlock();
        }
    }

    private boolean holds(Credential credential) {
        return credential
                .expiry()
                .map(expiry -> clock.instant().plus(MARGIN).isBefore(expiry))
                .orElse(true);
    }

    private Credential ask() {
        var interactive = Fields.text(exec, "interactiveMode").orElse("");
        if (interactive.equals("Always")) {
            throw new ProviderException(Problem.of(
                    Reason.UNSUPPORTED,
                    "The login program " + name() + " wants to ask a person, expected one that runs by itself",
                    "Log in with it first and name a kubeconfig with a token, or set interactiveMode to IfAvailable"));
        }
        var ended = run();
        if (ended.exitCode().isEmpty()) {
            throw failed("did not end within " + DEADLINE.toSeconds() + " seconds", ended);
        }
        if (ended.exitCode().get() != 0) {
            throw failed("ended with exit code " + ended.exitCode().get(), ended);
        }
        return read(ended);
    }

    private Programs.Ended run() {
        var command = new ArrayList<String>();
        command.add(name());
        command.addAll(Fields.texts(exec, "args"));
        var variables = new LinkedHashMap<>(environment.get());
        Fields.maps(exec, "env")
                .forEach(variable -> variables.put(
                        Fields.text(variable, "name").orElse(""),
                        Fields.text(variable, "value").orElse("")));
        variables.remove("");
        variables.put("KUBERNETES_EXEC_INFO", Json.write(request()));
        try {
            return programs.run(command, variables, DEADLINE);
        } catch (IOException cannotStart) {
            throw new ProviderException(
                    Problem.of(
                                    Reason.NOT_FOUND,
                                    "The login program " + name() + " of the kubeconfig cannot be started",
                                    remedy("Install it, and see that it is on the PATH of this user"))
                            .evidence(List.of(String.valueOf(cannotStart.getMessage()))),
                    cannotStart);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ProviderException(
                    Problem.of(Reason.TRANSIENT, "The login program " + name() + " was interrupted", "Run it again"),
                    interrupted);
        }
    }

    private Map<String, Object> request() {
        var spec = new LinkedHashMap<String, Object>();
        spec.put("interactive", false);
        if (Fields.flag(exec, "provideClusterInfo")) {
            spec.put("cluster", cluster);
        }
        return Map.of("apiVersion", apiVersion(), "kind", "ExecCredential", "spec", spec);
    }

    private Credential read(Programs.Ended ended) {
        var status = Json.read(ended.output().getBytes(StandardCharsets.UTF_8))
                .map(credential -> Fields.map(credential, "status"))
                .orElseGet(Map::of);
        var user = new LinkedHashMap<String, Object>();
        Fields.text(status, "token").ifPresent(token -> user.put("token", token));
        Fields.text(status, "clientCertificateData").ifPresent(pem -> user.put("client-certificate-data", base64(pem)));
        Fields.text(status, "clientKeyData").ifPresent(pem -> user.put("client-key-data", base64(pem)));
        if (user.isEmpty()) {
            throw failed("gave no credential, expected an ExecCredential with a status on its standard output", ended);
        }
        return new Credential(user, Fields.text(status, "expirationTimestamp").flatMap(ExecPlugin::instant));
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(java.time.OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException unknown) {
            // Without a readable expiry the credential is taken as one that has run out: it is asked for each time.
            return Optional.of(Instant.EPOCH);
        }
    }

    private ProviderException failed(String how, Programs.Ended ended) {
        var lines = ended.errors().lines().filter(line -> !line.isBlank()).toList();
        var last = lines.subList(Math.max(0, lines.size() - EVIDENCE_LINES), lines.size());
        return new ProviderException(Problem.of(
                        Reason.UNAUTHENTICATED,
                        "The login program " + name() + " of the kubeconfig " + how,
                        remedy("Run kubectl get namespaces with this kubeconfig: it runs the same program; log in again"
                                + " where it says so. The installer keeps variables that secret answers name from it"))
                .evidence(last));
    }

    private String remedy(String usual) {
        return Fields.text(exec, "installHint")
                .filter(hint -> !hint.isBlank())
                .map(String::strip)
                .orElse(usual);
    }

    private String name() {
        return Fields.text(exec, "command")
                .orElseThrow(() -> new ProviderException(Problem.of(
                        Reason.INVALID, "A user of the kubeconfig has an exec without command", "Add the command")));
    }

    private String apiVersion() {
        return Fields.text(exec, "apiVersion").orElse("client.authentication.k8s.io/v1");
    }

    private static String base64(String pem) {
        return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8));
    }
}
