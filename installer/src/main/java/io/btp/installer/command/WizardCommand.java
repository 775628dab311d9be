package io.btp.installer.command;

import static java.util.Objects.requireNonNull;

import com.google.inject.Inject;
import io.btp.installer.api.ProviderException;
import io.btp.installer.engine.ExitCode;
import io.btp.installer.terminal.FullScreen;
import io.btp.installer.wizard.AnswersWriter;
import io.btp.installer.wizard.Draft;
import io.btp.installer.wizard.Drafts;
import io.btp.installer.wizard.LineWizard;
import io.btp.installer.wizard.Questionnaire;
import io.btp.installer.wizard.SecretHomes;
import io.btp.installer.wizard.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Asks, writes the answers file, and installs from it. */
@Command(
        name = "wizard",
        description = {
            "Asks what has to be known, writes the answers file, and installs from it if told to. Interrupted, it goes on at"
                    + " the same question.",
            "",
            "Example: btp wizard -f btp.yaml --ask dataPlane"
        })
final class WizardCommand implements Callable<Integer> {
    private final Sessions sessions;
    private final Surroundings surroundings;
    private final Opening opening;

    @Mixin
    private final CommonOptions options = new CommonOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--ask",
            paramLabel = "GROUP",
            description = "ask everything of this slot or group, and nothing else; can be repeated")
    private Set<String> ask = Set.of();

    @Inject
    WizardCommand(Sessions sessions, Surroundings surroundings, Opening opening) {
        this.sessions = sessions;
        this.surroundings = surroundings;
        this.opening = opening;
    }

    @Override
    public Integer call() {
        if (!surroundings.terminal() || !options.canAsk()) {
            surroundings
                    .messages()
                    .println("The wizard asks, and nobody can be asked here: begin with btp answers init,"
                            + " then btp install -f FILE --yes");
            return ExitCode.USAGE;
        }
        var file = surroundings
                .folder()
                .resolve(Optional.ofNullable(options.answers).orElse(Path.of("btp.yaml")))
                .normalize();
        return sessions.onWizard(options, file, (questionnaire, world) -> asked(questionnaire, world, file));
    }

    private int asked(Questionnaire questionnaire, World world, Path file) {
        var desk = new ConsoleDesk(requireNonNull(System.console()), surroundings.outputPage(options.color));
        var drafts = new Drafts(surroundings.state().resolve("drafts").resolve(id(file) + ".json"));
        var kept = drafts.kept();
        var draft = kept.orElseGet(() -> beginning(file));
        var homes = new SecretHomes(requireNonNull(file.getParent()));
        var equal = String.join(" ", command("install", file));
        var lines = new LineWizard(questionnaire, world.finder(), desk, homes, drafts::keep, ask, equal);
        var screen = options.color == CommonOptions.Color.auto
                ? opening.screen()
                : new FullScreen(surroundings.variables(), surroundings.isColoured(options.color));
        boolean isFull =
                options.ui == OutputOptions.Ui.full || (options.ui == OutputOptions.Ui.auto && screen.isLikely());
        var writer = new AnswersWriter(questionnaire, file);
        while (true) {
            var outcome = Optional.<LineWizard.Outcome>empty();
            if (isFull) {
                outcome = onScreen(screen, questionnaire, world, draft, homes, drafts, equal);
                isFull = outcome.isPresent();
            }
            if (outcome.isEmpty()) {
                opening.close();
                kept.filter(draft::equals)
                        .ifPresent(
                                left -> desk.say(
                                        "Going on with the draft that was left. Everything said before is kept; review shows it."));
                if (options.ui == OutputOptions.Ui.full) {
                    desk.say("This terminal cannot show the whole screen: line by line, then.");
                }
                outcome = Optional.of(lines.walk(draft));
            }
            var done = outcome.get();
            draft = done.draft();
            if (done.wish() == LineWizard.Wish.QUIT) {
                desk.say("");
                desk.say("Nothing was changed. What you said is kept: btp wizard goes on there.");
                return ExitCode.INTERRUPTED;
            }
            try {
                desk.say("Saved " + saved(writer, done, file));
            } catch (ProviderException unwritable) {
                desk.say(unwritable.problem().summary() + ". "
                        + unwritable.problem().remedy());
                if (!isFull || desk.line("Enter goes back to the wizard. ").isPresent()) {
                    continue;
                }
                return ExitCode.INTERRUPTED;
            }
            switch (done.wish()) {
                case SAVE -> {
                    drafts.forget();
                    return ExitCode.DONE;
                }
                case INSTALL -> {
                    drafts.forget();
                    return run("install", file);
                }
                case CHECK -> run("check", file);
                case PLAN -> run("plan", file);
                case QUIT -> throw new IllegalStateException("it was left before");
            }
            if (isFull) {
                desk.say("");
                desk.line("Enter goes back to the wizard. ");
            }
        }
    }

    private static Path saved(AnswersWriter writer, LineWizard.Outcome done, Path file) {
        if (done.name().isPresent()) {
            return writer.writeCopy(done.draft(), done.name().get());
        }
        writer.write(done.draft());
        return file;
    }

    private Optional<LineWizard.Outcome> onScreen(
            FullScreen screen,
            Questionnaire questionnaire,
            World world,
            Draft draft,
            SecretHomes homes,
            Drafts drafts,
            String equal) {
        opening.curtain().draw();
        try {
            return screen.walk(
                    questionnaire, world, draft, homes, drafts::keep, ask, equal, options.ui == OutputOptions.Ui.full);
        } catch (IOException gone) {
            surroundings.messages().println("The terminal cannot be used: " + gone.getMessage());
            return Optional.empty();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.of(new LineWizard.Outcome(draft, LineWizard.Wish.QUIT, Optional.empty()));
        } finally {
            opening.curtain().open();
        }
    }

    /** On the sandbox nobody has to name anything. */
    private Draft beginning(Path file) {
        return options.sandbox && !Files.exists(file)
                ? new Draft(java.util.Map.of("installation.name", "demo", "installation.domain", "btp.localhost"), "")
                : Draft.empty();
    }

    private static String id(Path file) {
        return UUID.nameUUIDFromBytes(file.toString().getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private int run(String command, Path file) {
        var words = command(command, file);
        return spec.root().commandLine().execute(words.subList(1, words.size()).toArray(String[]::new));
    }

    /** Gives the command that does the same without questions. */
    private List<String> command(String name, Path file) {
        var words = new ArrayList<>(List.of("btp", name));
        var folder = surroundings.folder();
        words.addAll(List.of("-f", (file.startsWith(folder) ? folder.relativize(file) : file).toString()));
        if (options.sandbox) {
            words.add("--sandbox");
        }
        options.pluginsDirs.forEach(dir -> words.addAll(List.of("--plugins-dir", dir.toString())));
        Optional.ofNullable(options.kubeconfig).ifPresent(path -> words.addAll(List.of("--kubeconfig", path)));
        Optional.ofNullable(options.context).ifPresent(context -> words.addAll(List.of("--context", context)));
        options.set.forEach(assignment -> words.addAll(List.of("--set", assignment)));
        options.setFile.forEach(assignment -> words.addAll(List.of("--set-file", assignment)));
        return words;
    }
}
