package dev.storescope.app.session.scenario.file;

import java.util.LinkedHashMap;
import java.util.Map;

/// Fields to be written: those that are not as they would be anyway.
final class Changed {
    private final Map<String, Object> values = new LinkedHashMap<>();

    void put(String name, Object value, Object otherwise) {
        if (!value.equals(otherwise)) {
            values.put(name, value);
        }
    }

    Map<String, Object> values() {
        return values;
    }
}
