package dev.plumbline.text.template;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The {@code loop} variable. Reads ahead no further than it is asked about, for a loop's condition may change as it runs. */
final class Loop implements Function {
    private final OptionalLong size;
    private final int depth;
    private final @Nullable Recursion recursion;
    private Iterator<Value> rest;
    private long index = -1;
    private @Nullable Value previous;
    private @Nullable Value current;
    private @Nullable Value ahead;
    private @Nullable Value changed;

    /** Runs the body of a recursive loop on other items. */
    interface Recursion {
        Value run(Value items, int depth);
    }

    Loop(Iterator<Value> items, OptionalLong size, int depth, @Nullable Recursion recursion) {
        this.rest = items;
        this.size = size;
        this.depth = depth;
        this.recursion = recursion;
    }

    /** The next item, or null at the end. */
    @Nullable
    Value next() {
        Value item = peek();
        ahead = null;
        if (item != null) {
            index++;
            previous = current;
            current = item;
        }
        return item;
    }

    private @Nullable Value peek() {
        if (ahead == null && rest.hasNext()) {
            ahead = rest.next();
        }
        return ahead;
    }

    @Override
    public long length() {
        if (size.isPresent()) {
            return size.getAsLong();
        }
        List<Value> remaining = new ArrayList<>();
        rest.forEachRemaining(remaining::add);
        rest = remaining.iterator();
        return remaining.size() + index + 1 + (ahead == null ? 0 : 1);
    }

    @Nullable
    Value attribute(String name) {
        return switch (name) {
            case "index" -> Numeric.of(index + 1);
            case "index0" -> Numeric.of(index);
            case "revindex" -> Numeric.of(length() - index);
            case "revindex0" -> Numeric.of(length() - index - 1);
            case "first" -> Numeric.of(index == 0);
            case "last" -> Numeric.of(peek() == null);
            case "length" -> Numeric.of(length());
            case "depth" -> Numeric.of(depth + 1);
            case "depth0" -> Numeric.of(depth);
            case "previtem" -> previous != null ? previous : new Undefined("there is no previous item");
            case "nextitem" -> {
                Value next = peek();
                yield next != null ? next : new Undefined("there is no next item");
            }
            case "cycle" -> Function.of((args, evaluator) -> cycle(args));
            case "changed" -> Function.of((args, evaluator) -> changed(args));
            default -> null;
        };
    }

    private Value cycle(Args args) {
        if (args.positional().isEmpty()) {
            throw new Failure("loop.cycle() needs items");
        }
        return args.positional().get((int) (index % args.positional().size()));
    }

    private Value changed(Args args) {
        Value values = Sequence.tuple(args.positional());
        boolean isNew = !values.equals(changed);
        changed = values;
        return Numeric.of(isNew);
    }

    @Override
    public Value call(Args args, Evaluator evaluator) {
        if (recursion == null) {
            throw new Failure("Only a loop marked 'recursive' can be called");
        }
        return recursion.run(args.bind("loop", 1, "iterable").get(0), depth + 1);
    }

    @Override
    public String typeName() {
        return "LoopContext";
    }
}
