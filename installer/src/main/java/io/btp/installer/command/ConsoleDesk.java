package io.btp.installer.command;

import io.btp.installer.wizard.Desk;
import java.io.Console;
import java.util.Optional;

/** The person at this terminal. What is typed is edited by the terminal itself, so any terminal will do. */
final class ConsoleDesk implements Desk {
    private final Console console;
    private final Page page;

    ConsoleDesk(Console console, Page page) {
        this.console = console;
        this.page = page;
    }

    @Override
    public void say(String line) {
        var text = line.stripLeading();
        page.print(line.substring(0, line.length() - text.length()), text);
    }

    @Override
    public Optional<String> line(String prompt) {
        return Optional.ofNullable(console.readLine("%s", Line.harmless(prompt)));
    }

    @Override
    public Optional<char[]> hidden(String prompt) {
        return Optional.ofNullable(console.readPassword("%s", Line.harmless(prompt)));
    }
}
