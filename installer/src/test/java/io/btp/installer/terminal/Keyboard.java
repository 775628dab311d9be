package io.btp.installer.terminal;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jline.utils.NonBlockingReader;

/** Somebody who types without a clock: a pause is as long as whoever reads would wait. Goes when everything is typed. */
final class Keyboard extends NonBlockingReader {
    private final Deque<Integer> typed = new ArrayDeque<>();

    Keyboard types(String text) {
        text.chars().forEach(typed::add);
        return this;
    }

    Keyboard pauses() {
        typed.add(READ_EXPIRED);
        return this;
    }

    @Override
    protected int read(long timeout, boolean isPeek) {
        while (timeout <= 0 && !typed.isEmpty() && typed.peek() == READ_EXPIRED) {
            typed.remove();
        }
        if (typed.isEmpty()) {
            return EOF;
        }
        return isPeek ? typed.peek() : typed.remove();
    }

    @Override
    public int readBuffered(char[] buffer, int from, int length, long timeout) {
        throw new UnsupportedOperationException("keys come one by one");
    }
}
