package dev.plumbline.text.template;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Jinja's {@code namespace}: the one thing that a template may change from within a loop. */
final class Namespace implements Value {
    private final Map<String, Value> attributes = new LinkedHashMap<>();

    @Nullable
    Value get(String name) {
        return attributes.get(name);
    }

    void set(String name, Value value) {
        if (name.startsWith("_")) {
            throw new Failure("A namespace cannot store the underscore-prefixed attribute '" + name + "'");
        }
        attributes.put(name, value);
    }

    @Override
    public String typeName() {
        return "Namespace";
    }
}
