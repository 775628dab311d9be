package io.btp.installer.host.kubernetes;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.constructor.StandardConstructor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads YAML of others as trees of bounded depth and size. Aliases count as what they name: whoever walks through the
 * tree later meets that each time.
 */
public final class YamlDocuments {
    private static final int DEEPEST = 100;
    private static final long MOST = 1_000_000;

    private YamlDocuments() {}

    /**
     * Reads the documents of a text.
     *
     * @throws YamlEngineException if it is not YAML, is nested too deep or too large, or holds itself
     */
    public static List<@Nullable Object> read(LoadSettings settings, String text) {
        var parser = new Bounded(new ParserImpl(settings, new StreamReader(settings, text)));
        var nodes = new Composer(settings, parser);
        var documents = new ArrayList<@Nullable Object>();
        try {
            while (nodes.hasNext()) {
                documents.add(new StandardConstructor(settings).constructSingleDocument(Optional.of(nodes.next())));
            }
        } catch (NumberFormatException | IndexOutOfBoundsException damaged) {
            // The library's slips: an escape that the end of the text cuts, halves of characters.
            throw new YamlEngineException("it is cut off, or holds halves of characters", damaged);
        }
        return documents;
    }

    /** Hands a parser's events on, as long as they are within the bounds. */
    private static final class Bounded implements Parser {
        private final Parser parser;
        private final Deque<Open> open = new ArrayDeque<>();
        private final Map<Anchor, Long> sizes = new HashMap<>();
        private long size;

        /** A collection that is not at its end. */
        private record Open(Optional<Anchor> anchor, long before) {}

        Bounded(Parser parser) {
            this.parser = parser;
        }

        @Override
        public boolean checkEvent(Event.ID choice) {
            return parser.checkEvent(choice);
        }

        @Override
        public Event peekEvent() {
            return parser.peekEvent();
        }

        @Override
        public boolean hasNext() {
            return parser.hasNext();
        }

        @Override
        public Event next() {
            var event = parser.next();
            count(event);
            if (open.size() > DEEPEST) {
                throw new YamlEngineException("it is nested deeper than " + DEEPEST + " levels");
            }
            if (size > MOST) {
                throw new YamlEngineException("it holds more than " + MOST + " values, with aliases written out");
            }
            return event;
        }

        private void count(Event event) {
            switch (event) {
                case DocumentStartEvent start -> sizes.clear();
                case CollectionStartEvent start -> open.push(new Open(start.getAnchor(), size++));
                case CollectionEndEvent end -> {
                    var whole = open.pop();
                    whole.anchor().ifPresent(anchor -> sizes.put(anchor, size - whole.before()));
                }
                case ScalarEvent scalar -> {
                    size++;
                    scalar.getAnchor().ifPresent(anchor -> sizes.put(anchor, 1L));
                }
                case AliasEvent alias ->
                    size += Optional.ofNullable(sizes.get(alias.getAlias()))
                            .orElseThrow(() -> new YamlEngineException(
                                    "it has an alias of what is not there, or not at its end, before it"));
                default -> {
                    // What else there is bears no value.
                }
            }
        }
    }
}
