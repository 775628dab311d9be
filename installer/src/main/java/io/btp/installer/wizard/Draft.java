package io.btp.installer.wizard;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a person has said so far, over whatever the answers file says. Immutable. Holds no secret: only references.
 *
 * @param typed YAML on one line by dotted path, in the order in which it was said
 * @param stop path of the question that is being asked; empty at the beginning
 */
public record Draft(Map<String, String> typed, String stop) {
    /** Copies the map, order included. */
    public Draft {
        typed = Collections.unmodifiableMap(new LinkedHashMap<>(typed));
    }

    /** Gives a draft in which nothing has been said. */
    public static Draft empty() {
        return new Draft(Map.of(), "");
    }

    /** Gives what was said of a path. */
    public Optional<String> at(String path) {
        return Optional.ofNullable(typed.get(path));
    }

    /** Adds an answer. */
    public Draft with(String path, String yaml) {
        var more = new LinkedHashMap<>(typed);
        more.put(path, yaml);
        return new Draft(more, stop);
    }

    /** Takes an answer back, so that the file's or the default holds again. */
    public Draft without(String path) {
        var less = new LinkedHashMap<>(typed);
        less.remove(path);
        return new Draft(less, stop);
    }

    /** Turns to a question. */
    public Draft on(String path) {
        return new Draft(typed, path);
    }
}
