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
 */
record Wishes(String command, CommonOptions options, boolean yes, Set<String> deleteData, boolean trials) {
    /** Copies the set. */
    Wishes {
        deleteData = Set.copyOf(deleteData);
    }

    /** Tells whether the user is asked before anything is changed. */
    boolean mustConfirm() {
        return command.equals("install") || command.equals("uninstall");
    }
}
