package dev.plumbline.text.template;

import static java.util.Map.entry;

import dev.plumbline.text.template.Operators.Compare;
import java.util.Map;
import java.util.function.Predicate;

/** All tests by name. */
final class Tests {
    private static final Map<String, Test> ALL = Map.ofEntries(
            entry("defined", alone("defined", value -> !(value instanceof Undefined))),
            entry("undefined", alone("undefined", value -> value instanceof Undefined)),
            entry("none", alone("none", value -> value == None.NONE)),
            entry("boolean", alone("boolean", value -> value instanceof Numeric.Bool)),
            entry("true", alone("true", value -> value instanceof Numeric.Bool bool && bool.value())),
            entry("false", alone("false", value -> value instanceof Numeric.Bool bool && !bool.value())),
            entry("integer", alone("integer", value -> value instanceof Numeric.Int)),
            entry("float", alone("float", value -> value instanceof Numeric.Real)),
            entry("number", alone("number", value -> value instanceof Numeric)),
            entry("string", alone("string", value -> value instanceof TracedText)),
            entry("mapping", alone("mapping", value -> value instanceof Dict)),
            entry("sequence", alone("sequence", Tests::isSequence)),
            entry("iterable", alone("iterable", Tests::isIterable)),
            entry("callable", alone("callable", value -> value instanceof Function || value instanceof Undefined)),
            entry("odd", alone("odd", value -> remainder(value, Numeric.of(2)).equals(Numeric.of(1)))),
            entry("even", alone("even", value -> remainder(value, Numeric.of(2)).equals(Numeric.of(0)))),
            entry("divisibleby", (value, args, evaluator) -> {
                Value divisor = args.bind("divisibleby", 1, "num").get(0);
                return remainder(value, divisor).equals(Numeric.of(0));
            }),
            entry("lower", (value, args, evaluator) -> TextMethods.isLower(evaluator.str(value))),
            entry("upper", (value, args, evaluator) -> TextMethods.isUpper(evaluator.str(value))),
            entry(
                    "filter",
                    (value, args, evaluator) ->
                            Filters.exists(evaluator.str(value).string())),
            entry(
                    "test",
                    (value, args, evaluator) -> exists(evaluator.str(value).string())),
            entry("sameas", Tests::isSame),
            entry("in", comparison(Compare.IN)),
            entry("==", comparison(Compare.EQUAL)),
            entry("eq", comparison(Compare.EQUAL)),
            entry("equalto", comparison(Compare.EQUAL)),
            entry("!=", comparison(Compare.UNEQUAL)),
            entry("ne", comparison(Compare.UNEQUAL)),
            entry("<", comparison(Compare.LESS)),
            entry("lt", comparison(Compare.LESS)),
            entry("lessthan", comparison(Compare.LESS)),
            entry("<=", comparison(Compare.LESS_OR_EQUAL)),
            entry("le", comparison(Compare.LESS_OR_EQUAL)),
            entry(">", comparison(Compare.GREATER)),
            entry("gt", comparison(Compare.GREATER)),
            entry("greaterthan", comparison(Compare.GREATER)),
            entry(">=", comparison(Compare.GREATER_OR_EQUAL)),
            entry("ge", comparison(Compare.GREATER_OR_EQUAL)));

    private Tests() {}

    private static Test alone(String name, Predicate<Value> test) {
        return (value, args, evaluator) -> {
            args.bind(name, 0);
            return test.test(value);
        };
    }

    private static Test comparison(Compare operator) {
        return (value, args, evaluator) -> Operators.compare(
                operator, value, args.bind("This test", 1, "other").get(0), evaluator.budget());
    }

    private static Value remainder(Value value, Value divisor) {
        if (value instanceof Numeric a && divisor instanceof Numeric b) {
            return Arithmetic.apply(Operators.Binary.REMAINDER, a, b);
        }
        Operators.requireDefined(value);
        throw new Failure("Only numbers are odd, even or divisible; found " + value.typeName());
    }

    private static boolean isSequence(Value value) {
        return value instanceof TracedText
                || value instanceof Sequence
                || value instanceof Dict
                || value instanceof Range
                || value instanceof Undefined;
    }

    private static boolean isIterable(Value value) {
        return isSequence(value) || value instanceof DictView || value instanceof Generator || value instanceof Loop;
    }

    private static boolean isSame(Value value, Args args, Evaluator evaluator) {
        Value other = args.bind("sameas", 1, "other").get(0);
        if (value == other) {
            return true;
        }
        boolean decidable = singleton(value) || singleton(other) || value.getClass() != other.getClass();
        if (!decidable) {
            throw new Failure("The test 'sameas' is supported only for true, false and none");
        }
        return value instanceof Numeric.Bool && other instanceof Numeric.Bool && value.equals(other);
    }

    private static boolean singleton(Value value) {
        return value == None.NONE || value instanceof Numeric.Bool;
    }

    static boolean exists(String name) {
        return ALL.containsKey(name);
    }

    static Test named(String name) {
        Test test = ALL.get(name);
        if (test == null) {
            throw missing(name);
        }
        return test;
    }

    static Failure missing(String name) {
        return new Failure(
                name.equals("escaped") ? "Jinja's test 'escaped' is not supported" : "There is no test '" + name + "'");
    }
}
