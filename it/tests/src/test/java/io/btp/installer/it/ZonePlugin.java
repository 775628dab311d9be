package io.btp.installer.it;

import io.btp.installer.api.Component;
import io.btp.installer.api.Context;
import io.btp.installer.api.Description;
import io.btp.installer.api.Form;
import io.btp.installer.api.Observation;
import io.btp.installer.api.Plan;
import io.btp.installer.api.Plugin;
import io.btp.installer.api.Provider;
import io.btp.installer.api.Question;
import io.btp.installer.api.Records;
import io.btp.installer.api.Removal;
import io.btp.installer.api.Slot;
import io.btp.installer.api.Slots;
import io.btp.installer.api.contract.Access;
import io.btp.installer.api.contract.DnsZone;
import io.btp.installer.api.contract.Secret;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A plugin of somebody else that publishes a hosted zone that is there. */
public final class ZonePlugin implements Plugin {
    private static final List<Class<?>> CLASSES = List.of(ZonePlugin.class, Zone.class, There.class);

    /** Packs it into a directory, as authors do. */
    static Path pack(Path directory) throws IOException {
        return pack(directory, "zone", ZonePlugin.class, CLASSES);
    }

    /** Packs a plugin of these classes, {@code test-zone} where the jar is {@code zone.jar}, into a directory. */
    public static Path pack(Path directory, String name, Class<? extends Plugin> plugin, List<Class<?>> classes)
            throws IOException {
        var manifest = new Manifest();
        var attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Btp-Plugin-Name", "test-" + name);
        attributes.putValue("Btp-Plugin-Version", "1.0.0");
        attributes.putValue("Btp-Api-Version", "1.0");
        try (OutputStream file =
                        Files.newOutputStream(Files.createDirectories(directory).resolve(name + ".jar"));
                var jar = new JarOutputStream(file, manifest)) {
            for (var type : classes) {
                var entry = type.getName().replace('.', '/') + ".class";
                jar.putNextEntry(new JarEntry(entry));
                try (var content = Objects.requireNonNull(type.getResourceAsStream("/" + entry))) {
                    content.transferTo(jar);
                }
            }
            jar.putNextEntry(new JarEntry("META-INF/services/" + Plugin.class.getName()));
            jar.write(plugin.getName().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        return directory;
    }

    @Override
    public List<Provider<?, ?>> providers() {
        return List.of(new Zone());
    }

    /** Publishes what the answers say. */
    static final class Zone implements Provider<DnsZone, DnsZone> {
        private static final Question<String> NAME = Question.host("name", "zone");
        private static final Question<String> ID = Question.text("zoneId", "zone id");
        private static final Question<Secret> KEY = Question.secret("secretKey", "secret key");

        @Override
        public Description description() {
            return Description.of("test", "zone", "test zone", "Publishes a hosted zone.");
        }

        @Override
        public Slot<DnsZone> slot() {
            return Slots.ZONE;
        }

        @Override
        public Form<DnsZone> form() {
            return Form.of(
                    answers -> new DnsZone(
                            answers.get(NAME),
                            "route53",
                            answers.get(ID),
                            Optional.empty(),
                            Optional.of(new Access.Keys("AKIATEST", answers.get(KEY)))),
                    NAME,
                    ID,
                    KEY);
        }

        @Override
        public Component<DnsZone> open(DnsZone zone, Context context) {
            return new There(zone);
        }

        @Override
        public Plan removal(Removal<DnsZone> removal, Context context) {
            return Plan.nothing();
        }
    }

    /** A zone that is there. */
    record There(DnsZone zone) implements Component<DnsZone> {
        @Override
        public Observation<DnsZone> observe(Records records) {
            return Observation.of(Optional.of(zone), Plan.nothing());
        }

        @Override
        public Observation<DnsZone> absent(Records records) {
            return observe(records);
        }
    }
}
