package dev.plumbline.text.template;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Filters over things that can be iterated. */
final class SequenceFilters {
    static final Map<String, Filter> ALL = Map.ofEntries(
            entry("length", SequenceFilters::length),
            entry("count", SequenceFilters::length),
            entry("list", (input, args, evaluator) -> {
                args.bind("list", 0);
                return Sequence.list(items(input, evaluator));
            }),
            entry("first", SequenceFilters::first),
            entry("last", SequenceFilters::last),
            entry("reverse", SequenceFilters::reverse),
            entry("map", SequenceFilters::map),
            entry("select", (input, args, evaluator) -> select(input, args, evaluator, true)),
            entry("reject", (input, args, evaluator) -> select(input, args, evaluator, false)),
            entry("selectattr", (input, args, evaluator) -> selectByAttribute(input, args, evaluator, true)),
            entry("rejectattr", (input, args, evaluator) -> selectByAttribute(input, args, evaluator, false)),
            entry("items", SequenceFilters::pairs),
            entry("dictsort", SequenceFilters::dictsort),
            entry("sort", SequenceFilters::sort),
            entry("unique", SequenceFilters::unique),
            entry("min", (input, args, evaluator) -> extreme("min", input, args, evaluator, false)),
            entry("max", (input, args, evaluator) -> extreme("max", input, args, evaluator, true)),
            entry("sum", SequenceFilters::sum),
            entry("batch", SequenceFilters::batch),
            entry("slice", SequenceFilters::slice));

    private SequenceFilters() {}

    static List<Value> items(Value input, Evaluator evaluator) {
        List<Value> items = new ArrayList<>();
        for (Iterator<Value> rest = input.iterator(); rest.hasNext(); ) {
            evaluator.budget().step();
            items.add(rest.next());
        }
        return items;
    }

    /** The items of a value, gone through only as far as somebody asks. */
    private static Stream<Value> stream(Value input, Evaluator evaluator) {
        Iterable<Value> items = input::iterator;
        return StreamSupport.stream(items.spliterator(), false)
                .peek(item -> evaluator.budget().step());
    }

    /** As Jinja does, a false value is taken for an empty one even where it could not be gone through. */
    private static Stream<Value> trueStream(Value input, Evaluator evaluator) {
        return input.truthy() ? stream(input, evaluator) : Stream.empty();
    }

    private static Value length(Value input, Args args, Evaluator evaluator) {
        args.bind("length", 0);
        return Numeric.of(input.length());
    }

    private static Value first(Value input, Args args, Evaluator evaluator) {
        args.bind("first", 0);
        Iterator<Value> items = input.iterator();
        return items.hasNext() ? items.next() : new Undefined("No first item, the sequence was empty");
    }

    private static Value last(Value input, Args args, Evaluator evaluator) {
        args.bind("last", 0);
        List<Value> items = items(reversible(input), evaluator);
        return items.isEmpty() ? new Undefined("No last item, the sequence was empty") : items.get(items.size() - 1);
    }

    private static Value reversible(Value input) {
        if (input instanceof Generator) {
            throw new Failure("A generator has no last item; make it a list first");
        }
        return input;
    }

    private static Value reverse(Value input, Args args, Evaluator evaluator) {
        args.bind("reverse", 0);
        List<Value> items = items(input, evaluator);
        Collections.reverse(items);
        if (input instanceof TracedText) {
            return Texts.join(
                    TracedText.EMPTY, items.stream().map(TracedText.class::cast).toList(), evaluator.budget());
        }
        return input instanceof Generator ? Sequence.list(items) : new Generator(items::iterator);
    }

    private static Value map(Value input, Args args, Evaluator evaluator) {
        boolean byAttribute = args.positional().isEmpty() && args.named().containsKey("attribute");
        return new Generator(() -> {
            if (input.truthy() && !byAttribute && args.positional().isEmpty()) {
                throw new Failure("The filter 'map' needs a filter or an attribute");
            }
            return trueStream(input, evaluator)
                    .map(item -> byAttribute ? attribute(item, args) : filtered(item, args, evaluator))
                    .iterator();
        });
    }

    private static Value attribute(Value item, Args args) {
        Args.Bound bound = args.bind("map", 1, "attribute", "default");
        boolean hasDefault = bound.has(1) && bound.get(1) != None.NONE;
        if (!hasDefault) {
            return Attributes.path(item, bound.get(0));
        }
        Value value = bound.get(0) instanceof TracedText path && path.string().contains(".")
                ? stepwise(item, path.string(), bound.get(1))
                : Attributes.path(item, bound.get(0));
        return value instanceof Undefined ? bound.get(1) : value;
    }

    /** The default also stands in for a missing step of the path. */
    private static Value stepwise(Value item, String path, Value otherwise) {
        Value value = item;
        for (String part : path.split("\\.", -1)) {
            value = Attributes.path(value, TracedText.plain(part));
            value = value instanceof Undefined ? otherwise : value;
        }
        return value;
    }

    private static Value filtered(Value item, Args args, Evaluator evaluator) {
        return Filters.named(name(args.positional().get(0))).apply(item, args.skip(1), evaluator);
    }

    private static String name(Value name) {
        if (name instanceof TracedText text) {
            return text.string();
        }
        throw new Failure("A filter or test is named by a string; found " + name.typeName());
    }

    private static Value select(Value input, Args args, Evaluator evaluator, boolean wanted) {
        return selected(input, evaluator, item -> passes(item, args, evaluator) == wanted);
    }

    private static Value selectByAttribute(Value input, Args args, Evaluator evaluator, boolean wanted) {
        return selected(input, evaluator, item -> {
            if (args.positional().isEmpty()) {
                throw new Failure("This filter needs the name of an attribute");
            }
            Value value = Attributes.path(item, args.positional().get(0));
            return passes(value, args.skip(1), evaluator) == wanted;
        });
    }

    private static Value selected(Value input, Evaluator evaluator, Predicate<Value> wanted) {
        return new Generator(() -> trueStream(input, evaluator).filter(wanted).iterator());
    }

    /** Whether a value passes the test that the arguments name, or is true where they name none. */
    private static boolean passes(Value value, Args args, Evaluator evaluator) {
        if (args.positional().isEmpty()) {
            return value.truthy();
        }
        return Tests.named(name(args.positional().get(0))).passes(value, args.skip(1), evaluator);
    }

    private static Value pairs(Value input, Args args, Evaluator evaluator) {
        args.bind("items", 0);
        return new Generator(() -> {
            if (input instanceof Dict dict) {
                return dict.items().iterator();
            }
            if (input instanceof Undefined) {
                return Collections.emptyIterator();
            }
            throw new Failure("The filter 'items' needs a dict; found " + input.typeName());
        });
    }

    private static Value dictsort(Value input, Args args, Evaluator evaluator) {
        Args.Bound bound = args.bind("dictsort", 0, "case_sensitive", "by", "reverse");
        Operators.requireDefined(input);
        if (!(input instanceof Dict dict)) {
            throw new Failure("The filter 'dictsort' needs a dict; found " + input.typeName());
        }
        String by = bound.text(1, "key").string();
        if (!by.equals("key") && !by.equals("value")) {
            throw new Failure("dictsort can sort by 'key' or 'value'; found '" + by + "'");
        }
        int position = by.equals("key") ? 0 : 1;
        Comparator<Value> order = Comparator.comparing(
                pair -> folded(((Sequence) pair).items().get(position), bound.flag(0, false), evaluator),
                Operators::order);
        return sorted(dict.items(), order, bound.flag(2, false));
    }

    /** Jinja sorts and compares text without regard to case unless told otherwise. */
    private static Value folded(Value value, boolean caseSensitive, Evaluator evaluator) {
        return value instanceof TracedText text && !caseSensitive ? Texts.lower(text, evaluator.budget()) : value;
    }

    private static Sequence sorted(List<Value> items, Comparator<Value> order, boolean reverse) {
        List<Value> sorted = new ArrayList<>(items);
        sorted.sort(reverse ? order.reversed() : order);
        return Sequence.list(sorted);
    }

    private static Value sort(Value input, Args args, Evaluator evaluator) {
        Args.Bound bound = args.bind("sort", 0, "reverse", "case_sensitive", "attribute");
        boolean caseSensitive = bound.flag(1, false);
        Comparator<Value> order =
                Comparator.comparing(item -> key(item, bound, 2, caseSensitive, evaluator), Operators::order);
        return sorted(items(input, evaluator), order, bound.flag(0, false));
    }

    private static Value key(Value item, Args.Bound bound, int attribute, boolean caseSensitive, Evaluator evaluator) {
        if (!bound.has(attribute) || bound.get(attribute) == None.NONE) {
            return folded(item, caseSensitive, evaluator);
        }
        if (bound.get(attribute) instanceof TracedText paths && paths.string().contains(",")) {
            throw new Failure("Sorting by several attributes is not supported");
        }
        return folded(Attributes.path(item, bound.get(attribute)), caseSensitive, evaluator);
    }

    private static Value unique(Value input, Args args, Evaluator evaluator) {
        Args.Bound bound = args.bind("unique", 0, "case_sensitive", "attribute");
        Set<Value> seen = new HashSet<>();
        return new Generator(() -> stream(input, evaluator)
                .filter(item -> {
                    Value key = key(item, bound, 1, bound.flag(0, false), evaluator);
                    Dict.requireHashable(key);
                    return seen.add(key);
                })
                .iterator());
    }

    private static Value extreme(String name, Value input, Args args, Evaluator evaluator, boolean max) {
        Args.Bound bound = args.bind(name, 0, "case_sensitive", "attribute");
        Value best = null;
        Value bestKey = None.NONE;
        for (Value item : items(input, evaluator)) {
            Value key = key(item, bound, 1, bound.flag(0, false), evaluator);
            int order = best == null ? 0 : Operators.order(key, bestKey);
            if (best == null || (max ? order > 0 : order < 0)) {
                best = item;
                bestKey = key;
            }
        }
        return best != null ? best : new Undefined("No aggregated item, the sequence was empty");
    }

    private static Value sum(Value input, Args args, Evaluator evaluator) {
        Args.Bound bound = args.bind("sum", 0, "attribute", "start");
        boolean byAttribute = bound.has(0) && bound.get(0) != None.NONE;
        Value sum = bound.or(1, Numeric.of(0));
        for (Value item : items(input, evaluator)) {
            Value value = byAttribute ? Attributes.path(item, bound.get(0)) : item;
            if (sum instanceof TracedText || value instanceof TracedText) {
                throw new Failure("Strings cannot be summed; use join");
            }
            sum = Operators.apply(Operators.Binary.ADD, sum, value, evaluator.budget());
        }
        return sum;
    }

    private static Value batch(Value input, Args args, Evaluator evaluator) {
        Args.Bound bound = args.bind("batch", 1, "linecount", "fill_with");
        return new Generator(() -> batches(input, bound.integer(0, 1), bound.or(1, None.NONE), evaluator)
                .iterator());
    }

    private static List<Value> batches(Value input, long size, Value filler, Evaluator evaluator) {
        List<Value> batches = new ArrayList<>();
        List<Value> batch = new ArrayList<>();
        for (Value item : items(input, evaluator)) {
            if (batch.size() == size) {
                batches.add(Sequence.list(batch));
                batch = new ArrayList<>();
            }
            batch.add(item);
        }
        if (!batch.isEmpty()) {
            while (filler != None.NONE && batch.size() < size) {
                evaluator.budget().step();
                batch.add(filler);
            }
            batches.add(Sequence.list(batch));
        }
        return batches;
    }

    private static Value slice(Value input, Args args, Evaluator evaluator) {
        Args.Bound bound = args.bind("slice", 1, "slices", "fill_with");
        return new Generator(() -> slices(input, bound.integer(0, 1), bound.or(1, None.NONE), evaluator)
                .iterator());
    }

    private static List<Value> slices(Value input, long count, Value filler, Evaluator evaluator) {
        List<Value> items = items(input, evaluator);
        if (count <= 0) {
            throw new Failure("The filter 'slice' needs at least one slice; found " + count);
        }
        evaluator.budget().steps(count);
        List<Value> slices = new ArrayList<>();
        int start = 0;
        for (long i = 0; i < count; i++) {
            boolean extra = i < items.size() % count;
            int end = start + (int) (items.size() / count) + (extra ? 1 : 0);
            List<Value> slice = new ArrayList<>(items.subList(start, end));
            if (filler != None.NONE && !extra) {
                slice.add(filler);
            }
            slices.add(Sequence.list(slice));
            start = end;
        }
        return slices;
    }
}
