package io.btp.installer.answers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Changes the text of an answers file key by key. Comments, order and everything that is not named stay as they are. The
 * text has been read by {@link AnswersFile} before, so it is one document whose root is a mapping, without aliases.
 */
public final class AnswersEdit {
    private static final String INDENT = "  ";

    private String text;

    /** Begins with a text. */
    public AnswersEdit(String text) {
        this.text = text;
    }

    /** Gives the text as it is by now. */
    public String text() {
        return text;
    }

    /**
     * Answers a key.
     *
     * @param path dotted path
     * @param yaml a scalar or flow collection, as {@link Written} gives it
     */
    public void set(String path, String yaml) {
        var parts = List.of(path.split("\\.", -1));
        var root = root();
        if (root.isEmpty()) {
            append(nested(parts, yaml, ""));
            return;
        }
        set(root.get(), parts, yaml);
    }

    private void set(MappingNode mapping, List<String> parts, String yaml) {
        var found = find(mapping, parts.getFirst());
        if (found.isEmpty()) {
            insert(mapping, parts, yaml);
            return;
        }
        var value = found.get().getValueNode();
        var rest = parts.subList(1, parts.size());
        if (rest.isEmpty()) {
            replace(begin(value), end(value), isEmpty(value) ? " " + yaml : yaml);
        } else if (value instanceof MappingNode inner && !inner.getValue().isEmpty()) {
            set(inner, rest, yaml);
        } else {
            // Nothing, an empty mapping or a word stands where a mapping is needed now.
            var column = column(found.get().getKeyNode());
            replace(
                    begin(value),
                    end(value),
                    mapping.getFlowStyle() == FlowStyle.FLOW
                            ? " {" + flow(rest, yaml) + "}"
                            : "\n" + nested(rest, yaml, " ".repeat(column) + INDENT));
        }
    }

    /** Takes an answer out of force: a line of its own becomes a comment, an entry between braces goes. */
    public void drop(String path) {
        var parent = root();
        var parts = path.split("\\.", -1);
        for (int index = 0; index < parts.length - 1; index++) {
            var part = parts[index];
            parent = parent.flatMap(it -> find(it, part))
                    .map(NodeTuple::getValueNode)
                    .filter(MappingNode.class::isInstance)
                    .map(MappingNode.class::cast);
        }
        var mapping = parent;
        mapping.flatMap(it -> find(it, parts[parts.length - 1])).ifPresent(entry -> drop(mapping.get(), entry));
    }

    private void drop(MappingNode mapping, NodeTuple entry) {
        int from = begin(entry.getKeyNode());
        int to = end(entry.getValueNode());
        if (mapping.getFlowStyle() == FlowStyle.FLOW) {
            var isLast = mapping.getValue().getLast().equals(entry);
            var isFirst = mapping.getValue().getFirst().equals(entry);
            replace(isLast && !isFirst ? text.lastIndexOf(',', from) : from, isLast ? to : afterComma(to), "");
            return;
        }
        int line = text.lastIndexOf('\n', Math.max(0, from - 1)) + 1;
        replace(line, to, text.substring(line, to).replaceAll("(?m)^( *)", "$1# "));
    }

    private int afterComma(int index) {
        int next = text.indexOf(',', index) + 1;
        while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
            next++;
        }
        return next;
    }

    private void insert(MappingNode mapping, List<String> parts, String yaml) {
        if (mapping.getFlowStyle() == FlowStyle.FLOW) {
            int brace = index(mapping.getEndMark()) - 1;
            while (Character.isWhitespace(text.charAt(brace - 1))) {
                brace--;
            }
            replace(brace, brace, (mapping.getValue().isEmpty() ? "" : ", ") + flow(parts, yaml));
            return;
        }
        var indent = " ".repeat(column(mapping.getValue().getFirst().getKeyNode()));
        int last = end(mapping);
        int line = text.indexOf('\n', last);
        if (line < 0) {
            append(nested(parts, yaml, indent));
        } else {
            replace(line + 1, line + 1, nested(parts, yaml, indent) + "\n");
        }
    }

    private void append(String lines) {
        text = text + (text.isEmpty() || text.endsWith("\n") ? "" : "\n") + lines + "\n";
    }

    private static String nested(List<String> parts, String yaml, String indent) {
        var lines = new ArrayList<String>();
        var deeper = indent;
        for (var part : parts.subList(0, parts.size() - 1)) {
            lines.add(deeper + Canonical.scalar(part) + ":");
            deeper += INDENT;
        }
        lines.add(deeper + Canonical.scalar(parts.getLast()) + ": " + yaml);
        return String.join("\n", lines);
    }

    private static String flow(List<String> parts, String yaml) {
        var inner = parts.size() == 1 ? yaml : "{" + flow(parts.subList(1, parts.size()), yaml) + "}";
        return Canonical.scalar(parts.getFirst()) + ": " + inner;
    }

    private Optional<MappingNode> root() {
        var settings = LoadSettings.builder()
                .setUseMarks(true)
                .setBufferSize(text.length() + 16)
                .build();
        var composer = new Composer(settings, new ParserImpl(settings, new StreamReader(settings, text)));
        return composer.getSingleNode().filter(MappingNode.class::isInstance).map(MappingNode.class::cast);
    }

    private static Optional<NodeTuple> find(MappingNode mapping, String key) {
        return mapping.getValue().stream()
                .filter(entry -> entry.getKeyNode() instanceof ScalarNode name
                        && name.getValue().equals(key))
                .findFirst();
    }

    private static boolean isEmpty(Node node) {
        return node.getStartMark().map(Mark::getIndex).equals(node.getEndMark().map(Mark::getIndex));
    }

    private int begin(Node node) {
        return index(node.getStartMark());
    }

    /** The parser says that a block ends where the next begins, behind comments and blank lines. */
    private int end(Node node) {
        if (node instanceof CollectionNode<?> block && block.getFlowStyle() != FlowStyle.FLOW) {
            return switch (block) {
                case MappingNode mapping -> end(mapping.getValue().getLast().getValueNode());
                case SequenceNode sequence -> end(sequence.getValue().getLast());
                default -> throw new IllegalStateException("a collection is a mapping or a sequence");
            };
        }
        int end = index(node.getEndMark());
        int begin = begin(node);
        while (end > begin && text.charAt(end - 1) == '\n') {
            end--;
        }
        return end;
    }

    private static int column(Node node) {
        return node.getStartMark().map(Mark::getColumn).orElseThrow();
    }

    /** Marks count code points. */
    private int index(Optional<Mark> mark) {
        return text.offsetByCodePoints(0, mark.orElseThrow().getIndex());
    }

    private void replace(int from, int to, String with) {
        text = text.substring(0, from) + with + text.substring(to);
    }
}
