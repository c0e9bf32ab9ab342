package dev.plumbline.text.template;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Filters that make text. */
final class TextFilters {
    static final Map<String, Filter> ALL = Map.ofEntries(
            entry("trim", (input, args, evaluator) -> {
                Args.Bound bound = args.bind("trim", 0, "chars");
                return Texts.strip(evaluator.str(input), TextMethods.unwanted(bound, 0), true, true);
            }),
            entry(
                    "upper",
                    (input, args, evaluator) ->
                            Texts.upper(alone("upper", input, args, evaluator), evaluator.budget())),
            entry(
                    "lower",
                    (input, args, evaluator) ->
                            Texts.lower(alone("lower", input, args, evaluator), evaluator.budget())),
            entry(
                    "capitalize",
                    (input, args, evaluator) ->
                            Texts.capitalize(alone("capitalize", input, args, evaluator), evaluator.budget())),
            entry(
                    "title",
                    (input, args, evaluator) -> title(alone("title", input, args, evaluator), evaluator.budget())),
            entry("string", (input, args, evaluator) -> alone("string", input, args, evaluator)),
            entry("safe", (input, args, evaluator) -> {
                throw new Failure("The filter 'safe' is supported only at the end of an output expression");
            }),
            entry("replace", TextFilters::replace),
            entry("join", TextFilters::join),
            entry("indent", TextFilters::indent),
            entry("center", (input, args, evaluator) -> {
                Args.Bound bound = args.bind("center", 0, "width");
                return Texts.pad(
                        evaluator.str(input),
                        bound.integer(0, 80),
                        TracedText.plain(" "),
                        true,
                        true,
                        evaluator.budget());
            }),
            entry("format", (input, args, evaluator) -> {
                if (!args.named().isEmpty()) {
                    throw new Failure("The filter 'format' with named arguments is not supported");
                }
                return Formatting.percent(evaluator.str(input), Sequence.tuple(args.positional()), evaluator.budget());
            }),
            entry("tojson", (input, args, evaluator) -> Json.dumps(input, args, evaluator.budget())));

    private TextFilters() {}

    private static TracedText alone(String name, Value input, Args args, Evaluator evaluator) {
        args.bind(name, 0);
        return evaluator.str(input);
    }

    /** Jinja's own rule: words start after white space and after dashes and opening brackets. */
    private static TracedText title(TracedText text, Budget budget) {
        String string = text.string();
        TextBuilder out = budget.builder();
        int at = 0;
        while (at < string.length()) {
            int start = at;
            boolean separator = separatesWords(string.charAt(at));
            while (at < string.length() && separatesWords(string.charAt(at)) == separator) {
                at++;
            }
            TracedText word = text.substring(start, at);
            int first = word.string().offsetByCodePoints(0, 1);
            out.append(Texts.upper(word.substring(0, first), budget))
                    .append(Texts.lower(word.substring(first, at - start), budget));
        }
        return out.build();
    }

    private static boolean separatesWords(char c) {
        return "-({[<".indexOf(c) >= 0 || Python.isSpace(c);
    }

    private static Value replace(Value input, Args args, Evaluator evaluator) {
        Args.Bound bound = args.bind("replace", 2, "old", "new", "count");
        long limit = bound.has(2) && bound.get(2) != None.NONE ? bound.integer(2, -1) : -1;
        return Texts.replace(
                evaluator.str(input),
                evaluator.str(bound.get(0)).string(),
                evaluator.str(bound.get(1)),
                limit,
                evaluator.budget());
    }

    private static Value join(Value input, Args args, Evaluator evaluator) {
        Args.Bound bound = args.bind("join", 0, "d", "attribute");
        TracedText separator = bound.has(0) ? evaluator.str(bound.get(0)) : TracedText.EMPTY;
        boolean byAttribute = bound.has(1) && bound.get(1) != None.NONE;
        List<TracedText> parts = new ArrayList<>();
        for (Iterator<Value> items = input.iterator(); items.hasNext(); ) {
            Value item = items.next();
            parts.add(evaluator.str(byAttribute ? Attributes.path(item, bound.get(1)) : item));
        }
        return Texts.join(separator, parts, evaluator.budget());
    }

    private static Value indent(Value input, Args args, Evaluator evaluator) {
        Args.Bound bound = args.bind("indent", 0, "width", "first", "blank");
        Operators.requireDefined(input);
        if (!(input instanceof TracedText text)) {
            throw new Failure("The filter 'indent' needs a string; found " + input.typeName());
        }
        TracedText indent = bound.has(0) && bound.get(0) instanceof TracedText given ? given : spaces(bound, evaluator);
        Budget budget = evaluator.budget();
        TracedText ended = budget.builder().append(text).append("\n").build();
        TextBuilder out = budget.builder();
        boolean first = true;
        for (TracedText line : Texts.lines(ended, false)) {
            if (!first) {
                out.append("\n");
            }
            boolean wanted = first ? bound.flag(1, false) : line.truthy() || bound.flag(2, false);
            out.append(wanted ? indent : TracedText.EMPTY).append(line);
            first = false;
        }
        return out.build();
    }

    private static TracedText spaces(Args.Bound bound, Evaluator evaluator) {
        return (TracedText) Operators.apply(
                Operators.Binary.MULTIPLY, TracedText.plain(" "), Numeric.of(bound.integer(0, 4)), evaluator.budget());
    }
}
