package io.btp.installer.testkit;

import io.btp.installer.api.contract.Secret;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Records and configurations as plain values that can be compared: secrets by what they hold. */
final class Plain {
    private Plain() {}

    static Object of(Object value) {
        return switch (value) {
            case Secret secret -> "secret:" + secret.reveal();
            case Optional<?> optional -> optional.map(Plain::of);
            case Map<?, ?> map -> {
                var plain = new LinkedHashMap<Object, Object>();
                map.forEach((key, inner) -> plain.put(key, of(inner)));
                yield plain;
            }
            case List<?> list -> list.stream().map(Plain::of).toList();
            case Record record -> ofRecord(record);
            default -> value;
        };
    }

    private static List<Object> ofRecord(Record record) {
        var parts = new ArrayList<Object>();
        parts.add(record.getClass().getName());
        for (var component : record.getClass().getRecordComponents()) {
            try {
                var accessor = component.getAccessor();
                accessor.setAccessible(true);
                parts.add(component.getName() + "=" + of(accessor.invoke(record)));
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new IllegalStateException(e);
            }
        }
        return parts;
    }
}
