package dev.plumbline.text.template;

import java.util.Iterator;
import java.util.List;

/**
 * What {@code keys()}, {@code values()} and {@code items()} of a dict give: it has a length but no positions.
 *
 * @param name which of the three
 */
record DictView(String name, List<Value> items) implements Value {
    @Override
    public Iterator<Value> iterator() {
        return items.iterator();
    }

    @Override
    public long length() {
        return items.size();
    }

    @Override
    public boolean truthy() {
        return !items.isEmpty();
    }

    @Override
    public Extent extent() {
        return Extent.of(items);
    }

    @Override
    public String typeName() {
        return "dict_" + name;
    }
}
