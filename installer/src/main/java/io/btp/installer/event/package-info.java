/**
 * The one stream of run events that every output is rendered from.
 *
 * <p>{@link io.btp.installer.event.RunEvent} is sealed; its Javadoc says in which order events come. The full-screen
 * view, the plain log and NDJSON are three listeners; nothing else prints.
 */
@NullMarked
package io.btp.installer.event;

import org.jspecify.annotations.NullMarked;
