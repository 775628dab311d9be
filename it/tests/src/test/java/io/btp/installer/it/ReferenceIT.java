package io.btp.installer.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The reference is what the program says of itself: of its commands, and of every answer. {@code mvn verify -pl it/tests -am
 * -Dit.test=ReferenceIT -Dreference=write} writes it.
 */
@DisplayName("The reference in docs")
class ReferenceIT {
    private static final Path DOCS = Path.of("../../docs/reference");
    private static final List<String> GROUPS = List.of(
            "installation",
            "connection",
            "cluster",
            "namespaces",
            "secrets",
            "dataPlane",
            "objectStore",
            "identity",
            "edge",
            "observability",
            "platform");
    private static final Pattern COMMAND = Pattern.compile("^  ([a-z]+) {2,}.*");

    @TempDir
    private Path folder;

    @Test
    void ofTheAnswersIsWhatTheProgramExplains() throws IOException {
        var text = new StringBuilder("# Answers\n\nWhat `btp answers explain KEY` says of each group.\n");
        for (var group : GROUPS) {
            text.append("\n## ").append(group).append("\n\n");
            text.append(block(said("answers", "explain", group)));
        }
        compare("answers.md", text.toString());
    }

    @Test
    void ofTheCommandsIsWhatTheirHelpSays() throws IOException {
        var text = new StringBuilder("# Commands\n\nWhat `btp COMMAND --help` says.\n\n").append(block(said("--help")));
        for (var command : commandsIn(said("--help"))) {
            text.append("\n## btp ").append(command).append("\n\n").append(block(said(command, "--help")));
            for (var sub : commandsIn(said(command, "--help"))) {
                text.append("\n### btp ")
                        .append(command)
                        .append(' ')
                        .append(sub)
                        .append("\n\n");
                text.append(block(said(command, sub, "--help")));
            }
        }
        compare("commands.md", text.toString());
    }

    private static List<String> commandsIn(String help) {
        var names = new ArrayList<String>();
        help.lines().dropWhile(line -> !line.equals("Commands:")).skip(1).forEach(line -> {
            var name = COMMAND.matcher(line);
            if (name.matches() && !name.group(1).equals("help")) {
                names.add(name.group(1));
            }
        });
        return names;
    }

    private String said(String... arguments) {
        var result = new Program(folder).with("COLUMNS", "80").run(arguments);
        assertThat(result.code()).as(result.words()).isZero();
        return result.output()
                .lines()
                .filter(line -> !line.startsWith("Explained "))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String block(String text) {
        return "```text\n" + text + "```\n";
    }

    private static void compare(String name, String text) throws IOException {
        var file = DOCS.resolve(name);
        if ("write".equals(System.getProperty("reference"))) {
            Files.createDirectories(DOCS);
            Files.writeString(file, text);
        }
        assertThat(file)
                .as("mvn verify -pl it/tests -am -Dit.test=ReferenceIT -Dreference=write")
                .hasContent(text);
    }
}
