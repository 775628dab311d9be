package io.btp.installer.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.btp.installer.api.Plugin;
import io.btp.installer.plugin.LoadedPlugin;
import io.btp.installer.plugin.Plugins;
import io.btp.installer.plugin.Trust;
import io.btp.installer.plugin.TrustList;
import io.btp.installer.plugin.TrustedDirectory;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** The sample plugin of the documentation: small, right, loadable, and what the guide shows of it. */
class SamplePluginTest {
    private static final Path DOCS = Path.of("../../docs").toAbsolutePath().normalize();
    private static final Path SAMPLE = DOCS.resolve("examples/acme-logs");
    private static final int MOST_LINES = 150;
    private static final int MOST_TYPES = 15;

    @TempDir
    private Path folder;

    private static List<Path> sources(String part) throws IOException {
        try (var files = Files.walk(SAMPLE.resolve(part))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    @Test
    void isSmall() throws IOException {
        int lines = 0;
        var types = new TreeSet<String>();
        for (var source : sources("src/main/java")) {
            var all = Files.readAllLines(source);
            lines += all.size();
            all.stream()
                    .filter(line -> line.startsWith("import io.btp.installer."))
                    .forEach(types::add);
            assertThat(all).noneMatch(line -> line.matches("import .*\\*;"));
        }
        assertThat(lines).isBetween(1, MOST_LINES);
        assertThat(types)
                .hasSizeBetween(1, MOST_TYPES)
                .allMatch(line -> line.startsWith("import io.btp.installer.api."));
    }

    private Path compiled() throws IOException {
        var classes = Files.createDirectories(folder.resolve("classes"));
        var arguments = new ArrayList<>(List.of("-d", classes.toString(), "-proc:none", "-cp", classPath()));
        Stream.concat(sources("src/main/java").stream(), sources("src/test/java").stream())
                .map(Path::toString)
                .forEach(arguments::add);
        var compiler = ToolProvider.getSystemJavaCompiler();
        assertThat(compiler.run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();
        return classes;
    }

    /** What an author's test class path has: the API, the kit, JUnit. */
    private static String classPath() {
        return Stream.of(Plugin.class, ProviderContract.class, Test.class, org.apiguardian.api.API.class)
                .map(SamplePluginTest::origin)
                .map(Path::toString)
                .distinct()
                .reduce((one, other) -> one + File.pathSeparator + other)
                .orElseThrow();
    }

    private static Path origin(Class<?> type) {
        return Path.of(java.net.URI.create(
                type.getProtectionDomain().getCodeSource().getLocation().toString()));
    }

    @Test
    void keepsEveryLaw() throws IOException, ClassNotFoundException {
        var urls = new URL[] {compiled().toUri().toURL()};
        try (var loader = new URLClassLoader(urls, getClass().getClassLoader())) {
            var summary = new SummaryGeneratingListener();
            var request = LauncherDiscoveryRequestBuilder.request()
                    .selectors(selectClass(loader.loadClass("example.acme.AcmeLogsTest")))
                    .build();
            LauncherFactory.create().execute(request, summary);

            assertThat(summary.getSummary().getFailures()).isEmpty();
            assertThat(summary.getSummary().getTestsSucceededCount()).isGreaterThan(20);
        }
    }

    @Test
    void isLoadedOnceItIsTrusted() throws IOException {
        var directory = Files.createDirectories(folder.resolve("plugins/acme-logs"));
        pack(compiled(), directory.resolve("acme-logs-1.0.0.jar"));
        var list = TrustList.read(folder.resolve("trust.json"));
        assertThat(load(list).refused()).hasSize(1);

        TrustedDirectory.trust(directory, Optional.empty(), list);

        assertThat(load(TrustList.read(folder.resolve("trust.json"))).loaded())
                .singleElement()
                .satisfies(plugin -> {
                    assertThat(plugin.trust()).isEqualTo(LoadedPlugin.Trust.PINNED_BY_USER);
                    assertThat(plugin.manifest().touches()).containsExactly("namespace:btp-deps");
                    assertThat(plugin.providers().getFirst().description().id()).isEqualTo("acme.logs");
                });
    }

    private Plugins load(TrustList list) {
        return Plugins.load(
                folder.resolve("none"),
                List.of(folder.resolve("plugins")),
                new Trust(Map.of(), list),
                folder.resolve("copies"));
    }

    /** Packs as the sample's pom does. */
    private static void pack(Path classes, Path jar) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        var entries =
                Pattern.compile("<(Btp-[A-Za-z-]+)>([^<]+)</").matcher(Files.readString(SAMPLE.resolve("pom.xml")));
        while (entries.find()) {
            manifest.getMainAttributes()
                    .putValue(entries.group(1), entries.group(2).replace("${project.version}", "1.0.0"));
        }
        var services = "META-INF/services/" + Plugin.class.getName();
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                var files = Files.walk(classes)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                out.write(Files.readAllBytes(file));
            }
            out.putNextEntry(new JarEntry(services));
            out.write(Files.readAllBytes(SAMPLE.resolve("src/main/resources").resolve(services)));
        }
    }

    @Test
    void isWhatTheGuideShows() throws IOException {
        var sample = new StringBuilder(Files.readString(SAMPLE.resolve("pom.xml")));
        for (var source : sources("src")) {
            sample.append(Files.readString(source));
        }
        var shown = Pattern.compile("<!-- snippet: (\\w+) -->\n```\\w+\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(DOCS.resolve("plugins.md")));
        var names = new TreeSet<String>();
        while (shown.find()) {
            names.add(shown.group(1));
            assertThat(sample.toString()).as("snippet %s", shown.group(1)).contains(shown.group(2));
        }
        assertThat(names).hasSizeGreaterThanOrEqualTo(6);
    }
}
