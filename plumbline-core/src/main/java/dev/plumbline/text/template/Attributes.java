package dev.plumbline.text.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code target.name} and {@code target[key]}: Jinja tries the attribute first for the one, the item for the other. */
final class Attributes {
    private static final Set<String> CHANGES_DICT = Set.of("clear", "pop", "popitem", "setdefault", "update");
    private static final Set<String> CHANGES_LIST =
            Set.of("append", "clear", "extend", "insert", "pop", "remove", "reverse", "sort");

    private Attributes() {}

    static Value attribute(Value target, String name) {
        Value own = own(target, name);
        if (own != null) {
            return own;
        }
        Value item = target instanceof Dict dict ? dict.entries().get(TracedText.plain(name)) : null;
        return item != null ? item : Undefined.attribute(target, name);
    }

    static Value item(Value target, Value key) {
        Operators.requireDefined(target);
        Value item = null;
        if (target instanceof Dict dict) {
            item = Dict.hashable(key) ? dict.entries().get(key) : null;
        } else if (key instanceof Numeric number && !(number instanceof Numeric.Real) && positional(target)) {
            item = Slices.item(target, Numeric.integer(number));
        }
        if (item == null && key instanceof TracedText name) {
            item = own(target, name.string());
        }
        return item != null
                ? item
                : new Undefined("A value of type " + target.typeName() + " has no element "
                        + (key instanceof TracedText name ? "'" + name + "'" : "of that key"));
    }

    private static boolean positional(Value target) {
        return target instanceof TracedText || target instanceof Sequence || target instanceof Range;
    }

    /** What Python's {@code getattr} gives, or null where the type has no such attribute. */
    private static @Nullable Value own(Value target, String name) {
        Operators.requireDefined(target);
        if (target instanceof Namespace namespace) {
            return namespace.get(name);
        }
        if (name.startsWith("__")) {
            return new Undefined("Access to the internal attribute '" + name + "' is not allowed");
        }
        if (target instanceof TracedText text) {
            return TextMethods.has(name) ? TextMethods.bind(text, name) : null;
        }
        if (target instanceof Dict dict) {
            return CHANGES_DICT.contains(name) ? change(target, name) : dictMethod(dict, name);
        }
        if (target instanceof Sequence sequence) {
            return sequence.isList() && CHANGES_LIST.contains(name)
                    ? change(target, name)
                    : sequenceMethod(sequence, name);
        }
        if (target instanceof Loop loop) {
            return loop.attribute(name);
        }
        if (target instanceof Macro) {
            throw new Failure("Attributes of macros are not supported; found '" + name + "'");
        }
        return null;
    }

    private static Undefined change(Value target, String name) {
        return new Undefined("A template may not change a " + target.typeName() + " with '" + name + "'");
    }

    private static @Nullable Value dictMethod(Dict dict, String name) {
        return switch (name) {
            case "items" -> view(name, dict.items());
            case "keys" -> view(name, List.copyOf(dict.entries().keySet()));
            case "values" -> view(name, new ArrayList<>(dict.entries().values()));
            case "get" ->
                Function.of((args, evaluator) -> {
                    Args.Bound bound = args.bind("get", 1, "key", "default");
                    Dict.requireHashable(bound.get(0));
                    Value value = dict.entries().get(bound.get(0));
                    return value != null ? value : bound.or(1, None.NONE);
                });
            case "copy" ->
                Function.of((args, evaluator) -> {
                    args.bind("copy", 0);
                    return dict;
                });
            case "fromkeys" -> throw new Failure("Python's dict.fromkeys is not supported");
            default -> null;
        };
    }

    private static Value view(String name, List<Value> items) {
        return Function.of((args, evaluator) -> {
            args.bind(name, 0);
            return new DictView(name, items);
        });
    }

    private static @Nullable Value sequenceMethod(Sequence sequence, String name) {
        return switch (name) {
            case "count" ->
                Function.of((args, evaluator) -> {
                    Value wanted = args.bind("count", 1, "value").get(0);
                    return Numeric.of(
                            sequence.items().stream().filter(wanted::equals).count());
                });
            case "index" ->
                Function.of((args, evaluator) -> {
                    int index = sequence.items()
                            .indexOf(args.bind("index", 1, "value").get(0));
                    if (index < 0) {
                        throw new Failure("The value is not in the " + sequence.typeName());
                    }
                    return Numeric.of(index);
                });
            case "copy" ->
                sequence.isList()
                        ? Function.of((args, evaluator) -> {
                            args.bind("copy", 0);
                            return sequence;
                        })
                        : null;
            default -> null;
        };
    }

    /** The values at a path such as {@code function.name} or {@code 0}, as filters look attributes up. */
    static Value path(Value target, Value path) {
        if (!(path instanceof TracedText text)) {
            return item(target, path);
        }
        Value value = target;
        for (String part : text.string().split("\\.", -1)) {
            boolean index =
                    !part.isEmpty() && part.length() < 10 && part.chars().allMatch(Character::isDigit);
            value = item(value, index ? Numeric.of(Long.parseLong(part)) : TracedText.plain(part));
        }
        return value;
    }
}
