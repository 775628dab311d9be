package io.btp.installer.host.kubernetes;

import io.btp.installer.api.Problem;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.contract.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Reads kubeconfigs as kubectl does, and gives one that is self-contained: one context, certificates, keys and tokens
 * in it, programs run. The result asks again when a token file changes or a program's credential runs out.
 */
public final class Kubeconfigs {
    private static final int LARGEST = 8 << 20;

    private final Map<String, String> environment;
    private final Path home;
    private final Clock clock;
    private final Programs programs;
    private final UnaryOperator<Map<String, String>> connected;

    /**
     * Reads from the file system that the home folder is in.
     *
     * @param environment variables, of which {@code KUBECONFIG} says which files
     * @param home the user's home folder
     * @param clock tells whether a credential ran out
     * @param programs runs login programs
     * @param connected adds to an environment how programs reach the world; asked when one is run
     */
    public Kubeconfigs(
            Map<String, String> environment,
            Path home,
            Clock clock,
            Programs programs,
            UnaryOperator<Map<String, String>> connected) {
        this.environment = Map.copyOf(environment);
        this.home = home;
        this.clock = clock;
        this.programs = programs;
        this.connected = connected;
    }

    /**
     * Reads one context.
     *
     * @param path file, or files as in {@code KUBECONFIG}; empty for kubectl's own choice
     * @param contextName which context; empty for the current one
     * @throws ProviderException if there is none, or it cannot be read
     */
    public Secret read(Optional<String> path, Optional<String> contextName) {
        var chosen = KubeconfigFile.merged(files(path)).choosing(contextName);
        var cluster = inlinedCluster(chosen);
        var login = login(chosen, cluster);
        Supplier<String> text = () -> selfContained(chosen.context(), cluster, login.get());
        // Asked for once at this place, so that what is wrong is said now and not in the middle of a run.
        if (text.get().isEmpty()) {
            throw new IllegalStateException("a kubeconfig is never empty");
        }
        return Secret.resolvedBy(text);
    }

    /**
     * Lists the names of the contexts, the current one first.
     *
     * @throws ProviderException if there is no kubeconfig, or it cannot be read
     */
    public List<String> contexts(Optional<String> path) {
        var merged = KubeconfigFile.merged(files(path));
        var names = new ArrayList<>(merged.contexts().keySet());
        merged.current().filter(names::remove).ifPresent(current -> names.addFirst(current));
        return List.copyOf(names);
    }

    private List<KubeconfigFile> files(Optional<String> path) {
        var named = path.or(() -> Optional.ofNullable(environment.get("KUBECONFIG")))
                .filter(value -> !value.isBlank())
                .map(this::split)
                .orElseGet(() -> List.of(home.resolve(".kube").resolve("config")));
        var there = named.stream().filter(Files::exists).toList();
        if (there.isEmpty()) {
            var names = String.join(", ", named.stream().map(Path::toString).toList());
            throw new ProviderException(Problem.of(
                    Reason.NOT_FOUND,
                    "There is no kubeconfig at " + names,
                    "Name the file that kubectl uses, or set KUBECONFIG"));
        }
        return there.stream().map(Kubeconfigs::parsed).toList();
    }

    private List<Path> split(String paths) {
        var separator = home.getFileSystem().getSeparator().equals("\\") ? ";" : ":";
        return Arrays.stream(paths.split(separator))
                .filter(path -> !path.isBlank())
                .map(path -> path.equals("~") || path.startsWith("~/") ? home + path.substring(1) : path)
                .map(path -> home.getFileSystem().getPath(path).toAbsolutePath())
                .toList();
    }

    private static KubeconfigFile parsed(Path file) {
        var folder = Optional.ofNullable(file.getParent()).orElse(file);
        return KubeconfigFile.parse(file.toString(), text(file, "kubeconfig")).locatedIn(folder);
    }

    private Map<String, Object> inlinedCluster(KubeconfigFile chosen) {
        var cluster = new LinkedHashMap<>(chosen.cluster());
        inline(cluster, "certificate-authority");
        return cluster;
    }

    private Supplier<Map<String, Object>> login(KubeconfigFile chosen, Map<String, Object> cluster) {
        var user = chosen.user();
        if (user.containsKey("auth-provider")) {
            throw new ProviderException(Problem.of(
                    Reason.UNSUPPORTED,
                    "The context %s logs in by the auth-provider %s, which kubectl no longer has for most clouds either"
                            .formatted(
                                    chosen.context(),
                                    Fields.text(user, "auth-provider", "name").orElse("")),
                    "Change the user to an exec plugin or a token, as your cloud's documentation says"));
        }
        if (!user.containsKey("exec")) {
            return () -> inlinedUser(user);
        }
        var plugin =
                new ExecPlugin(Fields.map(user, "exec"), cluster, () -> connected.apply(environment), clock, programs);
        return () -> {
            var login = new LinkedHashMap<>(inlinedUser(user));
            login.remove("exec");
            login.putAll(plugin.credential());
            return login;
        };
    }

    private Map<String, Object> inlinedUser(Map<String, Object> user) {
        var inlined = new LinkedHashMap<>(user);
        inline(inlined, "client-certificate");
        inline(inlined, "client-key");
        Optional.ofNullable(inlined.remove("tokenFile"))
                .map(String::valueOf)
                .filter(path -> !path.isEmpty())
                .ifPresent(path ->
                        inlined.put("token", text(file(path), "token file").strip()));
        return inlined;
    }

    private void inline(Map<String, Object> entry, String field) {
        var path = Optional.ofNullable(entry.remove(field)).map(String::valueOf);
        if (path.filter(name -> !name.isEmpty()).isPresent() && !entry.containsKey(field + "-data")) {
            var content = bytes(file(path.get()), field + " file");
            entry.put(field + "-data", Base64.getEncoder().encodeToString(content));
        }
    }

    private Path file(String path) {
        return home.getFileSystem().getPath(path);
    }

    private static String selfContained(String name, Map<String, Object> cluster, Map<String, Object> user) {
        var content = new LinkedHashMap<String, Object>();
        content.put("apiVersion", "v1");
        content.put("kind", "Config");
        content.put("clusters", List.of(Map.of("name", name, "cluster", cluster)));
        content.put("users", List.of(Map.of("name", name, "user", user)));
        content.put("contexts", List.of(Map.of("name", name, "context", Map.of("cluster", name, "user", name))));
        content.put("current-context", name);
        return Json.write(content);
    }

    private static String text(Path file, String what) {
        return new String(bytes(file, what), java.nio.charset.StandardCharsets.UTF_8);
    }

    private static byte[] within(Path file, String what, byte[] content) {
        if (content.length > LARGEST) {
            throw new ProviderException(Problem.of(
                    Reason.INVALID,
                    "The %s %s is larger than %d MiB".formatted(what, file, LARGEST >> 20),
                    "Name the file itself"));
        }
        return content;
    }

    private static byte[] bytes(Path file, String what) {
        try {
            try (var stream = Files.newInputStream(file)) {
                return within(file, what, stream.readNBytes(LARGEST + 1));
            }
        } catch (IOException unreadable) {
            throw new ProviderException(
                    Problem.of(
                            Files.exists(file) ? Reason.FORBIDDEN : Reason.NOT_FOUND,
                            "The %s %s cannot be read".formatted(what, file),
                            Files.exists(file)
                                    ? "Let your user read it, for example with chmod u+r " + file
                                    : "Bring the file back, or name another kubeconfig"),
                    unreadable);
        }
    }
}
