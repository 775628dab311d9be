package io.btp.installer.host.helm.worker;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.Release;
import com.marcnuri.helm.UninstallCommand;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import tools.jackson.databind.json.JsonMapper;

/** Runs Helm's native library, one order after the other. Its one argument is a private folder. */
public final class WorkerMain {
    /** What it says on standard error when it ends because nobody extended its permit. */
    public static final String OVER = "the time that was given for changes is over";

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final Path folder;
    private final BlockingQueue<String> orders = new LinkedBlockingQueue<>();
    private final Permit permit = new Permit();

    private WorkerMain(Path folder) {
        this.folder = folder;
    }

    /** Starts the program. */
    public static void main(String[] arguments) throws InterruptedException, IOException {
        // The library swaps the process's standard streams while it runs: the real descriptors are taken first, and
        // what anybody prints goes to standard error.
        var output = new FileOutputStream(FileDescriptor.out);
        System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
        new WorkerMain(Path.of(arguments[0])).serve(output);
    }

    private void serve(OutputStream output) throws InterruptedException, IOException {
        Thread.ofPlatform().daemon().name("orders").start(this::read);
        Thread.ofPlatform().daemon().name("permit").start(this::watch);
        while (true) {
            var order = MAPPER.readValue(orders.take(), Order.class);
            permit.begin();
            var reply = answer(order);
            permit.end();
            output.write((MAPPER.writeValueAsString(reply) + "\n").getBytes(StandardCharsets.UTF_8));
            output.flush();
        }
    }

    /** Ends the process in the middle of an order that it may not work on any more. */
    private void watch() {
        try {
            permit.awaitEnd();
            System.err.println(OVER);
            clear();
        } catch (InterruptedException never) {
            System.err.println("nobody watches the permit any more");
        } finally {
            Runtime.getRuntime().halt(0);
        }
    }

    /** Ends the process with its standard input, even in the middle of a call: nobody holds the lock any more. */
    private void read() {
        try (var input = new BufferedReader(
                new InputStreamReader(new FileInputStream(FileDescriptor.in), StandardCharsets.UTF_8))) {
            for (var line = input.readLine(); line != null; line = input.readLine()) {
                take(line);
            }
            clear();
        } catch (IOException broken) {
            System.err.println("standard input broke: " + broken.getMessage());
        } finally {
            Runtime.getRuntime().halt(0);
        }
    }

    private void take(String line) {
        if (line.startsWith("{")) {
            orders.add(line);
            return;
        }
        permit.extend(Duration.ofMillis(Long.parseLong(line)));
    }

    // A fault of the library or its binding ends the order, not the worker.
    private Reply answer(Order order) {
        try {
            return Optional.ofNullable(run(order))
                    .filter(text -> !text.isBlank())
                    .map(text -> new Reply(Optional.of(text), Optional.empty()))
                    .orElseGet(() -> failed("Helm gave no result: its library failed inside"));
        } catch (RuntimeException refused) {
            return failed(Optional.ofNullable(refused.getMessage()).orElseGet(refused::toString));
        } catch (IOException broken) {
            return failed("The worker could not write its private files: " + broken);
        }
    }

    private static Reply failed(String why) {
        return new Reply(Optional.empty(), Optional.of(why));
    }

    private @org.jspecify.annotations.Nullable String run(Order order) throws IOException {
        try {
            var values = write("values.yaml", MAPPER.writeValueAsString(order.values()));
            var kubeconfig = write("kubeconfig", order.kubeconfig().orElse(""));
            return switch (order.operation()) {
                case VERSION -> Helm.version().call();
                case TEMPLATE -> template(order, values);
                case INSTALL -> install(order, values, kubeconfig);
                case UPGRADE -> upgrade(order, values, kubeconfig);
                case UNINSTALL -> uninstall(order, kubeconfig);
            };
        } finally {
            clear();
        }
    }

    private static @org.jspecify.annotations.Nullable String template(Order order, Path values) {
        var command = new Helm(Path.of(order.chart()))
                .template()
                .withName(order.name())
                .withNamespace(order.namespace())
                .skipCrds()
                .withValuesFile(values);
        order.kubeVersion().ifPresent(command::withKubeVersion);
        return command.call();
    }

    // Helm's validation reads the schemas of all API groups in use, for each release anew, only to learn that the
    // server validates by itself (Kubernetes from 1.25 on; cli-runtime, QueryParamVerifier). It costs a fifth of an
    // install's processor time and finds nothing.
    private static String install(Order order, Path values, Path kubeconfig) {
        return described(new Helm(Path.of(order.chart()))
                .install()
                .withName(order.name())
                .withNamespace(order.namespace())
                .withDescription(order.description())
                .skipCrds()
                .disableOpenApiValidation()
                .withTimeout(order.timeoutSeconds())
                .withValuesFile(values)
                .withKubeConfig(kubeconfig)
                .call());
    }

    private static String upgrade(Order order, Path values, Path kubeconfig) {
        return described(new Helm(Path.of(order.chart()))
                .upgrade()
                .withName(order.name())
                .withNamespace(order.namespace())
                .withDescription(order.description())
                .resetValues()
                .skipCrds()
                .disableOpenApiValidation()
                .withTimeout(order.timeoutSeconds())
                .withValuesFile(values)
                .withKubeConfig(kubeconfig)
                .call());
    }

    private static String described(Release release) {
        return release.getStatus() + " " + release.getRevision();
    }

    private static @org.jspecify.annotations.Nullable String uninstall(Order order, Path kubeconfig) {
        return Helm.uninstall(order.name())
                .withNamespace(order.namespace())
                .withCascade(UninstallCommand.Cascade.FOREGROUND)
                .withKubeConfig(kubeconfig)
                .call();
    }

    private Path write(String name, String text) throws IOException {
        var file = folder.resolve(name);
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, text, StandardOpenOption.WRITE);
    }

    private void clear() {
        try {
            Files.deleteIfExists(folder.resolve("values.yaml"));
            Files.deleteIfExists(folder.resolve("kubeconfig"));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
