package io.btp.installer.host.helm;

import java.nio.file.Path;
import java.util.List;

/**
 * What a worker is started with.
 *
 * @param java the {@code java} program
 * @param classPath the installer's classes, Jackson, and helm-java with its native library
 * @param libraries folder that keeps the native library unpacked between runs; made where it is missing
 */
public record HelmRuntime(Path java, List<Path> classPath, Path libraries) {
    /** Copies the list. */
    public HelmRuntime {
        classPath = List.copyOf(classPath);
    }
}
