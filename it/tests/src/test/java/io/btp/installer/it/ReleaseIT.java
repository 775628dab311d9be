package io.btp.installer.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The archives that the profile {@code release} makes, unpacked and used where there is no Java. */
@Tag("release")
final class ReleaseIT {
    private static final String ARCHIVES = System.getProperty("btp.release", "");

    @TempDir
    static Path unpacked;

    @TempDir
    Path folder;

    @BeforeAll
    static void unpack() throws IOException, InterruptedException {
        finished("tar", "-C", unpacked.toString(), "-xzf", ARCHIVES + "-linux-x64.tar.gz");
    }

    @Test
    void installsInAnEmptyEnvironment() {
        var program = Program.alone(home(), folder);
        var java = new TreeSet<String>();
        var plan = program.watch(
                process -> event -> process.info().command().ifPresent(java::add),
                "plan",
                "--sandbox",
                "--output",
                "json");
        assertThat(plan.code()).as(plan::words).isZero();
        assertThat(java).containsExactly(home().resolve("runtime/bin/java").toString());

        expect(program, "btp ", "version");
        expect(
                program,
                "valid",
                "answers",
                "validate",
                "-f",
                home().resolve("examples/sandbox.yaml").toString());
        expect(program, "Installed", "install", "--sandbox", "--yes");
        expect(program, "Nothing to do", "install", "--sandbox", "--yes");
        expect(program, "", "uninstall", "--sandbox", "--yes", "--delete-data", "all");
        assertThat(folder.resolve(".btp/sandbox")).doesNotExist();
    }

    private static void expect(Program program, String words, String... arguments) {
        var result = program.run(arguments);
        assertThat(result.code()).as(result::words).isZero();
        assertThat(result.output()).contains(words);
    }

    @Test
    void loadsItsClassesFromTheCache() throws IOException {
        assertThat(sourceOfMain(home())).contains("shared objects file");
    }

    @Test
    void runsTheCodeOfAJarThatWasReplaced() throws IOException, InterruptedException {
        var other = copy();
        var jar = installer(other);
        var date = Files.getLastModifiedTime(jar);
        patch(jar);
        assertThat(Files.size(jar)).isNotEqualTo(Files.size(installer(home())));
        runsPatched(other);

        Files.setLastModifiedTime(jar, date);
        runsPatched(other);
    }

    /** The cache is not even offered to Java, which would complain on standard error. */
    private void runsPatched(Path other) {
        var result = Program.alone(other, folder).run("version");
        assertThat(result.output()).isEqualToIgnoringNewLines("patched");
        assertThat(result.messages()).isEmpty();
    }

    @Test
    void doesNotUseItsCacheWhenAJarIsMissingOrAnotherIsThere() throws IOException, InterruptedException {
        var other = copy();
        var more = other.resolve("lib/zz-more.jar");
        Files.copy(installer(other), more);
        assertThat(sourceOfMain(other)).doesNotContain("shared objects file");
        Files.delete(more);
        assertThat(sourceOfMain(other)).contains("shared objects file");
        var needed = other.resolve("lib").toFile().listFiles((lib, name) -> name.startsWith("jedis-"));
        assertThat(needed).hasSize(1);
        Files.delete(needed[0].toPath());
        assertThat(sourceOfMain(other)).doesNotContain("shared objects file");
    }

    /** Two jars of one size are told apart, as the date of each is made from its content. */
    @Test
    void datesEachJarByItsContent() throws IOException {
        var packed = Instant.parse("2026-01-01T00:00:00Z");
        for (var jar : jars(home().resolve("lib")).toList()) {
            var first = Long.parseLong(sha256(jar).substring(0, 7), 16);
            assertThat(Files.getLastModifiedTime(jar))
                    .as(jar.toString())
                    .isEqualTo(FileTime.from(packed.minusSeconds(first)));
        }
    }

    @Test
    void listsEveryJarInTheBillOfMaterials() throws IOException {
        var bill = JsonMapper.builder().build().readTree(Path.of(ARCHIVES + ".cdx.json"));
        var listed = new TreeSet<String>();
        bill.path("components")
                .forEach(component -> component.path("hashes").forEach(hash -> {
                    if (hash.path("alg").asString().equals("SHA-256")) {
                        listed.add(hash.path("content").asString());
                    }
                }));
        var unlisted = new TreeMap<String, Path>();
        for (var jar : allJars()) {
            if (!listed.contains(sha256(jar))) {
                unlisted.put(sha256(jar), jar);
            }
        }
        assertThat(unlisted).isEmpty();
        assertThat(home().resolve(Path.of(ARCHIVES).getFileName() + ".cdx.json"))
                .hasSameBinaryContentAs(Path.of(ARCHIVES + ".cdx.json"));
    }

    @Test
    void namesTheLicenceOfEveryLibrary() throws IOException {
        var licences = Files.readString(home().resolve("THIRD-PARTY.txt"));
        assertThat(licences).doesNotContain("Unknown license");
        for (var jar : allJars()) {
            var name = jar.getFileName().toString().replaceFirst("-[0-9].*", "");
            if (!name.startsWith("btp-")) {
                assertThat(licences.contains(":" + name + ":")).as(name).isTrue();
            }
        }
    }

    /** They ask for it, and their jars hold none; a library under the LGPL has to be replaceable, too. */
    @Test
    void bringsTheTextOfLicencesThatNoJarHolds() {
        assertThat(home().resolve("licenses/jline-BSD-3-Clause.txt"))
                .content()
                .contains("Redistributions in binary form");
        assertThat(home().resolve("licenses/lanterna-LGPL-3.0.txt"))
                .content()
                .contains("GNU LESSER GENERAL PUBLIC LICENSE");
        assertThat(home().resolve("licenses/GPL-3.0.txt")).content().contains("GNU GENERAL PUBLIC LICENSE");
        assertThat(home().resolve("lib").toFile().list())
                .filteredOn(name -> name.startsWith("lanterna-"))
                .hasSize(1);
    }

    @Test
    void hasEveryModuleThatItsJarsNeed() throws IOException {
        var output = new StringWriter();
        var jars = allJars().stream().map(Path::toString).toList();
        var jdeps = ToolProvider.findFirst("jdeps").orElseThrow();
        var arguments = Stream.concat(
                Stream.of("--list-deps", "--ignore-missing-deps", "--multi-release", "25"), jars.stream());
        var code =
                jdeps.run(new PrintWriter(output), new PrintWriter(System.err, true), arguments.toArray(String[]::new));
        assertThat(code).as(output::toString).isZero();
        var there = Files.readString(home().resolve("runtime/release"));
        var needed = output.toString()
                .lines()
                .map(line -> line.strip().replaceFirst("/.*", ""))
                .filter(name -> name.matches("(java|jdk)\\..*"))
                .toList();
        assertThat(needed)
                .isNotEmpty()
                .allSatisfy(module -> assertThat(there).containsPattern("[\" ]" + module + "[\" ]"));
    }

    @Test
    void hasTheDigestOfEveryArchive() throws IOException, InterruptedException {
        var sums = Path.of(ARCHIVES).resolveSibling("SHA256SUMS");
        assertThat(Files.readString(sums)).contains("-linux-x64.tar.gz", ".zip", ".cdx.json");
        finished("sh", "-c", "cd '" + sums.getParent() + "' && sha256sum --check --strict SHA256SUMS");
    }

    @Test
    void runsFromTheArchiveWithoutARuntimeOnAJavaThatIsThere() throws IOException, InterruptedException {
        var other = unzip();
        assertThat(other.resolve("runtime")).doesNotExist();
        var result = new ProcessBuilder(other.resolve("bin/btp").toString(), "version");
        result.environment().put("JAVA_HOME", System.getProperty("java.home"));
        assertThat(output(result)).startsWith("btp ");
    }

    @Test
    void saysWhichJavaIsTooOld() throws IOException, InterruptedException {
        var old = Files.createDirectories(folder.resolve("old/bin")).resolve("java");
        Files.writeString(old, "#!/bin/sh\necho 'openjdk version \"17.0.15\" 2025-04-15' >&2\n");
        assertThat(old.toFile().setExecutable(true)).isTrue();
        var result =
                Program.alone(home(), folder).with("BTP_JAVA", old.toString()).run("version");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.messages()).contains("Java 25 or newer", old + " (17)");
    }

    private static Path home() {
        return unpacked.resolve(Path.of(ARCHIVES).getFileName());
    }

    private static Path installer(Path home) throws IOException {
        return jars(home.resolve("lib"))
                .filter(jar -> jar.getFileName().toString().startsWith("btp-installer-"))
                .findFirst()
                .orElseThrow();
    }

    private static List<Path> allJars() throws IOException {
        try (var files = Files.walk(home())) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .filter(file -> !file.startsWith(home().resolve("runtime")))
                    .sorted()
                    .toList();
        }
    }

    private static Stream<Path> jars(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList().stream();
        }
    }

    /** Gives a copy with its dates, as by hand. */
    private Path copy() throws IOException, InterruptedException {
        finished("cp", "-a", home().toString(), folder.toString());
        return folder.resolve(home().getFileName());
    }

    private Path unzip() throws IOException, InterruptedException {
        try (var zip = new ZipFile(ARCHIVES + ".zip")) {
            for (var entry : zip.stream().toList()) {
                var file = folder.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(file.getParent());
                    Files.copy(zip.getInputStream(entry), file);
                }
            }
        }
        var other = folder.resolve(home().getFileName());
        finished("chmod", "+x", other.resolve("bin/btp").toString());
        return other;
    }

    /** Puts another entry class into the jar, one that only says "patched". */
    private void patch(Path jar) throws IOException {
        var source = Files.createDirectories(folder.resolve("patch")).resolve("Main.java");
        Files.writeString(source, """
                package io.btp.installer.command;
                public final class Main {
                    public static void main(String... arguments) {
                        System.out.println("patched");
                    }
                }
                """);
        var code = javax.tools.ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-d", folder.resolve("patch").toString(), source.toString());
        assertThat(code).isZero();
        try (var archive = FileSystems.newFileSystem(URI.create("jar:" + jar.toUri()), Map.of())) {
            var name = "io/btp/installer/command/Main.class";
            Files.copy(
                    folder.resolve("patch").resolve(name), archive.getPath(name), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Gives the line of Java's log that says where the entry class came from. */
    private String sourceOfMain(Path home) throws IOException {
        var log = folder.resolve("classes.log");
        var result = Program.alone(home, folder)
                .with("JDK_JAVA_OPTIONS", "-Xlog:class+load:file=" + log)
                .run("version");
        assertThat(result.code()).as(result::words).isZero();
        return Files.readAllLines(log).stream()
                .filter(line -> line.contains("io.btp.installer.command.Main "))
                .findFirst()
                .orElseThrow();
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void finished(String... command) throws IOException, InterruptedException {
        output(new ProcessBuilder(command));
    }

    private static String output(ProcessBuilder command) throws IOException, InterruptedException {
        var process = command.redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
