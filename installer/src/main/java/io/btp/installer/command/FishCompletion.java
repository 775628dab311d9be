package io.btp.installer.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Writes the completion script of the fish shell: for each command its options, and the commands below it. */
final class FishCompletion {
    private FishCompletion() {}

    static String script(CommandLine program) {
        var name = program.getCommandName();
        var commands = new LinkedHashMap<String, CommandLine>();
        collect("", program, commands);
        var lines = new ArrayList<String>();
        lines.add("# completion of " + name + " for fish; made by: " + name + " completion fish");
        lines.add("function __" + name + "_at --description 'whether the command line names exactly this command'");
        lines.add("    set -l known "
                + commands.keySet().stream().skip(1).map(FishCompletion::quoted).collect(Collectors.joining(" ")));
        lines.add("    set -l at ''");
        lines.add("    for word in (commandline -opc)[2..-1]");
        lines.add("        set -l next (string trim -- \"$at $word\")");
        lines.add("        contains -- $next $known; and set at $next");
        lines.add("    end");
        lines.add("    test \"$at\" = \"$argv[1]\"");
        lines.add("end");
        commands.forEach((path, command) -> complete(name, path, command, lines));
        return String.join("\n", lines) + "\n";
    }

    private static void collect(String path, CommandLine command, Map<String, CommandLine> commands) {
        commands.put(path, command);
        command.getSubcommands().forEach((name, child) -> collect((path + " " + name).strip(), child, commands));
    }

    private static void complete(String name, String path, CommandLine command, List<String> lines) {
        var at = "complete -c " + name + " -n " + quoted("__" + name + "_at " + quoted(path));
        command.getSubcommands()
                .forEach((child, below) -> lines.add(at + " -f -a " + quoted(child) + " -d "
                        + quoted(brief(below.getCommandSpec().usageMessage().description()))));
        for (var argument : command.getCommandSpec().positionalParameters()) {
            words(argument.completionCandidates()).ifPresent(words -> lines.add(at + " -f -a " + quoted(words)));
        }
        for (var option : command.getCommandSpec().options()) {
            if (!option.hidden()) {
                lines.add(at + option(option));
            }
        }
    }

    private static String option(OptionSpec option) {
        var line = new StringBuilder();
        for (var name : option.names()) {
            line.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
        }
        if (option.arity().max() > 0) {
            var words = words(option.completionCandidates());
            line.append(words.map(it -> " -x -a " + quoted(it)).orElse(" -r"));
        }
        return line.append(" -d ").append(quoted(brief(option.description()))).toString();
    }

    private static java.util.Optional<String> words(@org.jspecify.annotations.Nullable Iterable<String> candidates) {
        return candidates == null
                ? java.util.Optional.empty()
                : java.util.Optional.of(
                        StreamSupport.stream(candidates.spliterator(), false).collect(Collectors.joining(" ")));
    }

    private static String brief(String... description) {
        return description.length == 0 ? "" : description[0].replaceFirst("\\. .*", "");
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
