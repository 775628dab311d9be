package io.btp.installer.host.kubernetes;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells of an object, without asking the API server, that an apply of a manifest would change nothing of it.
 *
 * <p>Every value that the manifest names has to live as it is named. What an apply does with values that live beside them
 * depends on their type: in most maps and lists it leaves them alone, others it replaces as a whole. The server says which
 * are which in {@code managedFields}: there a map or list that is replaced as a whole has no fields of its own, and has to be
 * exactly as the manifest says. Whatever cannot be told for sure is no: then the server is asked.
 */
final class AsWritten {
    /** Set by the server, or no part of what an apply brings. */
    private static final Set<String> NOT_COMPARED = Set.of("apiVersion", "kind", "status");

    private static final Set<String> NAMES = Set.of("name", "namespace", "creationTimestamp");

    private static final Set<String> WITHOUT_METADATA = Set.of("apiVersion", "kind", "status", "metadata");

    /** What the server adds inside of what is replaced as a whole, by the field around it, and so adds again. */
    private static final Map<String, Map<String, Object>> DEFAULTS =
            Map.of("fieldRef", Map.of("apiVersion", "v1"), "ports", Map.of("protocol", "TCP"));

    private final Map<String, Map<String, Object>> defaults;

    private AsWritten(Map<String, Map<String, Object>> defaults) {
        this.defaults = defaults;
    }

    /**
     * Tells whether an apply certainly changes nothing.
     *
     * @param manifest without {@code stringData}
     * @param live the object, as the version of the API gives it that the manifest names
     */
    static boolean holds(Map<String, Object> manifest, Map<String, Object> live) {
        var managers = Fields.maps(live, "metadata", "managedFields");
        var earlier = managers.stream().filter(AsWritten::isOurApply).toList();
        if (!earlier.stream()
                .allMatch(apply -> isOf(manifest, apply) && names(manifest, Fields.map(apply, "fieldsV1")))) {
            return false;
        }
        var fields = new LinkedHashMap<String, Object>();
        managers.stream()
                .filter(manager -> isOf(manifest, manager))
                .filter(manager -> Fields.text(manager, "subresource").isEmpty())
                .forEach(manager -> add(fields, Fields.map(manager, "fieldsV1")));
        var comparison = new AsWritten(isBuiltIn(manifest) ? DEFAULTS : Map.of());
        return compared(manifest).entrySet().stream()
                .allMatch(field -> comparison.isSame(
                        field.getKey(), field.getValue(), live.get(field.getKey()), below(fields, field.getKey())));
    }

    private static Map<String, Object> compared(Map<String, Object> manifest) {
        var metadata = Fields.map(manifest, "metadata");
        metadata.keySet().removeAll(NAMES);
        var compared = metadata.isEmpty()
                ? new LinkedHashMap<>(manifest)
                : new LinkedHashMap<>(Fields.with(manifest, "metadata", metadata));
        compared.keySet().removeAll(metadata.isEmpty() ? WITHOUT_METADATA : NOT_COMPARED);
        return compared;
    }

    /** Tells whether it is of a kind of Kubernetes itself. */
    private static boolean isBuiltIn(Map<String, Object> manifest) {
        var version = String.valueOf(manifest.get("apiVersion"));
        int slash = version.indexOf('/');
        var group = slash < 0 ? "" : version.substring(0, slash);
        return !group.contains(".") || group.endsWith(".k8s.io") && !group.endsWith(".x-k8s.io");
    }

    private static boolean isOurApply(Map<String, Object> manager) {
        return Fields.text(manager, "manager")
                        .filter(ClusterClient.FIELD_MANAGER::equals)
                        .isPresent()
                && Fields.text(manager, "operation").filter("Apply"::equals).isPresent();
    }

    private static boolean isOf(Map<String, Object> manifest, Map<String, Object> manager) {
        return Objects.equals(manager.get("apiVersion"), manifest.get("apiVersion"));
    }

    /** Tells whether the manifest still names all that an earlier apply named: an apply takes the rest away. */
    private static boolean names(@Nullable Object wanted, Map<String, Object> fields) {
        return fields.keySet().stream().filter(field -> !field.equals(".")).allMatch(field -> switch (wanted) {
            case Map<?, ?> map
            when field.startsWith("f:") ->
                map.containsKey(field.substring(2)) && names(map.get(field.substring(2)), Fields.map(fields, field));
            case List<?> list
            when field.startsWith("k:") ->
                list.stream()
                        .anyMatch(item -> item instanceof Map<?, ?> map
                                && key(field).filter(key -> has(map, key)).isPresent()
                                && names(map, withDefault(map, Fields.map(fields, field))));
            case null, default -> false;
        });
    }

    /** A protocol that the manifest leaves out is no field that goes. */
    private static Map<String, Object> withDefault(Map<?, ?> item, Map<String, Object> fields) {
        if (item.containsKey("protocol")) {
            return fields;
        }
        var rest = new LinkedHashMap<>(fields);
        rest.remove("f:protocol");
        return rest;
    }

    /** Unites what managers own: together they tell the type of every value that somebody set. */
    private static void add(Map<String, Object> fields, Map<String, Object> more) {
        more.forEach((key, value) -> {
            if (!key.equals(".") && value instanceof Map<?, ?>) {
                var below = new LinkedHashMap<>(Fields.map(fields, key));
                add(below, Fields.map(more, key));
                fields.put(key, below);
            }
        });
    }

    private static Optional<Map<String, Object>> below(Map<String, Object> fields, String name) {
        return fields.containsKey("f:" + name) ? Optional.of(Fields.map(fields, "f:" + name)) : Optional.empty();
    }

    private boolean isSame(
            String name, @Nullable Object wanted, @Nullable Object live, Optional<Map<String, Object>> owned) {
        if (owned.isEmpty()) {
            return false;
        }
        var fields = owned.get();
        if (fields.isEmpty()) {
            return isEqual(name, wanted, live);
        }
        if (wanted instanceof Map<?, ?> map && live instanceof Map<?, ?> there) {
            return map.keySet().stream()
                    .map(String::valueOf)
                    .allMatch(key -> isSame(key, map.get(key), there.get(key), below(fields, key)));
        }
        return wanted instanceof List<?> list && live instanceof List<?> there && areSame(name, list, there, fields);
    }

    private boolean areSame(String name, List<?> wanted, List<?> live, Map<String, Object> fields) {
        int last = -1;
        for (var item : wanted) {
            int found = item instanceof Map<?, ?> map ? find(name, map, live, fields) : find(name, item, live);
            if (found <= last) {
                return false;
            }
            last = found;
        }
        return true;
    }

    private int find(String name, @Nullable Object item, List<?> live) {
        for (int index = 0; index < live.size(); index++) {
            if (isEqual(name, item, live.get(index))) {
                return index;
            }
        }
        return -1;
    }

    private int find(String name, Map<?, ?> item, List<?> live, Map<String, Object> fields) {
        for (var field : fields.keySet()) {
            var key = key(field).filter(known -> has(item, known));
            for (int index = 0; key.isPresent() && index < live.size(); index++) {
                if (live.get(index) instanceof Map<?, ?> there && has(there, key.get())) {
                    return isSame(name, item, there, Optional.of(Fields.map(fields, field))) ? index : -1;
                }
            }
        }
        return -1;
    }

    /** Reads by which fields an item of a list is known. */
    private static Optional<Map<String, Object>> key(String field) {
        return field.startsWith("k:")
                ? Json.read(field.substring(2).getBytes(StandardCharsets.UTF_8))
                : Optional.empty();
    }

    // The one field of a key that a manifest may leave out is a port's protocol.
    private static boolean has(Map<?, ?> item, Map<String, Object> key) {
        return key.entrySet().stream()
                .allMatch(field -> isSameLeaf(field.getValue(), item.get(field.getKey()))
                        || field.getKey().equals("protocol")
                                && "TCP".equals(field.getValue())
                                && !item.containsKey("protocol"));
    }

    private boolean isEqual(String name, @Nullable Object wanted, @Nullable Object live) {
        if (wanted instanceof Map<?, ?> map && live instanceof Map<?, ?> there) {
            var whole = new LinkedHashMap<Object, Object>(defaults.getOrDefault(name, Map.of()));
            whole.keySet().retainAll(there.keySet());
            whole.putAll(map);
            return whole.keySet().equals(there.keySet())
                    && whole.keySet().stream()
                            .allMatch(key -> isEqual(String.valueOf(key), whole.get(key), there.get(key)));
        }
        if (wanted instanceof List<?> list && live instanceof List<?> there && list.size() == there.size()) {
            for (int index = 0; index < list.size(); index++) {
                if (!isEqual(name, list.get(index), there.get(index))) {
                    return false;
                }
            }
            return true;
        }
        return isSameLeaf(wanted, live);
    }

    private static boolean isSameLeaf(@Nullable Object wanted, @Nullable Object live) {
        if (wanted instanceof Number number && live instanceof Number other) {
            return new BigDecimal(number.toString()).compareTo(new BigDecimal(other.toString())) == 0;
        }
        return wanted instanceof String && wanted.equals(live) || wanted instanceof Boolean && wanted.equals(live);
    }
}
