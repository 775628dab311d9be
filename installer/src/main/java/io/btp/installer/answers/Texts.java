package io.btp.installer.answers;

import io.btp.installer.api.Question;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The grammars of texts. */
final class Texts {
    static final Pattern HOST_NAME = Pattern.compile(
            "(?=.{1,253}$)([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)*[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern OCTETS = Pattern.compile("[0-9]+(\\.[0-9]+)*");
    private static final Pattern IPV4 = Pattern.compile("((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\\.(?!$)|$)){4}");
    private static final Pattern LOCAL_PART = Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}");
    private static final Pattern QUANTITY = Pattern.compile(
            "([0-9]{1,18}(\\.[0-9]{1,18})?|\\.[0-9]{1,18})(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei|[eE][0-9]{1,2})?");
    private static final Pattern DURATION = Pattern.compile("(?=.)(([0-9]{1,6})h)?(([0-9]{1,8})m)?(([0-9]{1,9})s)?");

    private Texts() {}

    /** Says why a text does not fit the kind; empty where it does. Goes on from the path. */
    static Optional<String> refusal(Question<?> question, String text) {
        boolean fits = switch (question.kind()) {
            case LABEL -> LABEL.matcher(text).matches();
            case HOST -> isHost(text);
            case EMAIL -> isEmail(text);
            case CIDR -> isCidr(text);
            case QUANTITY -> QUANTITY.matcher(text).matches();
            case DURATION -> DURATION.matcher(text).matches();
            case CHOICE -> question.choices().contains(text);
            case URL -> {
                if (hasPassword(text)) {
                    yield false;
                }
                yield isUrl(text);
            }
            case TEXT, PATH, TEXTS -> text.codePoints().noneMatch(Character::isISOControl);
            case PORT, FLAG, INTEGER, SECRET, TREE, FORMS ->
                throw new IllegalStateException("not a text: " + question.kind());
        };
        if (fits) {
            return Optional.empty();
        }
        if (question.kind() == Question.Kind.URL && hasPassword(text)) {
            return Optional.of("holds a user name or password, expected a URL without");
        }
        return Optional.of("is " + Shown.quoted(text) + ", expected " + expected(question, text));
    }

    private static String expected(Question<?> question, String text) {
        return switch (question.kind()) {
            case TEXTS -> "a text of one line";
            case HOST ->
                text.contains("/") || text.matches(".*:[0-9]+")
                        ? "a host name or IP address, without scheme, port and path"
                        : Expectations.expected(question);
            case TEXT,
                    LABEL,
                    EMAIL,
                    CIDR,
                    QUANTITY,
                    DURATION,
                    CHOICE,
                    URL,
                    PATH,
                    PORT,
                    FLAG,
                    INTEGER,
                    SECRET,
                    TREE,
                    FORMS -> Expectations.expected(question);
        };
    }

    private static boolean isHost(String text) {
        if (text.contains(":")) {
            return isIpv6(text);
        }
        return OCTETS.matcher(text).matches()
                ? IPV4.matcher(text).matches()
                : HOST_NAME.matcher(text).matches();
    }

    private static boolean isIpv6(String text) {
        return text.matches("[0-9a-fA-F:.]{2,45}") && address(text).isPresent();
    }

    private static Optional<InetAddress> address(String text) {
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException invalid) {
            return Optional.empty();
        }
    }

    private static boolean isEmail(String text) {
        int at = text.lastIndexOf('@');
        return at > 0
                && text.length() <= 254
                && LOCAL_PART.matcher(text.substring(0, at)).matches()
                && HOST_NAME.matcher(text.substring(at + 1)).matches();
    }

    private static boolean isCidr(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !text.substring(slash + 1).matches("0|[1-9][0-9]{0,2}")) {
            return false;
        }
        var host = text.substring(0, slash);
        boolean known = host.contains(":") ? isIpv6(host) : IPV4.matcher(host).matches();
        if (!known) {
            return false;
        }
        var bytes = address(host).orElseThrow().getAddress();
        int length = Integer.parseInt(text.substring(slash + 1));
        int bits = bytes.length * 8;
        return length <= bits && isZeroBeyond(bytes, bits - length);
    }

    private static boolean isZeroBeyond(byte[] bytes, int hostBits) {
        return new BigInteger(1, bytes).getLowestSetBit() >= hostBits || new BigInteger(1, bytes).signum() == 0;
    }

    private static boolean isUrl(String text) {
        try {
            var uri = new URI(text);
            return uri.isAbsolute() && uri.getHost() != null && uri.getPort() <= 65_535;
        } catch (URISyntaxException invalid) {
            return false;
        }
    }

    /** Anything before an at sign of the authority may be confidential. */
    static boolean hasPassword(String url) {
        int authority = url.indexOf("//");
        if (authority < 0) {
            return url.contains("@") && url.contains(":");
        }
        var rest = url.substring(authority + 2);
        int end = rest.indexOf('/');
        return (end < 0 ? rest : rest.substring(0, end)).contains("@") || !isUrl(url) && rest.contains("@");
    }

    static Duration duration(String text) {
        var parts = DURATION.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not a duration: " + text);
        }
        return Duration.ofHours(amount(parts.group(2)))
                .plusMinutes(amount(parts.group(4)))
                .plusSeconds(amount(parts.group(6)));
    }

    private static long amount(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    /** Writes whole seconds; empty where a duration is none. */
    static Optional<String> written(Duration duration) {
        if (duration.isNegative() || duration.getNano() != 0) {
            return Optional.empty();
        }
        var text = new StringBuilder();
        append(text, duration.toHours(), "h");
        append(text, duration.toMinutesPart(), "m");
        append(text, duration.toSecondsPart(), "s");
        return Optional.of(text.isEmpty() ? "0s" : text.toString());
    }

    private static void append(StringBuilder text, long amount, String unit) {
        if (amount > 0) {
            text.append(amount).append(unit);
        }
    }

    static Number narrow(BigInteger number) {
        if (number.bitLength() < Integer.SIZE) {
            return number.intValue();
        }
        return number.bitLength() < Long.SIZE ? (Number) number.longValue() : number;
    }

    static Number number(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".nan")) {
            return Double.NaN;
        }
        if (lower.endsWith(".inf")) {
            return lower.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        return new BigDecimal(text).doubleValue();
    }
}
