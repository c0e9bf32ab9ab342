package dev.plumbline.text.template;

import java.util.Iterator;
import java.util.stream.Stream;

/** What filters such as {@code map} and {@code select} give: items that can be gone through once, without a length. */
final class Generator implements Value {
    private final Iterator<Value> rest;

    Generator(Iterator<Value> items) {
        this.rest = items;
    }

    /** Items as they are asked for. */
    static Generator of(Stream<Value> items) {
        return new Generator(items.iterator());
    }

    @Override
    public Iterator<Value> iterator() {
        return rest;
    }

    @Override
    public String typeName() {
        return "generator";
    }
}
