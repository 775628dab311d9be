package io.btp.installer.host.kubernetes;

import io.btp.installer.api.Change;
import io.btp.installer.api.contract.Secret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says what an apply changes: compares an object as it lives with the same object after a dry-run apply.
 *
 * <p>Both went through the server's defaults and other managers' fields, so what differs is what the apply does. Only
 * fields that the manifest names are looked at, and fields that go because an earlier manifest named them.
 */
final class Comparison {
    private static final String HIDDEN = "(hidden)";
    private static final Pattern SENSITIVE = Pattern.compile("(?i)\\.env\\[|password|secret|token|credential|private");
    private static final Set<String> SERVER_FIELDS = Set.of(
            "managedFields",
            "resourceVersion",
            "generation",
            "uid",
            "creationTimestamp",
            "selfLink",
            "deletionTimestamp");

    private final boolean confidential;
    private final List<Change> changes = new ArrayList<>();

    private Comparison(boolean confidential) {
        this.confidential = confidential;
    }

    /** Lists what differs. */
    static List<Change> of(Map<String, Object> manifest, Map<String, Object> live, Map<String, Object> applied) {
        var comparison = new Comparison(Manifests.isSecret(manifest));
        for (var field : union(live, applied)) {
            if (field.equals("metadata")) {
                comparison.compareMetadata(
                        Fields.map(manifest, field), Fields.map(live, field), Fields.map(applied, field));
            } else if (!field.equals("status")) {
                comparison.compare(field, manifest.get(field), live.get(field), applied.get(field));
            }
        }
        return List.copyOf(comparison.changes);
    }

    /** Lists the fields of an object that is not there yet. */
    static List<Change> ofNew(Map<String, Object> manifest) {
        var comparison = new Comparison(Manifests.isSecret(manifest));
        var shown = new LinkedHashMap<>(manifest);
        shown.keySet().removeAll(Set.of("apiVersion", "kind", "metadata"));
        comparison.added("", shown);
        return List.copyOf(comparison.changes);
    }

    private void compareMetadata(Map<String, Object> manifest, Map<String, Object> live, Map<String, Object> applied) {
        for (var field : union(live, applied)) {
            if (!SERVER_FIELDS.contains(field)) {
                compare("metadata." + field, manifest.get(field), live.get(field), applied.get(field));
            }
        }
    }

    private void compare(String path, @Nullable Object wanted, @Nullable Object live, @Nullable Object applied) {
        if (Objects.equals(live, applied)) {
            return;
        }
        if (live instanceof Map<?, ?> liveMap && applied instanceof Map<?, ?> appliedMap) {
            for (var key : union(liveMap, appliedMap)) {
                compare(path + "." + key, child(wanted, key), liveMap.get(key), appliedMap.get(key));
            }
            return;
        }
        if (live instanceof List<?> liveList
                && applied instanceof List<?> appliedList
                && wanted instanceof List<?> wantedList
                && named(liveList).isPresent()
                && named(appliedList).isPresent()
                && named(wantedList).isPresent()) {
            compareNamed(
                    path,
                    named(wantedList).get(),
                    named(liveList).get(),
                    named(appliedList).get());
            return;
        }
        if (wanted != null || applied == null) {
            change(path, wanted, live, applied);
        }
    }

    private void compareNamed(
            String path,
            Map<String, ? extends Map<?, ?>> wanted,
            Map<String, ? extends Map<?, ?>> live,
            Map<String, ? extends Map<?, ?>> applied) {
        for (var name : union(live, applied)) {
            compare(path + "[" + name + "]", wanted.get(name), live.get(name), applied.get(name));
        }
    }

    private void change(String path, @Nullable Object wanted, @Nullable Object live, @Nullable Object applied) {
        // What goes was named by an earlier manifest, where it may have been a secret.
        var hidden = isHidden(path)
                || holdsSecret(wanted)
                || (wanted == null && SENSITIVE.matcher(path).find());
        changes.add(new Change(path, shown(live, hidden), shown(applied, hidden)));
    }

    private void added(String path, @Nullable Object wanted) {
        switch (wanted) {
            case null -> {
                // A field that is null is not set.
            }
            case Map<?, ?> map
            when !map.isEmpty() ->
                map.forEach((key, value) -> added(path.isEmpty() ? String.valueOf(key) : path + "." + key, value));
            case Object leaf ->
                changes.add(new Change(path, Optional.empty(), shown(leaf, isHidden(path) || leaf instanceof Secret)));
        }
    }

    private boolean isHidden(String path) {
        return confidential && (path.startsWith("data.") || path.startsWith("stringData.") || path.equals("data"));
    }

    // Lists may hold manifests' secrets; their text is "(hidden)", but what lives is plain.
    private static boolean holdsSecret(@Nullable Object wanted) {
        return switch (wanted) {
            case null -> false;
            case Secret secret -> true;
            case Map<?, ?> map -> map.values().stream().anyMatch(Comparison::holdsSecret);
            case List<?> list -> list.stream().anyMatch(Comparison::holdsSecret);
            case Object other -> false;
        };
    }

    private static Optional<String> shown(@Nullable Object value, boolean hidden) {
        return Optional.ofNullable(value).map(some -> hidden ? HIDDEN : String.valueOf(some));
    }

    private static @Nullable Object child(@Nullable Object wanted, String key) {
        return wanted instanceof Map<?, ?> map ? map.get(key) : null;
    }

    private static Optional<Map<String, Map<?, ?>>> named(List<?> list) {
        var byName = new LinkedHashMap<String, Map<?, ?>>();
        for (var item : list) {
            if (!(item instanceof Map<?, ?> map) || !(map.get("name") instanceof String name)) {
                return Optional.empty();
            }
            byName.put(name, map);
        }
        return byName.size() == list.size() ? Optional.of(byName) : Optional.empty();
    }

    private static Set<String> union(Map<?, ?> one, Map<?, ?> other) {
        var keys = new LinkedHashSet<String>();
        one.keySet().forEach(key -> keys.add(String.valueOf(key)));
        other.keySet().forEach(key -> keys.add(String.valueOf(key)));
        return keys;
    }
}
