package io.btp.installer.host.helm;

import io.btp.installer.api.contract.Secret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Values of a release: merged, and revealed for one call. */
final class Values {
    private Values() {}

    /** Merges deeply: maps key by key, anything else by the last word. */
    static Map<String, Object> merged(Map<String, Object> under, Map<String, Object> over) {
        var merged = new LinkedHashMap<>(under);
        over.forEach((key, value) -> merged.put(key, mergedValue(under.get(key), value)));
        return merged;
    }

    // A null in values unsets a chart's default.
    @SuppressWarnings("NullAway")
    private static Object mergedValue(@Nullable Object under, @Nullable Object over) {
        return under instanceof Map<?, ?> low && over instanceof Map<?, ?> high
                ? merged(texts(low), texts(high))
                : over;
    }

    private static Map<String, Object> texts(Map<?, ?> map) {
        var copy = new LinkedHashMap<String, Object>();
        map.forEach((key, value) -> copy.put(String.valueOf(key), value));
        return copy;
    }

    /** Tells whether stored values have another text where these have a secret. */
    static boolean holdsOtherSecrets(Map<String, Object> stored, Map<String, Object> values) {
        return values.entrySet().stream().anyMatch(entry -> isOther(stored.get(entry.getKey()), entry.getValue()));
    }

    private static boolean isOther(@Nullable Object stored, @Nullable Object value) {
        return switch (value) {
            case Secret secret -> stored != null && !secret.reveal().equals(stored);
            case Map<?, ?> map -> stored instanceof Map<?, ?> old && holdsOtherSecrets(texts(old), texts(map));
            case List<?> list -> stored instanceof List<?> old && isOther(old, list);
            case null, default -> false;
        };
    }

    private static boolean isOther(List<?> stored, List<?> values) {
        return IntStream.range(0, Math.min(stored.size(), values.size()))
                .anyMatch(index -> isOther(stored.get(index), values.get(index)));
    }

    /** Gives the values with their secrets as plain texts. Lives as long as one call. */
    static Map<String, Object> revealed(Map<String, Object> values) {
        var plain = new LinkedHashMap<String, Object>();
        values.forEach((key, value) -> plain.put(key, revealedValue(value)));
        return plain;
    }

    @SuppressWarnings("NullAway") // as above
    private static Object revealedValue(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Secret secret -> secret.reveal();
            case Map<?, ?> map -> revealed(texts(map));
            case List<?> list ->
                new ArrayList<>(list.stream().map(Values::revealedValue).toList());
            case Object other -> other;
        };
    }

    /** Gives the texts of all secrets. Lives as long as one call. */
    static Confidential confidential(Map<String, Object> values) {
        var texts = new ArrayList<String>();
        collect(values, texts);
        return Confidential.of(texts);
    }

    private static void collect(@Nullable Object value, List<String> texts) {
        switch (value) {
            case null -> {
                // Nothing is set.
            }
            case Secret secret -> texts.add(secret.reveal());
            case Map<?, ?> map -> map.values().stream().filter(Objects::nonNull).forEach(item -> collect(item, texts));
            case List<?> list -> list.stream().filter(Objects::nonNull).forEach(item -> collect(item, texts));
            case Object other -> {
                // Other leaves are not confidential.
            }
        }
    }
}
