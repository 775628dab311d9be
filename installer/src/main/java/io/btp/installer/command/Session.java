package io.btp.installer.command;

import io.btp.installer.engine.Engine;
import io.btp.installer.engine.Project;
import io.btp.installer.event.RunListener;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a command on an installation works with.
 *
 * @param engine does it
 * @param project what it is done to
 * @param confirmation asks the user once
 * @param answersFile the answers file, where there is one
 * @param listener hears what happens
 * @param runs folder of the runs of this installation on this machine
 * @param run id of this run
 */
record Session(
        Engine engine,
        Project project,
        Confirming confirmation,
        Optional<Path> answersFile,
        RunListener listener,
        Path runs,
        String run) {}
