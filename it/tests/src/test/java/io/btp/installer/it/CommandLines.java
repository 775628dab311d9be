package io.btp.installer.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Looks all the time at the command lines of this machine's processes, which everybody can read, for secrets, and at the
 * environment of those that the program starts. Its own environment holds what the user put there.
 */
public final class CommandLines implements AutoCloseable {
    private static final long PAUSE_MILLIS = 20;
    private static final String PROGRAM = "io.btp.installer.command.Main";

    private final Canaries canaries;
    private final Set<String> allowed;
    private final Set<String> examined = new HashSet<>();
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final Set<String> children = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private final java.util.concurrent.CountDownLatch stopped = new java.util.concurrent.CountDownLatch(1);

    /**
     * Looks until closed.
     *
     * @param allowed variables that a child may have a secret in
     */
    public CommandLines(Canaries canaries, Set<String> allowed) {
        this.canaries = canaries;
        this.allowed = Set.copyOf(allowed);
        this.thread = Thread.ofPlatform().start(this::watch);
    }

    private void watch() {
        try {
            do {
                look();
            } while (!stopped.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException enough) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        var lines = new HashMap<String, String>();
        try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (var process : processes) {
                lines.put(process.getFileName().toString(), read(process.resolve("cmdline")));
            }
        } catch (IOException unreadable) {
            throw new IllegalStateException("/proc can be read on Linux", unreadable);
        }
        lines.forEach((process, line) -> {
            if (!examined.add(process + " " + line)) {
                return;
            }
            search("command line ", line);
            if (isStarted(line) && isChild(process, lines)) {
                children.add(line.replace('\0', ' '));
                for (var variable : read(Path.of("/proc", process, "environ")).split("\0")) {
                    if (!allowed.contains(variable.replaceFirst("(?s)=.*", ""))) {
                        search("environment of " + line + ", variable ", variable);
                    }
                }
            }
        });
    }

    private void search(String place, String content) {
        if (!canaries.in(content.getBytes(StandardCharsets.ISO_8859_1)).isEmpty()) {
            seen.add((place + content).replace('\0', ' '));
        }
    }

    /** For a moment Java is, and then has its own starter of processes, before a child is what it is to be. */
    private static boolean isStarted(String line) {
        return !line.contains(PROGRAM) && !line.contains("jspawnhelper");
    }

    private static boolean isChild(String process, Map<String, String> lines) {
        for (var parent = parent(process); lines.containsKey(parent); parent = parent(parent)) {
            if (lines.getOrDefault(parent, "").contains(PROGRAM)) {
                return true;
            }
        }
        return false;
    }

    private static String parent(String process) {
        var stat = read(Path.of("/proc", process, "stat"));
        var fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
        return fields.length > 1 ? fields[1] : "";
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }

    /** Gives the command lines and variables that held one. */
    public Set<String> seen() {
        return Set.copyOf(seen);
    }

    /** Gives the command lines of the program's children that were looked at. */
    public Set<String> children() {
        return Set.copyOf(children);
    }

    @Override
    public void close() {
        stopped.countDown();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
