package io.btp.installer.host.helm.worker;

import com.marcnuri.helm.jni.HelmLib;
import com.marcnuri.helm.jni.NativeLibrary;
import com.sun.jna.Native;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.jar.JarEntry;

/**
 * Helm's native library, unpacked once and kept: the library that it comes with unpacks about 100 MB for each process, which takes
 * longer than everything else that a worker does before its first order. Found before that one, as this class is earlier on the class
 * path.
 */
public final class KeptLibrary implements NativeLibrary {
    /** System property: the folder that keeps it. Without it, and where nothing can be kept, it is unpacked as ever. */
    public static final String FOLDER = "btp.helm.libraries";

    private final NativeLibrary packed;

    /** Stands in for the first other library that is found. */
    public KeptLibrary() {
        packed = ServiceLoader.load(NativeLibrary.class, KeptLibrary.class.getClassLoader()).stream()
                .filter(provider -> provider.type() != KeptLibrary.class)
                .findFirst()
                .map(ServiceLoader.Provider::get)
                .orElseThrow(() -> new IllegalStateException("Helm's library for this platform is not there"));
    }

    @Override
    public String getBinaryName() {
        return packed.getBinaryName();
    }

    @Override
    public HelmLib load() {
        var folder = Optional.ofNullable(System.getProperty(FOLDER)).map(Path::of);
        if (folder.isEmpty()) {
            return packed.load();
        }
        Path kept;
        try {
            kept = kept(folder.get());
        } catch (IOException unwritable) {
            System.err.println("Helm's library cannot be kept in " + folder.get() + ": " + unwritable.getMessage());
            return packed.load();
        }
        return Native.load(kept.toString(), HelmLib.class);
    }

    /** Gives the unpacked library. Its folder is named by what is in it: another version never finds it. */
    private Path kept(Path folder) throws IOException {
        var resource = packed.getClass().getResource("/" + getBinaryName());
        if (resource == null || !(resource.openConnection() instanceof JarURLConnection jar)) {
            throw new IOException("it does not come in a jar");
        }
        jar.setUseCaches(false);
        try (var archive = jar.getJarFile()) {
            var entry = archive.getJarEntry(getBinaryName());
            var kept = folder.resolve("%08x-%d".formatted(entry.getCrc(), entry.getSize()), getBinaryName());
            if (!isWhole(kept, entry)) {
                unpack(archive.getInputStream(entry), kept);
            }
            return kept;
        }
    }

    private static boolean isWhole(Path kept, JarEntry entry) throws IOException {
        return Files.exists(kept) && Files.size(kept) == entry.getSize();
    }

    /** In one move: two workers may do it at the same time, and one that is killed leaves nothing half. */
    private static void unpack(java.io.InputStream content, Path kept) throws IOException {
        var mine = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        var place = Files.createDirectories(java.util.Objects.requireNonNull(kept.getParent()), mine);
        var next = Files.createTempFile(place, "unpacking-", ".tmp");
        try (content) {
            Files.copy(content, next, StandardCopyOption.REPLACE_EXISTING);
            Files.move(next, kept, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | UncheckedIOException broken) {
            Files.deleteIfExists(next);
            throw broken;
        }
    }
}
