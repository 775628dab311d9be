package io.btp.installer.answers;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Resolves paths of the answers.
 *
 * @param folder what relative paths are relative to
 * @param home what {@code ~} stands for
 */
record Paths(Path folder, Path home) {
    /** @throws IllegalArgumentException if it is no path */
    Path resolve(String path) {
        try {
            if (path.equals("~") || path.startsWith("~/")) {
                return home.resolve(path.substring(Math.min(2, path.length()))).normalize();
            }
            return folder.resolve(path).normalize();
        } catch (InvalidPathException invalid) {
            throw new IllegalArgumentException("names no file", invalid);
        }
    }
}
