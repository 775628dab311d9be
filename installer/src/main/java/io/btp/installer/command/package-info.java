/**
 * The command line: one class per command, which parses, calls one service and maps the exit code.
 *
 * <p>{@link io.btp.installer.command.Main} is the entry point. {@link io.btp.installer.command.Session} builds what a
 * command works with: answers, plugins, host, engine, and the listeners that render the one event stream as text or
 * NDJSON and always write it, with a debug log, to the user's state folder. Standard output belongs to this package.
 */
@NullMarked
package io.btp.installer.command;

import org.jspecify.annotations.NullMarked;
