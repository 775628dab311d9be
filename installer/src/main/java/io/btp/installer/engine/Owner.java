package io.btp.installer.engine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Who runs.
 *
 * @param run id of the run
 * @param command what was asked for
 * @param host name of the machine
 * @param boot id of the machine's boot and of the space of its pids, as one machine may have several; empty where the
 *     system tells none
 * @param pid process
 * @param started when the process was started, as the system tells; tells a reused pid apart
 * @param since when the lock was taken
 */
public record Owner(String run, String command, String host, String boot, long pid, String started, Instant since) {
    /** Index of the start time among the fields of {@code /proc/PID/stat} that follow the name; see proc(5). */
    private static final int STARTED = 19;

    /** Says who this process is. */
    public static Owner self(String run, String command, Instant since) {
        var process = ProcessHandle.current();
        return new Owner(run, command, hostName(), bootId(), process.pid(), started(process), since);
    }

    /** Names the user and the machine of this process. */
    public static String here() {
        return System.getProperty("user.name") + "@" + hostName();
    }

    /** The system's own word where there is one: a name that no name server knows is a name all the same. */
    private static String hostName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).trim();
        } catch (IOException elsewhere) {
            return networkName();
        }
    }

    private static String networkName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }

    private static String bootId() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).trim() + " "
                    + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
        } catch (IOException elsewhere) {
            return "";
        }
    }

    /** Clock ticks since boot, where the system tells them: a step of the clock does not change them. */
    private static String started(ProcessHandle process) {
        try {
            var fields = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            return fields.substring(fields.lastIndexOf(')') + 2).split(" ", -1)[STARTED];
        } catch (IOException elsewhere) {
            return process.info().startInstant().map(Instant::toString).orElse("");
        }
    }

    /**
     * Tells whether this owner runs, or ran, where its process can be seen from here. Machines have the same name often
     * enough: who was booted at another time counts as elsewhere, and his lease has to expire.
     */
    boolean isHere() {
        return host.equals(hostName()) && !boot.isEmpty() && boot.equals(bootId());
    }

    /** Tells whether this owner, who is on this machine, still lives. */
    boolean isAlive() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> started.isEmpty() || started(process).equals(started))
                .isPresent();
    }

    /** Says who it is, for people. */
    String words() {
        return "run " + run + " (" + command + ") by process " + pid + " on " + host + " since " + since;
    }

    Map<String, String> data() {
        return Map.of(
                "run", run,
                "command", command,
                "host", host,
                "boot", boot,
                "pid", Long.toString(pid),
                "started", started,
                "since", since.toString());
    }

    /** Reads an owner; empty where the data were not written by a run. */
    static Optional<Owner> of(Map<String, String> data) {
        if (!data.keySet().containsAll(java.util.Set.of("run", "host", "pid", "since"))) {
            return Optional.empty();
        }
        return Optional.of(new Owner(
                data.getOrDefault("run", ""),
                data.getOrDefault("command", ""),
                data.getOrDefault("host", ""),
                data.getOrDefault("boot", ""),
                Long.parseLong(data.getOrDefault("pid", "0")),
                data.getOrDefault("started", ""),
                Instant.parse(data.getOrDefault("since", "1970-01-01T00:00:00Z"))));
    }
}
