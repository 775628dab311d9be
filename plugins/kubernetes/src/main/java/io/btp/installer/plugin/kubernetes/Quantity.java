package io.btp.installer.plugin.kubernetes;

import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A Kubernetes quantity: {@code 20Gi}, {@code 1.5T}, {@code 5e9}.
 *
 * @param bytes what it says in the base unit
 * @param text as it was given
 */
record Quantity(BigDecimal bytes, String text) implements Comparable<Quantity> {
    private static final Pattern FORM =
            Pattern.compile("([0-9]+(?:\\.[0-9]+)?(?:[eE][0-9]{1,2})?)(Ki|Mi|Gi|Ti|Pi|Ei|k|M|G|T|P|E|)");
    private static final BigDecimal KILO = BigDecimal.valueOf(1000);
    private static final BigDecimal KIBI = BigDecimal.valueOf(1024);
    private static final Map<String, BigDecimal> UNITS = Map.ofEntries(
            Map.entry("", BigDecimal.ONE),
            Map.entry("k", KILO),
            Map.entry("M", KILO.pow(2)),
            Map.entry("G", KILO.pow(3)),
            Map.entry("T", KILO.pow(4)),
            Map.entry("P", KILO.pow(5)),
            Map.entry("E", KILO.pow(6)),
            Map.entry("Ki", KIBI),
            Map.entry("Mi", KIBI.pow(2)),
            Map.entry("Gi", KIBI.pow(3)),
            Map.entry("Ti", KIBI.pow(4)),
            Map.entry("Pi", KIBI.pow(5)),
            Map.entry("Ei", KIBI.pow(6)));

    static Quantity of(String text) {
        var parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("a size is a number with a unit, for example 20Gi: " + text);
        }
        var unit = UNITS.getOrDefault(parts.group(2), BigDecimal.ONE);
        return new Quantity(new BigDecimal(parts.group(1)).multiply(unit), text);
    }

    @Override
    public int compareTo(Quantity other) {
        return bytes.compareTo(other.bytes);
    }

    /** Equal by size, not by how it is written. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Quantity quantity && compareTo(quantity) == 0;
    }

    @Override
    public int hashCode() {
        return bytes.stripTrailingZeros().hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
