package io.btp.installer.screen;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** Texts as somebody might send them who wants a terminal to do what it should not. */
public final class HostileText {
    private static final List<String> PIECES = List.of(
            "\u001b[2J",
            "\u001b]0;owned\u0007",
            "\u001b[",
            "\u001b[111111111111111111111111111111111111111111111111111111111111111111111111",
            "m",
            "\u001b",
            "\u009b31m",
            "\0",
            "\r",
            "\n",
            "\t",
            "\u202e",
            "\u2066",
            "\u200d",
            "e\u0301\u0301",
            "\u0301",
            "\ud83d\ude00",
            "\ud83d\udc69\u200d\ud83d\udd27",
            "\ud83d",
            "\ude00",
            "漢",
            "カ",
            "한",
            "\u0915\u094d\u0937",
            "\u05d0",
            "ﷺ",
            "ö",
            "ж",
            " ",
            "word",
            "averylongwordwithoutanyblankinit",
            "${env:X}",
            "\"",
            "'",
            ": {");

    private HostileText() {}

    /** Gives one of chance. */
    public static String of(Random random) {
        return random.ints(random.nextInt(12), 0, PIECES.size())
                .mapToObj(PIECES::get)
                .collect(Collectors.joining());
    }
}
