package dev.plumbline.text.template;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;

/** Methods of Python's {@code str}. */
final class TextMethods {
    private interface Method {
        Value call(TracedText self, Args args, Budget budget);
    }

    private static final Map<String, Method> METHODS = Map.ofEntries(
            entry("strip", (self, args, budget) -> strip("strip", self, args, true, true)),
            entry("lstrip", (self, args, budget) -> strip("lstrip", self, args, true, false)),
            entry("rstrip", (self, args, budget) -> strip("rstrip", self, args, false, true)),
            entry("split", (self, args, budget) -> split(self, args)),
            entry("rsplit", (self, args, budget) -> splitFromRight(self, args)),
            entry("splitlines", (self, args, budget) -> {
                Args.Bound bound = args.bind("splitlines", 0, "keepends");
                return Sequence.list(Texts.lines(self, bound.flag(0, false)));
            }),
            entry("startswith", (self, args, budget) -> affix("startswith", self, args, true)),
            entry("endswith", (self, args, budget) -> affix("endswith", self, args, false)),
            entry("replace", (self, args, budget) -> {
                Args.Bound bound = args.bind("replace", 2, "old", "new", "count");
                return Texts.replace(self, bound.text(0).string(), bound.text(1), bound.integer(2, -1), budget);
            }),
            entry("join", (self, args, budget) -> join(self, args, budget)),
            entry("upper", (self, args, budget) -> Texts.upper(none("upper", self, args), budget)),
            entry("lower", (self, args, budget) -> Texts.lower(none("lower", self, args), budget)),
            entry("title", (self, args, budget) -> Texts.title(none("title", self, args), budget)),
            entry("capitalize", (self, args, budget) -> Texts.capitalize(none("capitalize", self, args), budget)),
            entry("find", (self, args, budget) -> Numeric.of(find("find", self, args, false))),
            entry("rfind", (self, args, budget) -> Numeric.of(find("rfind", self, args, true))),
            entry("index", (self, args, budget) -> Numeric.of(found(find("index", self, args, false)))),
            entry("rindex", (self, args, budget) -> Numeric.of(found(find("rindex", self, args, true)))),
            entry("count", (self, args, budget) -> {
                String part = args.bind("count", 1, "sub").text(0).string();
                return Numeric.of(
                        part.isEmpty()
                                ? self.length() + 1
                                : Texts.split(self, part, -1).size() - 1L);
            }),
            entry("removeprefix", (self, args, budget) -> {
                String prefix = args.bind("removeprefix", 1, "prefix").text(0).string();
                String string = self.string();
                return string.startsWith(prefix) ? self.substring(prefix.length(), string.length()) : self;
            }),
            entry("removesuffix", (self, args, budget) -> {
                String suffix = args.bind("removesuffix", 1, "suffix").text(0).string();
                String string = self.string();
                return string.endsWith(suffix) ? self.substring(0, string.length() - suffix.length()) : self;
            }),
            entry("partition", (self, args, budget) -> partition("partition", self, args, false)),
            entry("rpartition", (self, args, budget) -> partition("rpartition", self, args, true)),
            entry("ljust", (self, args, budget) -> pad("ljust", self, args, false, true, budget)),
            entry("rjust", (self, args, budget) -> pad("rjust", self, args, true, false, budget)),
            entry("center", (self, args, budget) -> pad("center", self, args, true, true, budget)),
            entry("format", Formatting::braces),
            entry("isspace", (self, args, budget) -> all("isspace", self, args, Python::isSpace)),
            entry("isalpha", (self, args, budget) -> all("isalpha", self, args, Character::isLetter)),
            entry("isdigit", (self, args, budget) -> all("isdigit", self, args, TextMethods::isDigit)),
            entry(
                    "isalnum",
                    (self, args, budget) -> all("isalnum", self, args, c -> Character.isLetter(c) || isDigit(c))),
            entry("isupper", (self, args, budget) -> Numeric.of(isUpper(none("isupper", self, args)))),
            entry("islower", (self, args, budget) -> Numeric.of(isLower(none("islower", self, args)))));

    /** What Python has and this interpreter lacks. */
    private static final Set<String> UNSUPPORTED = Set.of(
            "casefold",
            "encode",
            "expandtabs",
            "format_map",
            "isascii",
            "isdecimal",
            "isidentifier",
            "isnumeric",
            "isprintable",
            "istitle",
            "maketrans",
            "swapcase",
            "translate",
            "zfill");

    private TextMethods() {}

    static boolean has(String name) {
        return METHODS.containsKey(name) || UNSUPPORTED.contains(name);
    }

    static Value bind(TracedText self, String name) {
        Method method = METHODS.get(name);
        if (method == null) {
            throw new Failure("Python's str." + name + " is not supported");
        }
        return Function.of((args, evaluator) -> method.call(self, args, evaluator.budget()));
    }

    private static TracedText none(String name, TracedText self, Args args) {
        args.bind(name, 0);
        return self;
    }

    private static Value strip(String name, TracedText self, Args args, boolean left, boolean right) {
        Args.Bound bound = args.bind(name, 0, "chars");
        return Texts.strip(self, unwanted(bound, 0), left, right);
    }

    /** The characters that an optional argument lists, white space without it. */
    static IntPredicate unwanted(Args.Bound args, int index) {
        if (!args.has(index) || args.get(index) == None.NONE) {
            return Python::isSpace;
        }
        String characters = args.text(index).string();
        return c -> characters.indexOf(c) >= 0;
    }

    private static Value split(TracedText self, Args args) {
        Args.Bound bound = args.bind("split", 0, "sep", "maxsplit");
        long limit = bound.integer(1, -1);
        boolean blanks = !bound.has(0) || bound.get(0) == None.NONE;
        return Sequence.list(
                blanks
                        ? Texts.split(self, limit)
                        : Texts.split(self, bound.text(0).string(), limit));
    }

    private static Value splitFromRight(TracedText self, Args args) {
        Args.Bound bound = args.bind("rsplit", 0, "sep", "maxsplit");
        long limit = bound.integer(1, -1);
        if (bound.has(0) && bound.get(0) != None.NONE) {
            return Sequence.list(Texts.splitFromRight(self, bound.text(0).string(), limit));
        }
        if (limit < 0) {
            return Sequence.list(Texts.split(self, -1));
        }
        throw new Failure("rsplit() at white space with a limit is not supported");
    }

    private static Value affix(String name, TracedText self, Args args, boolean prefix) {
        Args.Bound bound = args.bind(name, 1, prefix ? "prefix" : "suffix");
        List<Value> options =
                bound.get(0) instanceof Sequence tuple && !tuple.isList() ? tuple.items() : List.of(bound.text(0));
        for (Value option : options) {
            if (!(option instanceof TracedText text)) {
                throw bound.wrongType(0, "str or tuple of str");
            }
            if (prefix ? self.string().startsWith(text.string()) : self.string().endsWith(text.string())) {
                return Numeric.TRUE;
            }
        }
        return Numeric.FALSE;
    }

    private static Value join(TracedText self, Args args, Budget budget) {
        List<TracedText> parts = new ArrayList<>();
        Value iterable = args.bind("join", 1, "iterable").get(0);
        for (Iterator<Value> items = iterable.iterator(); items.hasNext(); ) {
            Value item = items.next();
            if (!(item instanceof TracedText text)) {
                throw new Failure("join() needs strings; found " + item.typeName());
            }
            parts.add(text);
        }
        return Texts.join(self, parts, budget);
    }

    /** Index of a part in code points within the optional bounds, or -1. */
    private static long find(String name, TracedText self, Args args, boolean last) {
        Args.Bound bound = args.bind(name, 1, "sub", "start", "end");
        String part = bound.text(0).string();
        if (bound.has(1) || bound.has(2)) {
            throw new Failure(name + "() with a start or end is not supported");
        }
        String string = self.string();
        int at = last ? string.lastIndexOf(part) : string.indexOf(part);
        return at < 0 ? -1 : string.codePointCount(0, at);
    }

    private static long found(long index) {
        if (index < 0) {
            throw new Failure("The substring was not found");
        }
        return index;
    }

    private static Value partition(String name, TracedText self, Args args, boolean last) {
        TracedText separator = args.bind(name, 1, "sep").text(0);
        List<TracedText> parts =
                last ? Texts.splitFromRight(self, separator.string(), 1) : Texts.split(self, separator.string(), 1);
        if (parts.size() == 1) {
            return Sequence.tuple(
                    last
                            ? List.of(TracedText.EMPTY, TracedText.EMPTY, self)
                            : List.of(self, TracedText.EMPTY, TracedText.EMPTY));
        }
        int start = parts.get(0).string().length();
        TracedText middle = self.substring(start, start + separator.string().length());
        return Sequence.tuple(List.of(parts.get(0), middle, parts.get(1)));
    }

    private static Value pad(String name, TracedText self, Args args, boolean left, boolean right, Budget budget) {
        Args.Bound bound = args.bind(name, 1, "width", "fillchar");
        return Texts.pad(self, bound.integer(0, 0), bound.text(1, " "), left, right, budget);
    }

    private static boolean isDigit(int c) {
        return Character.isDigit(c);
    }

    private static Value all(String name, TracedText self, Args args, IntPredicate test) {
        none(name, self, args);
        return Numeric.of(self.truthy() && self.string().codePoints().allMatch(test));
    }

    static boolean isUpper(TracedText text) {
        return onlyCase(text, Character::isUpperCase);
    }

    static boolean isLower(TracedText text) {
        return onlyCase(text, Character::isLowerCase);
    }

    private static boolean onlyCase(TracedText text, IntPredicate wanted) {
        String string = text.string();
        return string.codePoints().anyMatch(wanted)
                && string.codePoints().filter(Texts::isCased).allMatch(wanted);
    }
}
