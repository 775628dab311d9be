package io.btp.installer.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Plugins that were built for this API go on working: what is written down in {@code api-signatures.txt} stays. Adding is
 * free, but for methods that plugins would have to implement.
 *
 * <p>The file is the baseline until there is a release to compare with. It is written anew by {@code mvn -pl api test
 * -Dtest=ApiSignaturesTest -Dapi.signatures=write}.
 */
class ApiSignaturesTest {
    private static final Path BASELINE = Path.of("src/test/resources/api-signatures.txt");
    private static final String DEMAND = "plugins implement ";
    private static final String ADVICE = """

            Plugins that were built for the API would not work any more with what is missing here, or would lack what is
            new. Keep the old beside the new: a default method, a second constructor, a second factory. If the API is
            meant to break, raise its major version (Btp-Api-Version) and write the baseline anew:
              mvn -pl api test -Dtest=ApiSignaturesTest -Dapi.signatures=write
            """;

    /** Implemented by the host alone: plugins only call them, so that they may grow. */
    private static final Set<Class<?>> OF_THE_HOST = Set.of(
            Answers.class,
            Context.class,
            Helm.class,
            Kubernetes.class,
            Progress.class,
            Records.class,
            Secrets.class,
            Tunnel.class,
            Tunnel.Way.class);

    @Test
    void keepsEverySignatureAndDemandsNothingNewOfPlugins() throws IOException {
        var now = signatures();
        if ("write".equals(System.getProperty("api.signatures"))) {
            Files.write(BASELINE, now);
        }
        var before = new TreeSet<>(Files.readAllLines(BASELINE));

        assertThat(gone(before, now))
                .as("signatures that are gone or changed" + ADVICE)
                .isEmpty();
        assertThat(demanded(before, now))
                .as("methods that plugins do not have" + ADVICE)
                .isEmpty();
    }

    private static Set<String> gone(Set<String> before, Set<String> now) {
        var gone = new TreeSet<>(before);
        gone.removeAll(now);
        gone.removeIf(line -> line.startsWith(DEMAND));
        return gone;
    }

    private static Set<String> demanded(Set<String> before, Set<String> now) {
        var demanded = new TreeSet<>(now);
        demanded.removeIf(line -> !line.startsWith(DEMAND) || isOfANewType(line, before));
        demanded.removeAll(before);
        return demanded;
    }

    private static boolean isOfANewType(String line, Set<String> before) {
        var type = line.split(" ", -1)[2];
        return before.stream().noneMatch(other -> other.startsWith("type " + type + " "));
    }

    @Test
    void tellsChangesThatBreakFromThoseThatDoNot() throws IOException {
        var now = signatures();
        var more = new TreeSet<>(now);
        more.add("public java.lang.String " + Plan.class.getName() + ".words()");
        more.add(DEMAND + "io.btp.installer.api.Novelty run");
        assertThat(gone(now, more)).isEmpty();
        assertThat(demanded(now, more)).isEmpty();

        var less = new TreeSet<>(now);
        less.removeIf(line -> line.contains(Plan.class.getName() + ".isEmpty()"));
        assertThat(gone(now, less)).hasSize(1);

        more.add(DEMAND + Component.class.getName() + " rest");
        assertThat(demanded(now, more)).containsExactly(DEMAND + Component.class.getName() + " rest");
    }

    @Test
    void knowsTheWholeApi() throws IOException {
        assertThat(Files.readAllLines(BASELINE))
                .hasSizeGreaterThan(500)
                .contains("type " + Plugin.class.getName() + " interface");
    }

    private static SortedSet<String> signatures() throws IOException {
        var lines = new TreeSet<String>();
        for (var type : types()) {
            lines.add("type " + type.getName() + " " + kind(type));
            Stream.concat(Stream.ofNullable(type.getGenericSuperclass()), Arrays.stream(type.getGenericInterfaces()))
                    .forEach(parent -> lines.add(type.getName() + " is " + parent.getTypeName()));
            Stream.of(type.getFields(), type.getDeclaredConstructors(), type.getDeclaredMethods())
                    .flatMap(Arrays::stream)
                    .filter(ApiSignaturesTest::isVisible)
                    .forEach(member -> lines.addAll(lines(type, member)));
        }
        return lines;
    }

    private static String kind(Class<?> type) {
        if (type.isRecord()) {
            return "record";
        }
        if (type.isEnum()) {
            return "enum";
        }
        return type.isInterface() ? "interface" : "class";
    }

    private static boolean isVisible(Member member) {
        return (member.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0 && !member.isSynthetic();
    }

    private static List<String> lines(Class<?> type, Member member) {
        var signature = member instanceof Executable executable ? executable.toGenericString() : member.toString();
        var line = signature.replaceAll("\\b(default|abstract|final|synchronized) ", "");
        var isDemanded =
                type.isInterface() && Modifier.isAbstract(member.getModifiers()) && !OF_THE_HOST.contains(type);
        return isDemanded ? List.of(line, DEMAND + type.getName() + " " + member.getName()) : List.of(line);
    }

    private static List<Class<?>> types() throws IOException {
        var location = Plugin.class.getProtectionDomain().getCodeSource().getLocation();
        var root = Path.of(URI.create(location.toString()));
        try (var files = Files.walk(root)) {
            return files.map(file -> root.relativize(file).toString())
                    .filter(name -> name.endsWith(".class") && !name.endsWith("package-info.class"))
                    .sorted()
                    .map(ApiSignaturesTest::type)
                    .filter(ApiSignaturesTest::isPublic)
                    .collect(Collectors.toList());
        }
    }

    private static Class<?> type(String file) {
        var name = file.substring(0, file.length() - ".class".length()).replace('/', '.');
        try {
            return Class.forName(name, false, Plugin.class.getClassLoader());
        } catch (ClassNotFoundException impossible) {
            throw new IllegalStateException("it was just found: " + name, impossible);
        }
    }

    private static boolean isPublic(Class<?> type) {
        return Modifier.isPublic(type.getModifiers())
                && (type.getDeclaringClass() == null || isPublic(type.getDeclaringClass()));
    }
}
