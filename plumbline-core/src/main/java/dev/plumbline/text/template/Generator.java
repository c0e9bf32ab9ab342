package dev.plumbline.text.template;

import java.util.Iterator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What filters such as {@code map} and {@code select} give: items that can be gone through once, without a length.
 * Nothing is worked out, and nothing can go wrong, before the first item is asked for.
 */
final class Generator implements Value {
    private final Supplier<Iterator<Value>> items;
    private @Nullable Iterator<Value> started;

    Generator(Supplier<Iterator<Value>> items) {
        this.items = items;
    }

    @Override
    public Iterator<Value> iterator() {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return started().hasNext();
            }

            @Override
            public Value next() {
                return started().next();
            }
        };
    }

    private Iterator<Value> started() {
        if (started == null) {
            started = items.get();
        }
        return started;
    }

    @Override
    public String typeName() {
        return "generator";
    }
}
