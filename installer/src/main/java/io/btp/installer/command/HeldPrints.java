package io.btp.installer.command;

import io.btp.installer.terminal.LiveRun;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Holds back what is printed to several streams while the whole screen is used, and prints it in the same order afterwards. */
final class HeldPrints implements LiveRun.Curtain {
    private final List<Chunk> held = new ArrayList<>();
    private boolean isDrawn;

    private record Chunk(PrintStream stream, byte[] bytes) {
        void print() {
            stream.write(bytes, 0, bytes.length);
            stream.flush();
        }
    }

    /** Gives a stream that leads to another one, now or later. */
    PrintStream before(PrintStream stream) {
        return new PrintStream(new Holding(stream), true, StandardCharsets.UTF_8);
    }

    private final class Holding extends OutputStream {
        private final PrintStream stream;

        Holding(PrintStream stream) {
            this.stream = stream;
        }

        @Override
        public void write(int single) {
            write(new byte[] {(byte) single}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            print(new Chunk(stream, Arrays.copyOfRange(bytes, from, from + length)));
        }
    }

    private synchronized void print(Chunk chunk) {
        if (isDrawn) {
            held.add(chunk);
        } else {
            chunk.print();
        }
    }

    @Override
    public synchronized void draw() {
        isDrawn = true;
    }

    @Override
    public synchronized void open() {
        isDrawn = false;
        held.forEach(Chunk::print);
        held.clear();
    }
}
