package io.btp.installer.host.helm;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.constructor.ConstructScalar;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Reads plain scalars as Helm and kubectl do, which is by YAML 1.1: {@code 0400} is an octal number, {@code yes} is true.
 * Read otherwise, what a chart renders would differ from what Helm made of it.
 */
public final class GoSchema extends CoreSchema {
    private static final Pattern INTEGER =
            Pattern.compile("[-+]?(0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|[0-9][0-9_]*)");
    private static final Set<String> TRUE = Set.of("y", "yes", "true", "on");
    private static final Set<String> FALSE = Set.of("n", "no", "false", "off");

    private final ScalarResolver core = super.getScalarResolver();

    @Override
    public ScalarResolver getScalarResolver() {
        return (text, plain) -> {
            if (!plain) {
                return core.resolve(text, plain);
            }
            if (INTEGER.matcher(text).matches()) {
                return Tag.INT;
            }
            return isWord(text, TRUE) || isWord(text, FALSE) ? Tag.BOOL : core.resolve(text, plain);
        };
    }

    /** Tells whether it is one of the words: in small letters, in capitals, or with a capital at its beginning. */
    private static boolean isWord(String text, Set<String> words) {
        var small = text.toLowerCase(Locale.ROOT);
        return words.contains(small)
                && (text.equals(small)
                        || text.equals(small.toUpperCase(Locale.ROOT))
                        || text.substring(1).equals(small.substring(1)));
    }

    @Override
    public Map<Tag, ConstructNode> getSchemaTagConstructors() {
        var constructors = new HashMap<>(super.getSchemaTagConstructors());
        constructors.put(Tag.INT, new Scalar() {
            @Override
            Object value(String text) {
                return number(text);
            }
        });
        constructors.put(Tag.BOOL, new Scalar() {
            @Override
            Object value(String text) {
                return isWord(text, TRUE);
            }
        });
        return constructors;
    }

    private static Number number(String text) {
        var digits = text.replace("_", "").toLowerCase(Locale.ROOT);
        var sign = digits.startsWith("-") ? "-" : "";
        digits = digits.startsWith("-") || digits.startsWith("+") ? digits.substring(1) : digits;
        var number = switch (digits.length() > 1 ? digits.substring(0, 2) : digits) {
            case "0x" -> new BigInteger(sign + digits.substring(2), 16);
            case "0o" -> new BigInteger(sign + digits.substring(2), 8);
            case "0b" -> new BigInteger(sign + digits.substring(2), 2);
            default -> new BigInteger(sign + digits, digits.matches("0[0-7]+") ? 8 : 10);
        };
        if (number.bitLength() < Integer.SIZE) {
            return number.intValue();
        }
        return number.bitLength() < Long.SIZE ? number.longValue() : number;
    }

    private abstract static class Scalar extends ConstructScalar {
        @Override
        public Object construct(Node node) {
            return value(constructScalar(node));
        }

        abstract Object value(String text);
    }
}
