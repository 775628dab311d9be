package io.btp.installer.answers;

import io.btp.installer.api.Problem;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.Question;
import io.btp.installer.api.contract.Secret;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Resolves references to secrets when they are revealed; one for the process. What a command or a person gave is kept
 * in memory, environment and files are read each time.
 */
public final class References {
    private static final int LARGEST = 64 * 1024;

    private final Map<String, String> environment;
    private final Optional<Prompter> prompter;
    private final Duration deadline;
    private final Map<Reference, Kept> kept = new ConcurrentHashMap<>();
    private final ReentrantLock prompting = new ReentrantLock();
    private final Set<String> variables = ConcurrentHashMap.newKeySet();

    /** What one reference gave, once it did. */
    private static final class Kept {
        private final ReentrantLock lock = new ReentrantLock();
        private Optional<String> value = Optional.empty();
    }

    /** Something that gives a text and may be interrupted. */
    @FunctionalInterface
    private interface Source {
        String read() throws InterruptedException;
    }

    /**
     * @param environment variables; commands get those that no secret is taken from
     * @param prompter asks a person; empty where nobody can be asked
     */
    public References(Map<String, String> environment, Optional<Prompter> prompter) {
        this(environment, prompter, Duration.ofSeconds(30));
    }

    References(Map<String, String> environment, Optional<Prompter> prompter, Duration deadline) {
        this.environment = Map.copyOf(environment);
        this.prompter = prompter;
        this.deadline = deadline;
    }

    Paths paths(Path folder) {
        return new Paths(folder, Path.of(environment.getOrDefault("HOME", "/")));
    }

    /** Gives a secret that is looked up, and checked, when it is revealed. */
    Secret secret(Reference reference, Question<?> question, String path) {
        if (reference instanceof Reference.Variable variable) {
            variables.add(variable.name());
        }
        return Secret.resolvedBy(() -> fitting(resolve(reference), reference, question, path));
    }

    /** Gives the environment of programs that are started: all but the variables that secrets are taken from. */
    public Map<String, String> environmentOfPrograms() {
        var open = new HashMap<>(environment);
        open.keySet().removeAll(variables);
        return open;
    }

    private static String fitting(String value, Reference reference, Question<?> question, String path) {
        int length = value.codePointCount(0, value.length());
        if (length < question.least() || length > question.most()) {
            throw failed(
                    reference,
                    Reason.INVALID,
                    "for " + path + " has the wrong length, expected " + Expectations.bounds(question) + " characters",
                    "Give another secret");
        }
        if (question.pattern()
                .filter(it -> length > Decoder.LONGEST || !it.matcher(value).matches())
                .isPresent()) {
            throw failed(
                    reference,
                    Reason.INVALID,
                    "for " + path + " does not match " + question.pattern().get(),
                    "Give another secret");
        }
        return value;
    }

    private String resolve(Reference reference) {
        var value = switch (reference) {
            case Reference.Variable variable -> variable(variable);
            case Reference.File file -> file(file);
            case Reference.Command command ->
                once(command, () -> new SecretCommand(command, environmentOfPrograms(), deadline).output());
            case Reference.Prompt prompt -> once(prompt, () -> prompted(prompt));
        };
        if (value.isEmpty()) {
            throw failed(reference, Reason.INVALID, "is empty", "Put the secret there");
        }
        return value;
    }

    private String variable(Reference.Variable reference) {
        return Optional.ofNullable(environment.get(reference.name()))
                .orElseThrow(() -> failed(
                        reference, Reason.NOT_FOUND, "is not set", "Set the environment variable " + reference.name()));
    }

    private String file(Reference.File reference) {
        try (var stream = Files.newInputStream(reference.path())) {
            return text(reference, stream.readNBytes(LARGEST + 1));
        } catch (NoSuchFileException absent) {
            throw failed(reference, Reason.NOT_FOUND, "is not there", "Put the secret into that file, or name another");
        } catch (IOException fault) {
            throw failed(
                    reference,
                    Reason.FORBIDDEN,
                    "cannot be read (" + fault.getClass().getSimpleName() + ")",
                    "Make it a file that this user can read");
        }
    }

    /** Decodes what a reference gave, without the line end at its end. */
    static String text(Reference reference, byte[] content) {
        if (content.length > LARGEST) {
            throw failed(
                    reference, Reason.INVALID, "is larger than " + LARGEST / 1024 + " KiB", "Name the secret alone");
        }
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            return text.endsWith("\r\n")
                    ? text.substring(0, text.length() - 2)
                    : text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        } catch (CharacterCodingException binary) {
            throw failed(reference, Reason.INVALID, "is not UTF-8", "Give the secret as text");
        }
    }

    private String prompted(Reference.Prompt prompt) throws InterruptedException {
        var person = prompter.orElseThrow(() -> failed(
                prompt,
                Reason.INVALID,
                "needs a person, and nobody can be asked",
                "Run it on a terminal, or give " + prompt.path() + " by ${env:…}, ${file:…} or ${exec:…}"));
        prompting.lockInterruptibly();
        try {
            return person.ask(prompt.path());
        } finally {
            prompting.unlock();
        }
    }

    private String once(Reference reference, Source source) {
        var place = kept.computeIfAbsent(reference, it -> new Kept());
        try {
            place.lock.lockInterruptibly();
            try {
                if (place.value.isEmpty()) {
                    place.value = Optional.of(source.read()).filter(it -> !it.isEmpty());
                }
                return place.value.orElse("");
            } finally {
                place.lock.unlock();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw failed(reference, Reason.TRANSIENT, "was interrupted", "Run it again");
        }
    }

    static ProviderException failed(Reference reference, Reason reason, String what, String remedy) {
        return new ProviderException(Problem.of(reason, "The secret " + reference.text() + " " + what, remedy));
    }
}
