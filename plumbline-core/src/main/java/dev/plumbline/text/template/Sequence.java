package dev.plumbline.text.template;

import java.util.Iterator;
import java.util.List;

/** A list or a tuple; equal only to its own kind. */
record Sequence(Kind kind, List<Value> items, Extent extent) implements Value {
    enum Kind {
        LIST,
        TUPLE
    }

    static Sequence list(List<? extends Value> items) {
        return of(Kind.LIST, items);
    }

    static Sequence tuple(List<? extends Value> items) {
        return of(Kind.TUPLE, items);
    }

    static Sequence of(Kind kind, List<? extends Value> items) {
        return new Sequence(kind, List.copyOf(items), Extent.of(items));
    }

    boolean isList() {
        return kind == Kind.LIST;
    }

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
    public String typeName() {
        return isList() ? "list" : "tuple";
    }
}
