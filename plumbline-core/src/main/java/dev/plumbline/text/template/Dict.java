package dev.plumbline.text.template;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A dict, in order of insertion. */
record Dict(Map<Value, Value> entries, Extent extent) implements Value {
    /** Takes the map over; the caller no longer changes it. */
    static Dict of(Map<Value, Value> entries) {
        entries.keySet().forEach(Dict::requireHashable);
        List<Value> parts = new ArrayList<>(entries.keySet());
        parts.addAll(entries.values());
        return new Dict(Collections.unmodifiableMap(new LinkedHashMap<>(entries)), Extent.of(parts));
    }

    static boolean hashable(Value key) {
        return !(key instanceof Dict)
                && (!(key instanceof Sequence sequence)
                        || (!sequence.isList() && sequence.items().stream().allMatch(Dict::hashable)));
    }

    static void requireHashable(Value key) {
        if (!hashable(key)) {
            throw new Failure("A value of type " + key.typeName() + " cannot be a dict key");
        }
    }

    List<Value> items() {
        List<Value> items = new ArrayList<>(entries.size());
        entries.forEach((key, value) -> items.add(Sequence.tuple(List.of(key, value))));
        return items;
    }

    @Override
    public Iterator<Value> iterator() {
        return entries.keySet().iterator();
    }

    @Override
    public long length() {
        return entries.size();
    }

    @Override
    public boolean truthy() {
        return !entries.isEmpty();
    }

    @Override
    public String typeName() {
        return "dict";
    }
}
