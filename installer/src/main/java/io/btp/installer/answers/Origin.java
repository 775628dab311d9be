package io.btp.installer.answers;

/**
 * Says where one value in force came from.
 *
 * @param path dotted path in the answers
 * @param shown the value; a secret as its reference
 * @param where its source
 */
public record Origin(String path, String shown, Provenance where) {}
