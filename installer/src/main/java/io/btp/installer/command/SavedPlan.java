package io.btp.installer.command;

import io.btp.installer.api.Problem;
import io.btp.installer.api.ProviderException;
import io.btp.installer.engine.Project;
import io.btp.installer.plugin.PluginRejected;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A plan that was saved: where its answers stand, and the digest over its steps. Planning again must give the same
 * digest.
 *
 * @param v version of this form
 * @param digest over component, kind, target, changes and impact of every step
 * @param answersFile where the answers stand; empty where there was no file
 * @param plugins digests of the third-party plugins in use, by name
 */
record SavedPlan(int v, String digest, String answersFile, Map<String, String> plugins) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int VERSION = 1;
    private static final long MOST_BYTES = 1 << 16;

    static SavedPlan of(String digest, Optional<Path> answers, Project project) {
        var file = answers.map(path -> path.toAbsolutePath().normalize().toString())
                .orElse("");
        var plugins = new TreeMap<String, String>();
        project.digests().forEach((plugin, its) -> plugins.put(plugin.manifest().name(), its));
        return new SavedPlan(VERSION, digest, file, plugins);
    }

    /** Refuses to go on with other plugins than the plan was made with. */
    void requireSamePlugins(Project project) {
        project.digests().forEach((plugin, digest) -> {
            var before = plugins.getOrDefault(plugin.manifest().name(), "not there");
            if (!digest.equals(before)) {
                throw PluginRejected.changed(
                        plugin, "the plan was saved", before, "Make a new plan and look at it: btp plan --out PLAN");
            }
        });
    }

    Optional<Path> answers() {
        return answersFile.isEmpty() ? Optional.empty() : Optional.of(Path.of(answersFile));
    }

    void write(Path file) {
        try {
            Files.writeString(file, JSON.writeValueAsString(this) + "\n");
        } catch (IOException unwritable) {
            throw new ProviderException(
                    Problem.of(
                            Problem.Reason.INVALID,
                            "The plan cannot be saved to " + file + ": " + unwritable.getMessage(),
                            "Name a file that can be written"),
                    unwritable);
        }
    }

    static SavedPlan read(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw unreadable(file, "it is too large for one", null);
            }
            var plan = JSON.readValue(Files.readString(file), SavedPlan.class);
            if (plan == null
                    || plan.v() != VERSION
                    || plan.digest() == null
                    || plan.answersFile() == null
                    || plan.plugins() == null) {
                throw unreadable(file, "its version is not " + VERSION, null);
            }
            plan.answers();
            return plan;
        } catch (IOException | JacksonException | InvalidPathException damaged) {
            throw unreadable(file, "it cannot be read", damaged);
        }
    }

    private static ProviderException unreadable(
            Path file, String why, @org.jspecify.annotations.Nullable Exception cause) {
        var problem = Problem.of(
                Problem.Reason.INVALID, file + " is no saved plan: " + why, "Make a new one: btp plan --out " + file);
        return cause == null ? new ProviderException(problem) : new ProviderException(problem, cause);
    }
}
