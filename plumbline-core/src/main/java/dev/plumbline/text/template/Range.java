package dev.plumbline.text.template;

import java.util.Iterator;
import java.util.stream.LongStream;

/** Python's {@code range}, as long as Jinja's sandbox allows. */
record Range(long start, long stop, long step, long length) implements Value {
    private static final long MAX_LENGTH = 100_000;

    static Range of(long start, long stop, long step) {
        if (step == 0) {
            throw new Failure("range() needs a step other than 0");
        }
        double span = step > 0 ? (double) stop - start : (double) start - stop;
        double length = Math.max(0, Math.ceil(span / Math.abs((double) step)));
        if (length > MAX_LENGTH) {
            throw new Failure("range() may have at most " + MAX_LENGTH + " items");
        }
        return new Range(start, stop, step, (long) length);
    }

    Value get(long index) {
        return Numeric.of(start + index * step);
    }

    @Override
    public Iterator<Value> iterator() {
        return LongStream.range(0, length).mapToObj(this::get).iterator();
    }

    @Override
    public boolean truthy() {
        return length > 0;
    }

    @Override
    public String typeName() {
        return "range";
    }
}
