package io.btp.installer.wizard;

import static java.util.Objects.requireNonNull;

import io.btp.installer.answers.AnswersEdit;
import io.btp.installer.answers.AnswersFile;
import io.btp.installer.answers.AnswersTree;
import io.btp.installer.api.Problem;
import io.btp.installer.api.ProviderException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a draft into its answers file; what stands there keeps its comments and its order. */
public final class AnswersWriter {
    private static final String BEGINNING = """
            # Answers for btp, asked by its wizard. btp answers explain KEY tells more of each.
            # A secret is a reference: ${env:NAME}, ${file:PATH} or ${exec:COMMAND}; never the secret itself.
            apiVersion: %s
            """.formatted(AnswersTree.API_VERSION);

    private final Questionnaire questionnaire;
    private final Path file;
    private final Path folder;

    /**
     * Writes to a file.
     *
     * @param file absolute
     */
    public AnswersWriter(Questionnaire questionnaire, Path file) {
        this.questionnaire = questionnaire;
        this.file = file;
        this.folder = requireNonNull(file.getParent(), "an absolute path of a file has a folder");
    }

    /**
     * Writes, in one move. A draft that says nothing leaves the file as it is.
     *
     * @throws ProviderException if the file cannot be written, or would say something else than the draft
     */
    public void write(Draft draft) {
        write(draft, file);
    }

    /**
     * Writes a copy, which says the same as the file would.
     *
     * @param name of a file in the same folder, where references to files mean the same
     * @return that file
     * @throws ProviderException if there is such a file, or the name is that of a folder elsewhere, too
     */
    public Path writeCopy(Draft draft, String name) {
        var copy = beside(name);
        if (!folder.equals(copy.getParent()) || Files.exists(copy)) {
            throw new ProviderException(Problem.of(
                    Problem.Reason.INVALID,
                    Files.exists(copy) ? copy + " is there already" : name + " is not the name of a file in " + folder,
                    "Choose another name; what was said is kept as a draft"));
        }
        write(draft, copy);
        return copy;
    }

    private Path beside(String name) {
        try {
            return folder.resolve(name).normalize();
        } catch (InvalidPathException none) {
            throw new ProviderException(Problem.of(
                    Problem.Reason.INVALID, "This is no name of a file: " + none.getReason(), "Choose another name"));
        }
    }

    private void write(Draft draft, Path target) {
        try {
            var before = Files.exists(file) ? Files.readString(file) : "";
            var edit = new AnswersEdit(before.isBlank() ? BEGINNING : before);
            draft.typed().forEach(edit::set);
            questionnaire.unused(draft).forEach(edit::drop);
            requireSame(draft, edit.text());
            if (edit.text().equals(before) && target.equals(file)) {
                return;
            }
            var next = Files.createTempFile(folder, file.getFileName().toString(), ".new");
            Files.writeString(next, edit.text());
            if (Files.exists(file)) {
                Files.setPosixFilePermissions(next, Files.getPosixFilePermissions(file));
            }
            Files.move(next, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException unwritable) {
            throw new ProviderException(Problem.of(
                    Problem.Reason.INVALID,
                    "The answers cannot be written to " + target + ": " + unwritable.getMessage(),
                    "Make the folder writable, or name another file with --answers; what was said is kept as a draft"));
        }
    }

    /** Whoever installs from the file gets what was said here. */
    private void requireSame(Draft draft, String text) {
        var written = AnswersFile.parse(file.toString(), folder, text.getBytes(StandardCharsets.UTF_8));
        var answers = questionnaire.answers(draft);
        for (var path : draft.typed().keySet()) {
            if (!written.at(path).equals(answers.at(path))) {
                throw new ProviderException(Problem.of(
                        Problem.Reason.UNSUPPORTED,
                        "%s is written in a way that the wizard cannot change: %s".formatted(file, path),
                        "Set it by hand: %s: %s"
                                .formatted(path, answers.at(path).orElse("(nothing)"))));
            }
        }
    }
}
