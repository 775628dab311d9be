package io.btp.installer.command;

import com.google.inject.Inject;
import io.btp.installer.answers.AnswersSchema;
import io.btp.installer.answers.AnswersTree;
import io.btp.installer.answers.Beginning;
import io.btp.installer.answers.Explanation;
import io.btp.installer.answers.Outline;
import io.btp.installer.api.Problem;
import io.btp.installer.engine.ExitCode;
import io.btp.installer.event.RunEvent;
import io.btp.installer.event.RunListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes, explains and describes answers files; contacts nothing. */
final class AnswersFiles {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Surroundings surroundings;

    @Inject
    AnswersFiles(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** Writes a file to begin with, and its schema beside it. Never over another, unless that is forced. */
    int begin(Outline outline, RunListener listener, Path out, Map<String, String> modes, boolean all, boolean force) {
        var file = surroundings.folder().resolve(out);
        if (Files.exists(file) && !force) {
            throw new Misused(
                    file + " is there already and was left as it is",
                    List.of(Problem.of(
                            Problem.Reason.CONFLICT,
                            "An answers file is never overwritten",
                            "Name another one with --out, or add --force")));
        }
        var schema = file.resolveSibling(file.getFileName().toString().replaceFirst("\\.ya?ml$", "") + ".schema.json");
        var text = text(outline, modes, all, "./" + schema.getFileName());
        try {
            Files.writeString(file, text);
            Files.writeString(schema, schema(outline));
        } catch (IOException unwritable) {
            throw new Misused(
                    out + " cannot be written",
                    List.of(Problem.of(
                            Problem.Reason.INVALID,
                            "The folder cannot be written: " + unwritable.getMessage(),
                            "Name another file with --out")));
        }
        listener.on(new RunEvent.Finished(
                ExitCode.DONE,
                "Wrote " + out + " and " + schema.getFileName() + "; fill in what is marked as required",
                List.of(),
                List.of("btp answers validate -f " + out)));
        return ExitCode.DONE;
    }

    private static String text(Outline outline, Map<String, String> modes, boolean all, String schema) {
        try {
            return new Beginning(outline, slots(outline, modes), all).text(schema);
        } catch (IllegalArgumentException unknown) {
            throw new Misused("--mode " + unknown.getMessage(), List.of());
        }
    }

    /** A group means all of its slots that have such a mode. */
    private static Map<String, String> slots(Outline outline, Map<String, String> modes) {
        var chosen = new LinkedHashMap<String, String>();
        modes.forEach((word, mode) -> {
            var meant = outline.places().stream()
                    .filter(place ->
                            place.slot().filter(slot -> slot.isMeantBy(word)).isPresent())
                    .toList();
            if (meant.isEmpty()) {
                throw new Misused("--mode " + word + ": there is no slot or group of that name", List.of());
            }
            meant.forEach(place -> chosen.put(place.path(), mode));
        });
        return chosen;
    }

    /** Explains a key. */
    int explain(Outline outline, RunListener listener, String key) {
        var explanation = new Explanation(outline);
        var lines = explanation.of(key);
        if (lines.isEmpty()) {
            throw new Misused(
                    "There is no key " + key
                            + explanation
                                    .nearest(key)
                                    .map(near -> "; did you mean " + near + "?")
                                    .orElse(""),
                    List.of());
        }
        listener.on(new RunEvent.Document("explanation", String.join("\n", lines) + "\n"));
        listener.on(new RunEvent.Finished(ExitCode.DONE, "Explained " + key, List.of(), List.of()));
        return ExitCode.DONE;
    }

    /** Gives the JSON Schema. */
    int schema(Outline outline, RunListener listener) {
        listener.on(new RunEvent.Document("schema", schema(outline)));
        listener.on(new RunEvent.Finished(
                ExitCode.DONE, "JSON Schema of " + AnswersTree.API_VERSION, List.of(), List.of()));
        return ExitCode.DONE;
    }

    private static String schema(Outline outline) {
        return JSON.writeValueAsString(new AnswersSchema(outline).tree()) + "\n";
    }

    /** Brings a file to the current version; there has been one so far, so that nothing is ever written. */
    int migrate(AnswersTree answers, RunListener listener) {
        var version = answers.apiVersion();
        if (version.filter(AnswersTree.API_VERSION::equals).isPresent()) {
            var words = "The answers are of version " + AnswersTree.API_VERSION + " already";
            listener.on(new RunEvent.Finished(ExitCode.DONE, words, List.of(), List.of()));
            return ExitCode.DONE;
        }
        var problem = Problem.of(
                Problem.Reason.UNSUPPORTED,
                version.map("The answers are of version %s, which this program does not know"::formatted)
                        .orElse("The answers do not say of which version they are"),
                "This program knows " + AnswersTree.API_VERSION + " alone; use the program that the file is for");
        listener.on(
                new RunEvent.Finished(ExitCode.ANSWERS, "The answers were not migrated", List.of(problem), List.of()));
        return ExitCode.ANSWERS;
    }
}
