package dev.plumbline.text.template;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Python's operators on values. */
final class Operators {
    private Operators() {}

    enum Binary {
        ADD("+"),
        SUBTRACT("-"),
        MULTIPLY("*"),
        DIVIDE("/"),
        FLOOR_DIVIDE("//"),
        REMAINDER("%"),
        POWER("**");

        private final String symbol;

        Binary(String symbol) {
            this.symbol = symbol;
        }
    }

    enum Compare {
        EQUAL,
        UNEQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL,
        IN,
        NOT_IN
    }

    static Value apply(Binary operator, Value left, Value right, Budget budget) {
        requireDefined(left);
        requireDefined(right);
        if (operator == Binary.REMAINDER && left instanceof TracedText format) {
            return Formatting.percent(format, right, budget);
        }
        if (left instanceof Numeric a && right instanceof Numeric b) {
            return Arithmetic.apply(operator, a, b);
        }
        if (operator == Binary.ADD) {
            if (left instanceof TracedText a && right instanceof TracedText b) {
                return budget.builder().append(a).append(b).build();
            }
            if (left instanceof Sequence a && right instanceof Sequence b && a.kind() == b.kind()) {
                return join(a, b, budget);
            }
        }
        if (operator == Binary.MULTIPLY && right instanceof Numeric times && !(times instanceof Numeric.Real)) {
            return repeat(left, Numeric.integer(times), budget);
        }
        if (operator == Binary.MULTIPLY && left instanceof Numeric times && !(times instanceof Numeric.Real)) {
            return repeat(right, Numeric.integer(times), budget);
        }
        throw new Failure("The operator " + operator.symbol + " does not apply to " + left.typeName() + " and "
                + right.typeName());
    }

    private static Value join(Sequence left, Sequence right, Budget budget) {
        budget.steps(left.length() + right.length());
        List<Value> joined = new ArrayList<>(left.items());
        joined.addAll(right.items());
        return Sequence.of(left.kind(), joined);
    }

    private static Value repeat(Value value, long times, Budget budget) {
        if (value instanceof TracedText text) {
            TextBuilder repeated = budget.builder();
            for (long i = 0; i < times && text.truthy(); i++) {
                repeated.append(text);
            }
            return repeated.build();
        }
        if (value instanceof Sequence sequence) {
            List<Value> repeated = new ArrayList<>();
            for (long i = 0; i < times && sequence.truthy(); i++) {
                budget.steps(sequence.length());
                repeated.addAll(sequence.items());
            }
            return Sequence.of(sequence.kind(), repeated);
        }
        throw new Failure("A value of type " + value.typeName() + " cannot be repeated");
    }

    static boolean compare(Compare operator, Value left, Value right, Budget budget) {
        return switch (operator) {
            case EQUAL -> equal(left, right);
            case UNEQUAL -> !equal(left, right);
            case LESS -> ordered(left, right) && order(left, right) < 0;
            case LESS_OR_EQUAL -> ordered(left, right) && order(left, right) <= 0;
            case GREATER -> ordered(left, right) && order(left, right) > 0;
            case GREATER_OR_EQUAL -> ordered(left, right) && order(left, right) >= 0;
            case IN -> contains(right, left, budget);
            case NOT_IN -> !contains(right, left, budget);
        };
    }

    private static boolean equal(Value left, Value right) {
        return left.equals(right);
    }

    /** False where a NaN is involved, which is neither below nor above nor equal to anything. */
    private static boolean ordered(Value left, Value right) {
        return !isNaN(left) && !isNaN(right);
    }

    private static boolean isNaN(Value value) {
        return value instanceof Numeric.Real real && Double.isNaN(real.value());
    }

    /** Python's {@code <} as a comparator; refuses values that have no order. */
    static int order(Value left, Value right) {
        requireDefined(left);
        requireDefined(right);
        if (left instanceof Numeric a && right instanceof Numeric b) {
            return Numeric.compare(a, b);
        }
        if (left instanceof TracedText a && right instanceof TracedText b) {
            return order(a.string(), b.string());
        }
        if (left instanceof Sequence a && right instanceof Sequence b && a.kind() == b.kind()) {
            Iterator<Value> rest = b.iterator();
            for (Value item : a.items()) {
                if (!rest.hasNext()) {
                    return 1;
                }
                Value other = rest.next();
                if (!equal(item, other)) {
                    return order(item, other);
                }
            }
            return rest.hasNext() ? -1 : 0;
        }
        throw new Failure("Values of types " + left.typeName() + " and " + right.typeName() + " have no order");
    }

    /** By code point, where Java compares UTF-16 units. */
    private static int order(String left, String right) {
        int length = Math.min(left.length(), right.length());
        for (int i = 0; i < length; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                boolean surrogateA = Character.isSurrogate(a);
                return surrogateA == Character.isSurrogate(b) ? Character.compare(a, b) : surrogateA ? 1 : -1;
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    static boolean contains(Value container, Value item, Budget budget) {
        if (container instanceof TracedText text) {
            requireDefined(item);
            if (item instanceof TracedText part) {
                return text.string().contains(part.string());
            }
            throw new Failure("Only a string can be in a string; found " + item.typeName());
        }
        if (container instanceof Dict dict) {
            Dict.requireHashable(item);
            return dict.entries().containsKey(item);
        }
        for (Iterator<Value> items = container.iterator(); items.hasNext(); ) {
            budget.step();
            if (equal(item, items.next())) {
                return true;
            }
        }
        return false;
    }

    static void requireDefined(Value value) {
        if (value instanceof Undefined undefined) {
            throw undefined.failure();
        }
    }
}
