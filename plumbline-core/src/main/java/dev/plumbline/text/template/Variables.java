package dev.plumbline.text.template;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Plain Java values as a template's values. */
final class Variables {
    private Variables() {}

    static Value value(@Nullable Object object) {
        if (object == null || object.equals(Optional.empty())) {
            return None.NONE;
        }
        if (object instanceof TracedText text) {
            return text;
        }
        if (object instanceof CharSequence text) {
            return TracedText.plain(text.toString());
        }
        if (object instanceof Boolean bool) {
            return Numeric.of(bool.booleanValue());
        }
        if (object instanceof Integer || object instanceof Long || object instanceof Short || object instanceof Byte) {
            return Numeric.of(((Number) object).longValue());
        }
        if (object instanceof Double || object instanceof Float) {
            return Numeric.of(((Number) object).doubleValue());
        }
        if (object instanceof Map<?, ?> map) {
            Map<Value, Value> entries = new LinkedHashMap<>();
            map.forEach((key, value) -> entries.put(value(key), value(value)));
            return Dict.of(entries);
        }
        if (object instanceof Collection<?> items) {
            List<Value> values = new ArrayList<>(items.size());
            items.forEach(item -> values.add(value(item)));
            return Sequence.list(values);
        }
        throw new Failure("A value of class " + object.getClass().getName() + " means nothing to a template");
    }
}
