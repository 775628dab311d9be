package io.btp.installer.host.kubernetes;

import io.btp.installer.answers.Nearest;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.api.ProviderException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * One kubeconfig, or several as kubectl merges them: the first that names a thing wins.
 *
 * @param origin where it was read, for people
 * @param clusters clusters by name
 * @param users users by name
 * @param contexts contexts by name
 * @param current name of the current context
 */
record KubeconfigFile(
        String origin,
        Map<String, Map<String, Object>> clusters,
        Map<String, Map<String, Object>> users,
        Map<String, Map<String, Object>> contexts,
        Optional<String> current) {
    private static final List<String> CLUSTER_FILES = List.of("certificate-authority");
    private static final List<String> USER_FILES = List.of("client-certificate", "client-key", "tokenFile");

    /**
     * Reads a kubeconfig.
     *
     * @throws ProviderException if it is not YAML or not a kubeconfig; never quotes a line, as lines hold secrets
     */
    static KubeconfigFile parse(String origin, String text) {
        try {
            var settings = LoadSettings.builder().setAllowDuplicateKeys(true).build();
            var documents = YamlDocuments.read(settings, text);
            if (documents.size() == 1 && documents.getFirst() instanceof Map<?, ?> content) {
                return new KubeconfigFile(
                        origin,
                        named(content, "clusters", "cluster"),
                        named(content, "users", "user"),
                        named(content, "contexts", "context"),
                        Fields.text(content, "current-context").filter(name -> !name.isEmpty()));
            }
        } catch (MarkedYamlEngineException broken) {
            var where = broken.getProblemMark().map(KubeconfigFile::position).orElse("");
            throw notYaml(origin, where + broken.getProblem(), broken);
        } catch (YamlEngineException broken) {
            throw notYaml(origin, "", broken);
        }
        throw new ProviderException(Problem.of(
                Reason.INVALID,
                "The kubeconfig " + origin + " holds no mapping, expected clusters, users and contexts",
                "Name a kubeconfig file, as kubectl config view shows it"));
    }

    /** Merges files; the first that names a thing wins. */
    static KubeconfigFile merged(List<KubeconfigFile> files) {
        var clusters = new LinkedHashMap<String, Map<String, Object>>();
        var users = new LinkedHashMap<String, Map<String, Object>>();
        var contexts = new LinkedHashMap<String, Map<String, Object>>();
        for (var file : files) {
            file.clusters.forEach(clusters::putIfAbsent);
            file.users.forEach(users::putIfAbsent);
            file.contexts.forEach(contexts::putIfAbsent);
        }
        var current = files.stream().flatMap(file -> file.current.stream()).findFirst();
        var origin =
                String.join(", ", files.stream().map(KubeconfigFile::origin).toList());
        return new KubeconfigFile(origin, clusters, users, contexts, current);
    }

    /** Makes the paths of files, and of a login program, absolute: they are relative to the kubeconfig. */
    KubeconfigFile locatedIn(Path folder) {
        var located = new LinkedHashMap<String, Map<String, Object>>();
        clusters.forEach((name, cluster) -> located.put(name, absolute(cluster, CLUSTER_FILES, folder)));
        var locatedUsers = new LinkedHashMap<String, Map<String, Object>>();
        users.forEach(
                (name, user) -> locatedUsers.put(name, absoluteProgram(absolute(user, USER_FILES, folder), folder)));
        return new KubeconfigFile(origin, located, locatedUsers, contexts, current);
    }

    /**
     * Chooses a context.
     *
     * @param name empty for the current one
     * @throws ProviderException if there is none
     */
    KubeconfigFile choosing(Optional<String> name) {
        var chosen = name.or(() -> current)
                .orElseThrow(() -> new ProviderException(Problem.of(
                        Reason.INVALID,
                        "The kubeconfig " + origin + " has no current context" + available(),
                        "Name a context, or choose one with kubectl config use-context")));
        if (!contexts.containsKey(chosen)) {
            throw new ProviderException(Problem.of(
                    Reason.NOT_FOUND,
                    "The kubeconfig " + origin + " has no context " + chosen + available(),
                    Nearest.to(chosen, contexts.keySet())
                            .map(nearest -> "Did you mean " + nearest + "?")
                            .orElse("Name a context that kubectl config get-contexts lists")));
        }
        return new KubeconfigFile(origin, clusters, users, contexts, Optional.of(chosen));
    }

    /** Gives the chosen context's name. */
    String context() {
        return current.orElseThrow(() -> new IllegalStateException("choose a context first"));
    }

    /** Gives the cluster of the current context. */
    Map<String, Object> cluster() {
        var context = choosing(Optional.empty());
        return entry("cluster", context.clusters, context.contexts.get(context.context()));
    }

    /** Gives the user of the current context; empty where the context names none. */
    Map<String, Object> user() {
        var context = choosing(Optional.empty());
        var content =
                Optional.ofNullable(context.contexts.get(context.context())).orElseGet(Map::of);
        return Fields.text(content, "user").isEmpty() ? Map.of() : entry("user", context.users, content);
    }

    private Map<String, Object> entry(
            String kind,
            Map<String, Map<String, Object>> entries,
            @org.jspecify.annotations.Nullable Map<String, Object> context) {
        var name = Fields.text(context == null ? Map.of() : context, kind).orElse("");
        return Optional.ofNullable(entries.get(name))
                .orElseThrow(() -> new ProviderException(Problem.of(
                        Reason.NOT_FOUND,
                        "The context %s in %s names the %s %s, which is not there"
                                .formatted(current.orElse(""), origin, kind, name),
                        "Correct the context, or name another one")));
    }

    private String available() {
        return contexts.isEmpty() ? "; it has none at all" : "; it has " + String.join(", ", contexts.keySet());
    }

    private static Map<String, Map<String, Object>> named(Map<?, ?> content, String list, String kind) {
        var entries = new LinkedHashMap<String, Map<String, Object>>();
        for (var entry : Fields.maps(content, list)) {
            Fields.text(entry, "name").ifPresent(name -> entries.putIfAbsent(name, Fields.map(entry, kind)));
        }
        return entries;
    }

    private static Map<String, Object> absolute(Map<String, Object> entry, List<String> fields, Path folder) {
        var located = new LinkedHashMap<>(entry);
        for (var field : fields) {
            Fields.text(entry, field)
                    .filter(path -> !path.isEmpty())
                    .ifPresent(path -> located.put(field, folder.resolve(path).toString()));
        }
        return located;
    }

    private static Map<String, Object> absoluteProgram(Map<String, Object> user, Path folder) {
        var command = Fields.text(user, "exec", "command").filter(path -> path.contains("/") || path.contains("\\"));
        return command.map(path -> Fields.with(
                        user,
                        "exec",
                        Fields.with(
                                Fields.map(user, "exec"),
                                "command",
                                folder.resolve(path).toString())))
                .orElse(user);
    }

    private static String position(Mark mark) {
        return "line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1) + ": ";
    }

    private static ProviderException notYaml(String origin, String where, YamlEngineException cause) {
        var evidence = new ArrayList<String>();
        if (!where.isEmpty()) {
            evidence.add(where);
        }
        return new ProviderException(
                Problem.of(
                                Reason.INVALID,
                                "The kubeconfig " + origin + " is not valid YAML",
                                "Mend the file at this place, or name another one")
                        .evidence(evidence),
                cause);
    }
}
