/**
 * What a controller manager does, for an API that has none: one class a controller, all started by {@code Controllers}.
 * Each is called for a key, looks at what is stored and does the next thing that is missing, so any of them may be
 * killed at any moment and goes on with its next call.
 */
@NullMarked
package io.btp.installer.simulator.controllers;

import org.jspecify.annotations.NullMarked;
