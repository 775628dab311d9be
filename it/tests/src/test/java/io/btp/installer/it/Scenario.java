package io.btp.installer.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * One installation on a cluster of its own or on one that others use, too: names of its own, an answers file, a working
 * folder. PostgreSQL by CloudNativePG and Redis by Valkey come from charts of ours; for the other slots the sandbox's
 * stand-ins are installed, which are charts like any other.
 */
public final class Scenario {
    private static final Path CHARTS = Path.of("src/test/charts").toAbsolutePath();

    private final String name;
    private final Program program;
    private final Map<String, String> changes = new LinkedHashMap<>();

    /**
     * Prepares an installation.
     *
     * @param name DNS label, unique in the cluster
     * @param folder an empty folder
     * @param kubeconfig of the cluster
     */
    public Scenario(String name, Path folder, String kubeconfig) {
        this.name = name;
        this.program = new Program(folder).with("IT_LICENSE", "canary-licence-8f3a1c");
        write(folder.resolve("kubeconfig"), kubeconfig);
        answer("cluster.kubeconfig", folder.resolve("kubeconfig").toString());
        write(folder.resolve("btp.yaml"), answers());
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String answers() {
        return """
                apiVersion: installer.btp/v1
                installation: {name: %1$s, domain: %1$s.btp.example}
                cluster: {mode: byo}
                namespaces: {platform: %1$s-platform, deployments: %1$s-deployments, dependencies: %1$s-deps}
                dataPlane:
                  postgres: {mode: kubernetes, provider: cloudnative-pg, storage: 1Gi}
                  redis: {mode: kubernetes, provider: valkey, storage: 1Gi, chart: {file: %2$s/valkey}}
                objectStore: {mode: sandbox}
                identity: {mode: sandbox}
                secrets: {mode: kubernetes}
                edge: {ingress: {mode: sandbox}, certificates: {mode: sandbox}, records: {mode: sandbox}}
                observability: {mode: sandbox}
                support: {cloudnative-pg-operator: {chart: {file: %2$s/cloudnative-pg}}}
                platform:
                  chart: {file: %3$s/plugins/sandbox/charts/platform}
                  license: {username: acme, password: "${env:IT_LICENSE}", expirationDate: "2099-12-31"}
                """.formatted(name, CHARTS, Program.home());
    }

    /** Changes an answer for the runs from now on. */
    public Scenario answer(String key, String value) {
        changes.put(key, value);
        return this;
    }

    /** Gives the changed answers. */
    public Map<String, String> changed() {
        return new LinkedHashMap<>(changes);
    }

    /** Takes the changed answers for these, for the runs from now on. */
    public Scenario change(Map<String, String> answers) {
        changes.clear();
        changes.putAll(answers);
        return this;
    }

    /** Sets an environment variable for the runs from now on. */
    public Scenario with(String variable, String value) {
        program.with(variable, value);
        return this;
    }

    /** Puts a command before the program's own, for the runs from now on. */
    public Scenario within(List<String> command) {
        program.within(command);
        return this;
    }

    /** Runs a command on it. */
    public Program.Result run(String... arguments) {
        return program.run(withAnswers(arguments));
    }

    /** Runs a command and hears its events, which there are with {@code --output json}. */
    public Program.Result watch(Program.Watcher watcher, String... arguments) {
        return program.watch(watcher, withAnswers(arguments));
    }

    /** Runs a command with {@code --output json} and kills it at the first event that fits. */
    public Program.Result killed(Predicate<JsonNode> at, String... arguments) {
        Program.Watcher watcher = process -> event -> {
            if (at.test(event)) {
                process.toHandle().destroyForcibly();
            }
        };
        return program.watch(watcher, withAnswers(arguments));
    }

    private String[] withAnswers(String... arguments) {
        var all = new java.util.ArrayList<>(java.util.List.of(arguments));
        changes.forEach((key, value) -> {
            all.add("--set");
            all.add(key + "=" + value);
        });
        return all.toArray(String[]::new);
    }

    /** Gives the name. */
    public String name() {
        return name;
    }
}
