/**
 * Answers: what people say of an installation, read, checked and made into configurations.
 *
 * <p>{@link io.btp.installer.answers.AnswersFile} reads the file, bounded, with line and column of every node, into an
 * {@link io.btp.installer.answers.AnswersTree}; that can be asked for the trusted plugins before any plugin is loaded.
 * {@link io.btp.installer.answers.Overlays} lay the environment and {@code --set} over it. {@link
 * io.btp.installer.answers.Binder} then chooses a provider for each slot (by {@link
 * io.btp.installer.answers.Defaults} where nothing is said), reads the answers to its form and gives {@link
 * io.btp.installer.answers.BoundAnswers}: what was chosen, the canonical text for the installation record, and where
 * each value came from.
 *
 * <p>All that is wrong is thrown at once as {@link io.btp.installer.answers.InvalidAnswers}. A secret is never read
 * here: {@link io.btp.installer.answers.References} resolves it when it is revealed.
 */
@NullMarked
package io.btp.installer.answers;

import org.jspecify.annotations.NullMarked;
