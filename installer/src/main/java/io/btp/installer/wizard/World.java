package io.btp.installer.wizard;

/**
 * What the world can be asked while a person answers.
 *
 * @param prover whether answers hold there
 * @param finder which answers are there
 */
public record World(Prover prover, Finder finder) {}
