package io.btp.installer.wizard;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A person at a desk, who reads what was shown and answers each prompt; whatever was shown is kept. */
final class Person implements Desk {
    private final Function<String, Optional<String>> answers;
    private final List<String> seen = new ArrayList<>();

    /**
     * @param answers gives what is typed at a prompt; empty where the person has gone
     */
    Person(Function<String, Optional<String>> answers) {
        this.answers = answers;
    }

    /** Types these lines, one at each prompt, and goes. */
    static Person typing(String... lines) {
        var left = new ArrayList<>(List.of(lines));
        return new Person(prompt -> left.isEmpty() ? Optional.empty() : Optional.of(left.removeFirst()));
    }

    @Override
    public void say(String line) {
        seen.add(line);
    }

    @Override
    public Optional<String> line(String prompt) {
        seen.add(prompt);
        return answers.apply(prompt);
    }

    @Override
    public Optional<char[]> hidden(String prompt) {
        seen.add(prompt);
        return answers.apply(prompt).map(String::toCharArray);
    }

    /** Gives everything that was on the screen. */
    String seen() {
        return String.join("\n", seen);
    }
}
