package io.btp.installer.command;

import java.util.Set;

/**
 * What the user asked of a command on an installation.
 *
 * @param command its name
 * @param options common options
 * @param yes whether everything but the loss of data is confirmed
 * @param deleteData slots or groups whose data may be lost, or {@code all}
 * @param trials whether trials may write
 * @param only slots or groups that are looked at; empty for all
 */
record Wishes(
        String command, CommonOptions options, boolean yes, Set<String> deleteData, boolean trials, Set<String> only) {
    /** Copies the set. */
    Wishes {
        deleteData = Set.copyOf(deleteData);
        only = Set.copyOf(only);
    }

    /** A command that changes nothing and looks at everything. */
    static Wishes toLook(String command, CommonOptions options) {
        return new Wishes(command, options, false, Set.of(), false, Set.of());
    }

    /** Tells whether the user is asked before anything is changed. */
    boolean mustConfirm() {
        return Set.of("install", "upgrade", "uninstall", "lock break").contains(command);
    }
}
