package io.btp.installer.command;

import io.btp.installer.engine.Engine;
import io.btp.installer.engine.Project;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a command on an installation works with.
 *
 * @param engine does it
 * @param project what it is done to
 * @param confirmation asks the user once
 * @param answersFile the answers file, where there is one
 */
record Session(Engine engine, Project project, Engine.Confirmation confirmation, Optional<Path> answersFile) {}
