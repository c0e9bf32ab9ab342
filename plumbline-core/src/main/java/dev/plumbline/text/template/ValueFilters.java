package dev.plumbline.text.template;

import static java.util.Map.entry;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Filters on single values: defaults, attributes and numbers. */
final class ValueFilters {
    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]+(_[0-9]+)*");
    private static final Pattern REAL = Pattern.compile(
            "[+-]?([0-9]+(_[0-9]+)*\\.?([0-9]+(_[0-9]+)*)?|\\.[0-9]+(_[0-9]+)*)([eE][+-]?[0-9]+(_[0-9]+)*)?");
    private static final Pattern INFINITE = Pattern.compile("[+-]?(inf|infinity|nan)", Pattern.CASE_INSENSITIVE);

    static final Map<String, Filter> ALL = Map.ofEntries(
            entry("default", ValueFilters::otherwise),
            entry("d", ValueFilters::otherwise),
            entry("attr", (input, args, evaluator) -> {
                Value name = args.bind("attr", 1, "name").get(0);
                Value value = name instanceof TracedText text ? Attributes.attribute(input, text.string()) : None.NONE;
                if (input instanceof Dict && !(value instanceof Function)) {
                    return Undefined.attribute(input, evaluator.str(name).string());
                }
                return value;
            }),
            entry("int", ValueFilters::integer),
            entry("float", (input, args, evaluator) -> {
                Value otherwise = args.bind("float", 0, "default").or(0, Numeric.of(0.0));
                OptionalDouble value = real(input);
                return value.isPresent() ? Numeric.of(value.getAsDouble()) : otherwise;
            }),
            entry("abs", (input, args, evaluator) -> {
                args.bind("abs", 0);
                boolean negative = input instanceof Numeric number && number.real() < 0;
                return negative ? Arithmetic.negate(input) : Arithmetic.plus(input);
            }),
            entry("round", ValueFilters::round));

    private ValueFilters() {}

    private static Value otherwise(Value input, Args args, Evaluator evaluator) {
        Args.Bound bound = args.bind("default", 0, "default_value", "boolean");
        boolean missing = input instanceof Undefined || (bound.flag(1, false) && !input.truthy());
        return missing ? bound.or(0, TracedText.EMPTY) : input;
    }

    private static Value integer(Value input, Args args, Evaluator evaluator) {
        Args.Bound bound = args.bind("int", 0, "default", "base");
        Operators.requireDefined(input);
        if (bound.integer(1, 10) != 10) {
            throw new Failure("The filter 'int' in a base other than 10 is not supported");
        }
        Value exact = exact(input);
        if (exact != null) {
            return exact;
        }
        OptionalDouble value = real(input);
        return value.isPresent() && Double.isFinite(value.getAsDouble())
                ? whole(value.getAsDouble())
                : bound.or(0, Numeric.of(0));
    }

    private static @Nullable Value exact(Value input) {
        if (input instanceof Numeric number && !(number instanceof Numeric.Real)) {
            return Numeric.of(Numeric.integer(number));
        }
        if (input instanceof TracedText text) {
            String digits = stripped(text);
            if (INTEGER.matcher(digits).matches()) {
                try {
                    return Numeric.of(Long.parseLong(digits.replace("_", "")));
                } catch (NumberFormatException e) {
                    throw new Failure("Integers beyond 64 bits are not supported");
                }
            }
        }
        return null;
    }

    private static Value whole(double value) {
        if (Math.abs(value) >= 0x1p63) {
            throw new Failure("Integers beyond 64 bits are not supported");
        }
        return Numeric.of((long) value);
    }

    private static OptionalDouble real(Value input) {
        Operators.requireDefined(input);
        if (input instanceof Numeric number) {
            return OptionalDouble.of(number.real());
        }
        if (!(input instanceof TracedText text)) {
            return OptionalDouble.empty();
        }
        String string = stripped(text);
        if (REAL.matcher(string).matches()) {
            return OptionalDouble.of(Double.parseDouble(string.replace("_", "")));
        }
        if (!INFINITE.matcher(string).matches()) {
            return OptionalDouble.empty();
        }
        boolean nan = string.toLowerCase(Locale.ROOT).endsWith("nan");
        return OptionalDouble.of(
                nan ? Double.NaN : string.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
    }

    private static String stripped(TracedText text) {
        return Texts.strip(text, Python::isSpace, true, true).string();
    }

    private static Value round(Value input, Args args, Evaluator evaluator) {
        Args.Bound bound = args.bind("round", 0, "precision", "method");
        Operators.requireDefined(input);
        if (!(input instanceof Numeric number)) {
            throw new Failure("The filter 'round' needs a number; found " + input.typeName());
        }
        long precision = bound.integer(0, 0);
        if (Math.abs(precision) > 300) {
            throw new Failure("The filter 'round' keeps at most 300 digits; found " + precision);
        }
        String method = bound.text(1, "common").string();
        double scale = Math.pow(10, (double) precision);
        return switch (method) {
            case "common" -> nearest(number, (int) precision);
            case "ceil" -> Numeric.of(Math.ceil(number.real() * scale) / scale);
            case "floor" -> Numeric.of(Math.floor(number.real() * scale) / scale);
            default -> throw new Failure("round knows the methods common, ceil and floor; found '" + method + "'");
        };
    }

    /** Python's {@code round}: the exact value, halves to the even digit. */
    private static Value nearest(Numeric number, int precision) {
        if (!(number instanceof Numeric.Real)) {
            long value = Numeric.integer(number);
            return precision >= 0
                    ? Numeric.of(value)
                    : whole(BigDecimal.valueOf(value)
                            .setScale(precision, RoundingMode.HALF_EVEN)
                            .doubleValue());
        }
        return Double.isFinite(number.real())
                ? Numeric.of(new BigDecimal(number.real())
                        .setScale(precision, RoundingMode.HALF_EVEN)
                        .doubleValue())
                : number;
    }
}
