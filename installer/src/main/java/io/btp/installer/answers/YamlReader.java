package io.btp.installer.answers;

import io.btp.installer.answers.Node.Entry;
import io.btp.installer.answers.Node.Items;
import io.btp.installer.answers.Node.Mapping;
import io.btp.installer.answers.Node.Refused;
import io.btp.installer.answers.Node.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads YAML text into nodes by the parser's events, so that every node keeps its place and nothing is expanded. What
 * the parser says of a fault is passed on only where it cannot quote the text.
 */
final class YamlReader {
    private static final int DEEPEST = 64;
    private static final int MOST = 20_000;
    private static final Pattern QUOTES = Pattern.compile("anchor|alias|tag|handle|directive|prefix|version|found:");

    /** Gives the place for line and column, both from 1. */
    @FunctionalInterface
    interface Places {
        Provenance at(int line, int column);
    }

    private final String text;
    private final Places places;
    private final Problems problems;
    private final Parser parser;
    private int count;

    private YamlReader(String text, Places places, Problems problems) {
        this.text = text;
        this.places = places;
        this.problems = problems;
        // A buffer that holds everything is never moved: with a small one a long line is copied again and again.
        var settings = LoadSettings.builder()
                .setUseMarks(true)
                .setBufferSize(text.length() + 16)
                .build();
        this.parser = new ParserImpl(settings, new StreamReader(settings, text));
    }

    /**
     * Reads one document; no text is the node that says nothing.
     *
     * @throws InvalidAnswers if it is not YAML, nested too deep, or several documents; with the problems so far
     */
    static Node read(String text, Places places, Problems problems) {
        return new YamlReader(text, places, problems).document();
    }

    private Node document() {
        try {
            parser.next();
            if (parser.checkEvent(Event.ID.StreamEnd)) {
                return Scalar.plain("", places.at(1, 1));
            }
            parser.next();
            var root = node(0, "");
            parser.next();
            if (!parser.checkEvent(Event.ID.StreamEnd)) {
                throw fatal(
                        at(parser.peekEvent()),
                        "begins a second document, expected one",
                        "Keep one document, without \"---\" between");
            }
            return root;
        } catch (MarkedYamlEngineException fault) {
            throw syntax(fault);
        } catch (ReaderException fault) {
            throw fatal(
                    atIndex(fault.getPosition()),
                    "holds a character that YAML does not allow (U+%04X)".formatted(fault.getCodePoint()),
                    "Remove the character");
        } catch (YamlEngineException | NumberFormatException | IndexOutOfBoundsException fault) {
            // The last two are the library's slips: an escape that the end of the text cuts, halves of characters.
            throw fatal(places.at(1, 1), "is not YAML", "Mend the syntax");
        }
    }

    private Node node(int depth, String path) {
        var event = parser.next();
        var where = at(event);
        if (depth > DEEPEST) {
            throw fatal(where, "is nested deeper than " + DEEPEST + " levels", "Nest less deep");
        }
        count++;
        if (count > MOST) {
            throw fatal(
                    where,
                    "holds more than " + MOST + " keys and values",
                    "Put large chart values into a file of their own");
        }
        if (event instanceof AliasEvent) {
            refuse(where, path, "is an alias (*name)", "Write the value out");
            return new Refused(where);
        }
        checkPlain((NodeEvent) event, where, path);
        return switch (event.getEventId()) {
            case MappingStart -> mapping(depth, path, where);
            case SequenceStart -> items(depth, path, where);
            default -> scalar((ScalarEvent) event, path, where);
        };
    }

    private void checkPlain(NodeEvent event, Provenance where, String path) {
        if (event.getAnchor().isPresent()) {
            refuse(where, path, "has an anchor (&name)", "Remove the anchor and write the value out where it is used");
        }
        var tag = event instanceof ScalarEvent scalar ? scalar.getTag() : ((CollectionStartEvent) event).getTag();
        if (tag.isPresent()) {
            refuse(where, path, "has a tag (!name)", "Remove the tag; put a text between quotes");
        }
    }

    private void refuse(Provenance where, String path, String what, String remedy) {
        problems.add(AnswerProblem.of(where, path, what + ", which is not used in answers", remedy));
    }

    private Node scalar(ScalarEvent event, String path, Provenance where) {
        var value = event.getValue();
        if (value.codePoints().anyMatch(it -> it >= Character.MIN_SURROGATE && it <= Character.MAX_SURROGATE)) {
            problems.add(AnswerProblem.of(where, path, "is not valid Unicode", "Remove the lone surrogate"));
            return new Refused(where);
        }
        return event.isPlain() ? Scalar.plain(value, where) : new Scalar(value, Node.Type.TEXT, where);
    }

    private Items items(int depth, String path, Provenance where) {
        var items = new ArrayList<Node>();
        while (!parser.checkEvent(Event.ID.SequenceEnd)) {
            items.add(node(depth + 1, path));
        }
        parser.next();
        return new Items(items, where);
    }

    private Mapping mapping(int depth, String path, Provenance where) {
        var entries = new LinkedHashMap<String, Entry>();
        while (!parser.checkEvent(Event.ID.MappingEnd)) {
            var key = node(depth + 1, path);
            if (!(key instanceof Scalar name)) {
                problems.add(
                        AnswerProblem.of(key.where(), path, "has a key that is no text", "Name the key by a text"));
                node(depth + 1, path);
                continue;
            }
            var inner = path.isEmpty() ? Shown.cut(name.text()) : path + "." + Shown.cut(name.text());
            var first = Optional.ofNullable(entries.get(name.text()));
            first.ifPresent(entry -> problems.add(AnswerProblem.of(
                    name.where(), inner, "is there twice, first at " + entry.key(), "Keep one of the two")));
            var entry = new Entry(name.where(), node(depth + 1, inner));
            entries.putIfAbsent(name.text(), entry);
        }
        parser.next();
        return new Mapping(entries, where);
    }

    private Provenance at(Event event) {
        return event.getStartMark().map(this::at).orElseGet(() -> places.at(1, 1));
    }

    private Provenance at(Mark mark) {
        return places.at(mark.getLine() + 1, mark.getColumn() + 1);
    }

    private Provenance atIndex(int index) {
        var before =
                text.substring(0, text.offsetByCodePoints(0, Math.min(index, text.codePointCount(0, text.length()))));
        int line = (int) before.chars().filter(it -> it == '\n').count() + 1;
        return places.at(line, before.length() - before.lastIndexOf('\n'));
    }

    private InvalidAnswers syntax(MarkedYamlEngineException fault) {
        var mark = fault.getProblemMark().or(fault::getContextMark);
        var where = mark.map(this::at).orElseGet(() -> places.at(1, 1));
        if (mark.filter(this::indentedByTab).isPresent()) {
            return fatal(where, "has a tab in the indentation", "Indent with spaces");
        }
        var problem = Optional.ofNullable(fault.getProblem())
                .filter(it -> !QUOTES.matcher(it).find());
        var said = problem.map(it -> ": " + Shown.cut(it)).orElse("");
        return fatal(where, "is not YAML" + said, "Mend the syntax; put texts with special characters between quotes");
    }

    private boolean indentedByTab(Mark mark) {
        var line = text.lines().skip(mark.getLine()).findFirst().orElse("");
        return line.substring(0, line.length() - line.stripLeading().length()).contains("\t");
    }

    private InvalidAnswers fatal(Provenance where, String message, String remedy) {
        return problems.with(AnswerProblem.of(where, "", "the text " + message, remedy));
    }
}
