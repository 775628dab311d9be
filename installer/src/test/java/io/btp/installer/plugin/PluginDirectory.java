package io.btp.installer.plugin;

import io.btp.installer.api.Plugin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.tools.ToolProvider;

/** A third-party plugin's directory, compiled and packed by the test itself. */
public final class PluginDirectory {
    private static final String PLUGIN = """
            package NAME;
            import io.btp.installer.api.*;
            import io.btp.installer.api.contract.*;
            import java.util.*;
            public final class Entry implements Plugin, Provider<Map<String, Object>, Redis> {
                public List<Provider<?, ?>> providers() { return List.of(this); }
                public Description description() { DESCRIPTION return Description.of("NAME", "redis", "library " + library.Library.VERSION, "One sentence."); }
                public Slot<Redis> slot() { return Slots.REDIS; }
                public Form<Map<String, Object>> form() { FORM }
                public Component<Redis> open(Map<String, Object> configuration, Context context) { throw new IllegalStateException(); }
                public Plan removal(Removal<Map<String, Object>> removal, Context context) { return Plan.nothing(); }
            }
            """;

    private final Path directory;

    private PluginDirectory(Path directory) {
        this.directory = directory;
    }

    /**
     * Makes a plugin with a library of its own.
     *
     * @param parent folder that holds plugin directories
     * @param name of the plugin and of its mode
     * @param library what its version of {@code library.Library} says
     */
    public static PluginDirectory make(Path parent, String name, String library) {
        return make(parent, name, library, "", asking("Question.label(\"size\", \"size\").defaultsTo(\"small\")"));
    }

    /** Gives the statement that makes a form of this question. */
    static String asking(String question) {
        return "return Form.of(answers -> Map.of(), " + question + ");";
    }

    /**
     * Makes a plugin that may have faults.
     *
     * @param description statements before it says who it is
     * @param form statements that say what it asks
     */
    static PluginDirectory make(Path parent, String name, String library, String description, String form) {
        var plugin = new PluginDirectory(parent.resolve(name));
        try {
            Files.createDirectories(plugin.directory);
            var classes = Files.createTempDirectory("classes");
            compile(
                    classes,
                    Map.of(
                            "library/Library.java",
                            "package library; public final class Library { public static final String VERSION = String.valueOf(\""
                                    + library + "\"); }",
                            name + "/Entry.java",
                            PLUGIN.replace("NAME", name)
                                    .replace("DESCRIPTION", description)
                                    .replace("FORM", form)));
            pack(plugin.directory.resolve("library.jar"), Map.of(), classes, "library/");
            Files.createDirectories(classes.resolve("META-INF/services"));
            Files.writeString(classes.resolve("META-INF/services/" + Plugin.class.getName()), name + ".Entry\n");
            pack(plugin.jar(), manifest(name), classes, name + "/", "META-INF/");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return plugin;
    }

    static Map<String, String> manifest(String name) {
        var manifest = new LinkedHashMap<String, String>();
        manifest.put("Btp-Plugin-Name", name);
        manifest.put("Btp-Plugin-Version", "1.0");
        manifest.put("Btp-Api-Version", "1.0");
        manifest.put("Btp-Touches", "namespace:btp-deps host:api." + name + ".example");
        return manifest;
    }

    private static void compile(Path classes, Map<String, String> sources) throws IOException {
        var files = new String[sources.size()];
        int next = 0;
        for (var source : sources.entrySet()) {
            var file = classes.resolve(source.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, source.getValue());
            files[next++] = file.toString();
        }
        var arguments = new String[] {"-d", classes.toString(), "-cp", api() + ":" + classes, "-proc:none"};
        var all = Arrays.copyOf(arguments, arguments.length + files.length);
        System.arraycopy(files, 0, all, arguments.length, files.length);
        if (ToolProvider.getSystemJavaCompiler().run(null, null, null, all) != 0) {
            throw new AssertionError("does not compile: " + sources.keySet());
        }
    }

    private static Path api() {
        try {
            return Path.of(Plugin.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Packs what stands below these folders, with these attributes in the manifest. */
    static void pack(Path jar, Map<String, String> attributes, Path classes, String... folders) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.forEach((name, value) -> manifest.getMainAttributes().putValue(name, value));
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                var files = Files.walk(classes)) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                var name = classes.relativize(file).toString();
                if (!name.endsWith(".java") && List.of(folders).stream().anyMatch(name::startsWith)) {
                    out.putNextEntry(new JarEntry(name));
                    out.write(Files.readAllBytes(file));
                }
            }
        }
    }

    /** Gives the directory. */
    public Path path() {
        return directory;
    }

    /** Gives the main jar. */
    public Path jar() {
        return directory.resolve("plugin.jar");
    }

    /** Gives what is pinned. */
    public String digest() {
        return DigestList.of(directory).digest();
    }

    /** Changes one byte of a file that no class needs. */
    public void tamper() {
        try {
            Files.writeString(directory.resolve("NOTICE"), "changed by somebody");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes keys for signatures. */
    public static KeyPair keys(String algorithm) {
        try {
            return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Signs the directory as it is now. */
    public void sign(KeyPair keys) {
        try {
            var signer = java.security.Signature.getInstance(
                    keys.getPrivate().getAlgorithm().equals("EC") ? "SHA256withECDSA" : "Ed25519");
            signer.initSign(keys.getPrivate());
            signer.update(DigestList.of(directory).text());
            Files.write(directory.resolve(DigestList.SIGNATURE), signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a public key as openssl does. */
    public static Path pem(Path file, KeyPair keys) {
        var text = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(keys.getPublic().getEncoded());
        try {
            return Files.writeString(file, "-----BEGIN PUBLIC KEY-----\n" + text + "\n-----END PUBLIC KEY-----\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
