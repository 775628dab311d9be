package io.btp.installer.host.helm;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads and writes the archives that charts come in, within limits: an archive is somebody else's. */
final class Tar {
    /** Most bytes that an archive may unpack to, with the archives in it. */
    static final long LARGEST = 64L * 1024 * 1024;

    private static final int BLOCK = 512;
    private static final int LONGEST_PATH = 1024;

    private final InputStream stream;
    private final Budget budget;

    private Tar(InputStream stream, Budget budget) {
        this.stream = stream;
        this.budget = budget;
    }

    /** What may still be unpacked, of an archive and of those in it together: small ones may hold many large ones. */
    static final class Budget {
        private static final int MOST_ENTRIES = 20_000;

        private long bytes = LARGEST;
        private int entries = MOST_ENTRIES;

        private void requireRoomFor(long size) throws IOException {
            if (size < 0 || size > bytes) {
                throw new IOException("it unpacks to more than " + LARGEST / 1024 / 1024 + " MiB");
            }
        }

        private void take(int count) {
            bytes -= count;
        }

        private void takeEntry() throws IOException {
            if (--entries < 0) {
                throw new IOException("it has more than " + MOST_ENTRIES + " entries");
            }
        }
    }

    /** Takes one file of an archive. */
    @FunctionalInterface
    interface Entries {
        void file(String path, byte[] content) throws IOException;
    }

    /** Gives each file of an archive, with a budget of its own. */
    static void read(InputStream stream, Entries entries) throws IOException {
        read(stream, new Budget(), entries);
    }

    /**
     * Gives each file of an archive.
     *
     * @param stream the archive, unpacked
     * @throws IOException if it is none, is too large, or wants to write outside its folder
     */
    static void read(InputStream stream, Budget budget, Entries entries) throws IOException {
        new Tar(stream, budget).read(entries);
    }

    private void read(Entries entries) throws IOException {
        var longName = Optional.<String>empty();
        boolean isEmpty = true;
        for (var header = block(); header.isPresent() && !isEnd(header.get()); header = block()) {
            budget.takeEntry();
            isEmpty = false;
            var content = content(size(header.get()));
            char type = (char) header.get()[156];
            switch (type) {
                case 'x' -> longName = extendedPath(content).or(() -> Optional.<String>empty());
                case 'L' -> longName = Optional.of(text(content, 0, content.length));
                case '0', '\0' -> {
                    entries.file(checked(longName.orElse(name(header.get()))), content);
                    longName = Optional.empty();
                }
                case '5', 'g' -> longName = Optional.empty();
                default ->
                    throw new IOException("it holds %s, which is no file: type %s".formatted(name(header.get()), type));
            }
        }
        if (isEmpty) {
            throw new IOException("it is empty or no archive");
        }
    }

    private Optional<byte[]> block() throws IOException {
        var block = bytes(BLOCK);
        if (block.length == 0) {
            return Optional.empty();
        }
        if (block.length < BLOCK) {
            throw new IOException("it is cut");
        }
        return Optional.of(block);
    }

    private byte[] content(long size) throws IOException {
        budget.requireRoomFor(size);
        var content = bytes((int) size);
        var padding = bytes((int) ((BLOCK - size % BLOCK) % BLOCK));
        if (content.length < size || (size + padding.length) % BLOCK != 0) {
            throw new IOException("it is cut");
        }
        return content;
    }

    private byte[] bytes(int count) throws IOException {
        var bytes = stream.readNBytes(count);
        budget.take(bytes.length);
        return bytes;
    }

    private static boolean isEnd(byte[] header) {
        return header[0] == 0;
    }

    private static long size(byte[] header) throws IOException {
        var digits = text(header, 124, 12).strip();
        if (!digits.matches("[0-7]{1,11}")) {
            throw new IOException("it is no archive: a size is \"" + digits.replaceAll("[^ -~]", "?") + "\"");
        }
        return Long.parseLong(digits, 8);
    }

    private static String name(byte[] header) {
        var prefix = text(header, 257, 5).equals("ustar") ? text(header, 345, 155) : "";
        var name = text(header, 0, 100);
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    private static Optional<String> extendedPath(byte[] records) {
        return new String(records, StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.replaceFirst("^\\d+ ", ""))
                .filter(line -> line.startsWith("path="))
                .map(line -> line.substring("path=".length()))
                .findFirst();
    }

    private static String checked(String path) throws IOException {
        if (path.length() > LONGEST_PATH) {
            throw new IOException("it has a path of more than " + LONGEST_PATH + " characters");
        }
        var clean = path.startsWith("./") ? path.substring(2) : path;
        var leaves = clean.startsWith("/")
                || clean.contains("\\")
                || clean.matches("(?s)[A-Za-z]:.*")
                || Arrays.asList(clean.split("/")).contains("..");
        if (leaves || clean.isEmpty()) {
            throw new IOException("it wants to write outside its folder: " + path);
        }
        return clean;
    }

    private static String text(byte[] bytes, int from, int length) {
        int end = from;
        while (end < from + length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, from, end - from, StandardCharsets.UTF_8);
    }

    /** Writes files as an archive that depends on nothing but their paths and contents. */
    static void write(Map<String, byte[]> files, OutputStream output) throws IOException {
        for (var file : new java.util.TreeMap<>(new LinkedHashMap<>(files)).entrySet()) {
            output.write(header(file.getKey(), file.getValue().length));
            output.write(file.getValue());
            output.write(new byte[(BLOCK - file.getValue().length % BLOCK) % BLOCK]);
        }
        output.write(new byte[2 * BLOCK]);
    }

    private static byte[] header(String path, int size) throws IOException {
        var header = new byte[BLOCK];
        int cut = path.length() <= 100 ? -1 : path.lastIndexOf('/', 155);
        put(header, 0, 100, path.substring(cut + 1));
        put(header, 100, 8, "0000644");
        put(header, 108, 8, "0000000");
        put(header, 116, 8, "0000000");
        put(header, 124, 12, "%011o".formatted(size));
        put(header, 136, 12, "%011o".formatted(0));
        Arrays.fill(header, 148, 156, (byte) ' ');
        header[156] = '0';
        put(header, 257, 6, "ustar");
        put(header, 263, 2, "00");
        put(header, 345, 155, cut < 0 ? "" : path.substring(0, cut));
        int sum = 0;
        for (byte each : header) {
            sum += each & 0xff;
        }
        put(header, 148, 8, "%06o\0 ".formatted(sum));
        return header;
    }

    private static void put(byte[] header, int at, int length, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > length) {
            throw new IOException("the path is too long for an archive: " + text);
        }
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }
}
