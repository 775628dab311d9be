package io.btp.installer.answers;

/**
 * A valid answer.
 *
 * @param value what the form gets
 * @param plain as it stands in the canonical text: a text, number, flag, list or mapping; a secret as its reference
 * @param where where it came from
 */
record Answer(Object value, Object plain, Provenance where) {
    /** The value of a secret that the installer is to make. */
    static final Object GENERATE = new Object();
}
