package dev.plumbline.text.template;

import java.time.Clock;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Functions that every template finds: Jinja's and those that transformers adds. */
final class Globals {
    private static final Set<String> UNSUPPORTED = Set.of("cycler", "joiner", "lipsum");

    private Globals() {}

    static void define(Scope scope, Clock clock) {
        scope.set("range", Function.of((args, evaluator) -> range(args)));
        scope.set("dict", Function.of((args, evaluator) -> Dict.of(entries(args))));
        scope.set("namespace", Function.of((args, evaluator) -> namespace(args)));
        scope.set("raise_exception", Function.of((args, evaluator) -> {
            throw new Failure(evaluator
                    .str(args.bind("raise_exception", 1, "message").get(0))
                    .string());
        }));
        scope.set("strftime_now", Function.of((args, evaluator) -> {
            String format = args.bind("strftime_now", 1, "format").text(0).string();
            return TracedText.plain(Strftime.format(format, ZonedDateTime.now(clock)));
        }));
        for (String name : UNSUPPORTED) {
            scope.set(name, Function.of((args, evaluator) -> {
                throw new Failure("Jinja's " + name + "() is not supported");
            }));
        }
    }

    private static Value range(Args args) {
        Args.Bound bound = args.bind("range", 1, "start", "stop", "step");
        long first = bound.integer(0, 0);
        return bound.has(1) ? Range.of(first, bound.integer(1, 0), bound.integer(2, 1)) : Range.of(0, first, 1);
    }

    private static Value namespace(Args args) {
        Namespace namespace = new Namespace();
        entries(args).forEach((name, value) -> {
            if (!(name instanceof TracedText text)) {
                throw new Failure("Attributes of a namespace are named by strings; found " + name.typeName());
            }
            namespace.set(text.string(), value);
        });
        return namespace;
    }

    /** What {@code dict(pairs or dict, **named)} holds. */
    private static Map<Value, Value> entries(Args args) {
        Map<Value, Value> entries = new LinkedHashMap<>();
        if (args.positional().size() > 1) {
            throw new Failure("dict() takes at most one argument without a name");
        }
        if (!args.positional().isEmpty()) {
            Value start = args.positional().get(0);
            if (start instanceof Dict dict) {
                entries.putAll(dict.entries());
            } else {
                start.iterator().forEachRemaining(pair -> add(pair, entries));
            }
        }
        args.named().forEach((name, value) -> entries.put(TracedText.plain(name), value));
        return entries;
    }

    private static void add(Value pair, Map<Value, Value> entries) {
        if (!(pair instanceof Sequence sequence) || sequence.length() != 2) {
            throw new Failure("dict() takes a dict or pairs of key and value");
        }
        Dict.requireHashable(sequence.items().get(0));
        entries.put(sequence.items().get(0), sequence.items().get(1));
    }
}
