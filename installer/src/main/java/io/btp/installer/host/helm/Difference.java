package io.btp.installer.host.helm;

import io.btp.installer.api.Change;
import io.btp.installer.api.contract.Secret;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lists the fields in which two trees of values differ, without showing what is confidential. */
final class Difference {
    private static final String HIDDEN = "(hidden)";
    private static final int LONGEST_TEXT = 200;
    private static final Pattern SENSITIVE = Pattern.compile(
            "(?i)\\.env\\[|password|passwd|secret|token|credential|private|apikey|dsn|connectionstring");

    private final Confidential secrets;
    private final Set<String> hiddenBelow;
    private final List<Change> changes = new ArrayList<>();

    private Difference(Confidential secrets, Set<String> hiddenBelow) {
        this.secrets = secrets;
        this.hiddenBelow = hiddenBelow;
    }

    /**
     * Compares; a number is the same however it is written, and what is null or an empty map is as if it were not there.
     *
     * @param from plain texts
     * @param to plain texts, or secrets as leaves
     */
    static List<Change> between(String root, @Nullable Object from, @Nullable Object to, Confidential secrets) {
        return between(root, from, to, secrets, Set.of());
    }

    /**
     * Compares two manifests of one object.
     *
     * @param hiddenBelow fields below which nothing is shown
     */
    static List<Change> between(
            String root, @Nullable Object from, @Nullable Object to, Confidential secrets, Set<String> hiddenBelow) {
        var difference = new Difference(secrets, hiddenBelow);
        difference.compare(root, from, to);
        return List.copyOf(difference.changes);
    }

    private void compare(String path, @Nullable Object from, @Nullable Object to) {
        if (from instanceof Map<?, ?> || to instanceof Map<?, ?>) {
            compareMaps(path, from, to);
            return;
        }
        var named = named(from).flatMap(old -> named(to).map(now -> List.of(old, now)));
        if (named.isPresent()) {
            var old = named.get().getFirst();
            var now = named.get().getLast();
            keys(old, now).forEach(key -> compare(path + "[" + key + "]", old.get(key), now.get(key)));
            return;
        }
        if (!isEqual(from, to)) {
            changes.add(change(path, from, to));
        }
    }

    private void compareMaps(String path, @Nullable Object from, @Nullable Object to) {
        var old = from instanceof Map<?, ?> map ? map : Map.of();
        var now = to instanceof Map<?, ?> map ? map : Map.of();
        if (!(from == null || from instanceof Map<?, ?>) || !(to == null || to instanceof Map<?, ?>)) {
            changes.add(change(path, from, to));
            return;
        }
        for (var key : keys(old, now)) {
            compare(path.isEmpty() ? key : path + "." + key, old.get(key), now.get(key));
        }
    }

    private Change change(String path, @Nullable Object from, @Nullable Object to) {
        var hidden = to == null
                ? SENSITIVE.matcher(path).find()
                : holdsSecret(to) || SENSITIVE.matcher(path).find();
        var below = hiddenBelow.stream().anyMatch(path::startsWith);
        return new Change(path, shown(from, hidden || below), shown(to, hidden || below));
    }

    private Optional<String> shown(@Nullable Object value, boolean hidden) {
        return Optional.ofNullable(value).map(some -> hidden ? HIDDEN : secrets.shown(shortened(String.valueOf(some))));
    }

    private String shortened(String text) {
        var clean = secrets.hidden(text);
        return clean.length() > LONGEST_TEXT ? clean.substring(0, LONGEST_TEXT) + "…" : clean;
    }

    private static boolean isEqual(@Nullable Object from, @Nullable Object to) {
        if (from == null || to == null) {
            return from == to;
        }
        if (from instanceof Map<?, ?> || to instanceof Map<?, ?>) {
            return between("", from, to, Confidential.none()).isEmpty();
        }
        if (from instanceof List<?> old && to instanceof List<?> now) {
            if (old.size() != now.size()) {
                return false;
            }
            for (int i = 0; i < old.size(); i++) {
                if (!isEqual(old.get(i), now.get(i))) {
                    return false;
                }
            }
            return true;
        }
        if (from instanceof Number old && to instanceof Number now) {
            return new BigDecimal(old.toString()).compareTo(new BigDecimal(now.toString())) == 0;
        }
        return plain(from).equals(plain(to));
    }

    private static Object plain(Object value) {
        return value instanceof Secret secret ? secret.reveal() : value;
    }

    private static boolean holdsSecret(@Nullable Object value) {
        return switch (value) {
            case null -> false;
            case Secret secret -> true;
            case Map<?, ?> map -> map.values().stream().anyMatch(Difference::holdsSecret);
            case List<?> list -> list.stream().anyMatch(Difference::holdsSecret);
            case Object other -> false;
        };
    }

    private static Optional<Map<String, Object>> named(@Nullable Object value) {
        var byName = new LinkedHashMap<String, Object>();
        if (!(value instanceof List<?> list) || list.isEmpty()) {
            return Optional.empty();
        }
        for (var item : list) {
            if (!(item instanceof Map<?, ?> map) || !(map.get("name") instanceof String name)) {
                return Optional.empty();
            }
            byName.put(name, map);
        }
        return byName.size() == list.size() ? Optional.of(byName) : Optional.empty();
    }

    private static Set<String> keys(Map<?, ?> one, Map<?, ?> other) {
        var keys = new LinkedHashSet<String>();
        one.keySet().forEach(key -> keys.add(String.valueOf(key)));
        other.keySet().forEach(key -> keys.add(String.valueOf(key)));
        return keys;
    }
}
