package io.btp.installer.host.kubernetes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads fields of objects that are nested maps and lists; what is absent or of another type is empty. */
public final class Fields {
    private Fields() {}

    /** Gives what stands at a path. */
    public static Optional<Object> at(Map<?, ?> object, String... path) {
        @Nullable Object here = object;
        for (var key : path) {
            here = here instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return Optional.ofNullable(here);
    }

    /** Gives a text, number or boolean as text. */
    public static Optional<String> text(Map<?, ?> object, String... path) {
        return at(object, path)
                .filter(value -> !(value instanceof Map<?, ?>) && !(value instanceof List<?>))
                .map(String::valueOf);
    }

    /** Gives a whole number. */
    public static Optional<Long> number(Map<?, ?> object, String... path) {
        return at(object, path).filter(Number.class::isInstance).map(value -> ((Number) value).longValue());
    }

    /** Tells whether there is a boolean and it is true. */
    public static boolean flag(Map<?, ?> object, String... path) {
        return at(object, path).filter(Boolean.TRUE::equals).isPresent();
    }

    /** Gives a map, empty where there is none. */
    public static Map<String, Object> map(Map<?, ?> object, String... path) {
        return at(object, path).map(Fields::asMap).orElseGet(Map::of);
    }

    /** Gives the maps in a list, empty where there is none. */
    public static List<Map<String, Object>> maps(Map<?, ?> object, String... path) {
        var found = new ArrayList<Map<String, Object>>();
        if (at(object, path).orElse(null) instanceof List<?> list) {
            list.forEach(item -> {
                if (item instanceof Map<?, ?>) {
                    found.add(asMap(item));
                }
            });
        }
        return found;
    }

    /** Gives the items of a list as texts, empty where there is none. */
    public static List<String> texts(Map<?, ?> object, String... path) {
        return at(object, path).orElse(null) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    /** Gives an object's labels. */
    public static Map<String, String> labels(Map<?, ?> object) {
        var labels = new LinkedHashMap<String, String>();
        map(object, "metadata", "labels").forEach((key, value) -> labels.put(key, String.valueOf(value)));
        return labels;
    }

    /** Copies a map with one key replaced. */
    public static Map<String, Object> with(Map<String, Object> object, String key, Object value) {
        var copy = new LinkedHashMap<>(object);
        copy.put(key, value);
        return copy;
    }

    private static Map<String, Object> asMap(Object value) {
        var map = new LinkedHashMap<String, Object>();
        if (value instanceof Map<?, ?> entries) {
            entries.forEach((key, item) -> map.put(String.valueOf(key), nullable(item)));
        }
        return map;
    }

    // A field that is explicitly null is kept: server-side apply tells it from an absent one.
    @SuppressWarnings("NullAway")
    private static Object nullable(@Nullable Object item) {
        return item;
    }

    /** Tells whether an object is being removed. */
    public static boolean isGoing(Map<String, Object> object) {
        return text(object, "metadata", "deletionTimestamp").isPresent();
    }
}
