package dev.plumbline.text.template;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Python's indices and slices: negative ones count from the end. */
final class Slices {
    private Slices() {}

    /** The item at an index, or null where there is none. */
    static @Nullable Value item(Value container, long index) {
        long length = container.length();
        long at = index < 0 ? index + length : index;
        if (at < 0 || at >= length) {
            return null;
        }
        if (container instanceof TracedText text) {
            int start = text.string().offsetByCodePoints(0, (int) at);
            return text.substring(start, text.string().offsetByCodePoints(start, 1));
        }
        if (container instanceof Sequence sequence) {
            return sequence.items().get((int) at);
        }
        return container instanceof Range range ? range.get(at) : null;
    }

    /** {@code container[start:stop:step]}, each bound an integer or {@code None}. */
    static Value slice(Value container, Value start, Value stop, Value step, Budget budget) {
        Operators.requireDefined(container);
        if (!(container instanceof TracedText || container instanceof Sequence || container instanceof Range)) {
            throw new Failure("A value of type " + container.typeName() + " cannot be sliced");
        }
        long by = bound(step, 1);
        if (by == 0) {
            throw new Failure("The step of a slice cannot be 0");
        }
        long length = container.length();
        long first = clip(bound(start, by > 0 ? 0 : Long.MAX_VALUE), length, by);
        long end = stop == None.NONE && by < 0 ? -1 : clip(bound(stop, Long.MAX_VALUE), length, by);
        if (container instanceof TracedText text && by == 1) {
            return substring(text, first, Math.max(first, end));
        }
        List<Value> items = new ArrayList<>();
        List<Value> all = new ArrayList<>();
        container.iterator().forEachRemaining(all::add);
        for (long i = first; by > 0 ? i < end : i > end; i = Math.addExact(i, by)) {
            budget.step();
            items.add(all.get((int) i));
        }
        if (container instanceof TracedText) {
            return Texts.join(
                    TracedText.EMPTY, items.stream().map(TracedText.class::cast).toList(), budget);
        }
        if (container instanceof Sequence sequence) {
            return Sequence.of(sequence.kind(), items);
        }
        throw new Failure("Slices of range() are not supported");
    }

    private static TracedText substring(TracedText text, long first, long end) {
        String string = text.string();
        int start = string.offsetByCodePoints(0, (int) first);
        return text.substring(start, string.offsetByCodePoints(start, (int) (end - first)));
    }

    private static long bound(Value bound, long otherwise) {
        if (bound == None.NONE) {
            return otherwise;
        }
        if (bound instanceof Numeric number && !(number instanceof Numeric.Real)) {
            return Numeric.integer(number);
        }
        Operators.requireDefined(bound);
        throw new Failure("The bounds of a slice must be integers; found " + bound.typeName());
    }

    /** A bound moved into the container, as Python does before it starts. */
    private static long clip(long bound, long length, long step) {
        long at = bound < 0 ? bound + length : bound;
        return step > 0 ? Math.max(0, Math.min(at, length)) : Math.max(-1, Math.min(at, length - 1));
    }
}
