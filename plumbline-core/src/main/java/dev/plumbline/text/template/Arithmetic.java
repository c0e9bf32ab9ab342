package dev.plumbline.text.template;

/** Python's arithmetic: integers stay exact, division rounds down, and what leaves 64 bits is refused. */
final class Arithmetic {
    private Arithmetic() {}

    static Value apply(Operators.Binary operator, Numeric left, Numeric right) {
        if (operator == Operators.Binary.DIVIDE || left instanceof Numeric.Real || right instanceof Numeric.Real) {
            return Numeric.of(real(operator, left.real(), right.real()));
        }
        try {
            return integer(operator, Numeric.integer(left), Numeric.integer(right));
        } catch (ArithmeticException e) {
            throw new Failure("Integers beyond 64 bits are not supported");
        }
    }

    static Value negate(Value value) {
        if (value instanceof Numeric.Real real) {
            return Numeric.of(-real.value());
        }
        return apply(Operators.Binary.SUBTRACT, Numeric.of(0), number(value, "-"));
    }

    static Value plus(Value value) {
        return value instanceof Numeric.Real ? value : Numeric.of(Numeric.integer(number(value, "+")));
    }

    private static Numeric number(Value value, String sign) {
        if (value instanceof Numeric number) {
            return number;
        }
        Operators.requireDefined(value);
        throw new Failure("The sign " + sign + " does not apply to a value of type " + value.typeName());
    }

    private static double real(Operators.Binary operator, double left, double right) {
        return switch (operator) {
            case ADD -> left + right;
            case SUBTRACT -> left - right;
            case MULTIPLY -> left * right;
            case DIVIDE -> left / nonZero(right);
            case FLOOR_DIVIDE -> Math.floor((left - remainder(left, nonZero(right))) / right + 0.5);
            case REMAINDER -> remainder(left, nonZero(right));
            case POWER -> power(left, right);
        };
    }

    private static double remainder(double left, double right) {
        double remainder = left % right;
        return remainder != 0 && (remainder < 0) != (right < 0) ? remainder + right : remainder;
    }

    private static double power(double left, double right) {
        if (left == 0 && right < 0) {
            throw new Failure("Division by zero");
        }
        double power = Math.pow(left, right);
        if (Double.isNaN(power) && !Double.isNaN(left) && !Double.isNaN(right)) {
            throw new Failure("Complex numbers are not supported");
        }
        if (Double.isInfinite(power) && Double.isFinite(left) && Double.isFinite(right)) {
            throw new Failure("The result of ** is too large");
        }
        return power;
    }

    private static double nonZero(double divisor) {
        if (divisor == 0) {
            throw new Failure("Division by zero");
        }
        return divisor;
    }

    private static Value integer(Operators.Binary operator, long left, long right) {
        return switch (operator) {
            case ADD -> Numeric.of(Math.addExact(left, right));
            case SUBTRACT -> Numeric.of(Math.subtractExact(left, right));
            case MULTIPLY -> Numeric.of(Math.multiplyExact(left, right));
            case DIVIDE -> throw new IllegalArgumentException("Division gives a float");
            case FLOOR_DIVIDE -> {
                nonZero((double) right);
                yield left == Long.MIN_VALUE && right == -1
                        ? Numeric.of(Math.negateExact(left))
                        : Numeric.of(Math.floorDiv(left, right));
            }
            case REMAINDER -> {
                nonZero((double) right);
                yield Numeric.of(Math.floorMod(left, right));
            }
            case POWER -> right < 0 ? Numeric.of(power((double) left, (double) right)) : Numeric.of(power(left, right));
        };
    }

    private static long power(long base, long exponent) {
        long result = 1;
        long square = base;
        for (long rest = exponent; rest > 0; rest >>= 1) {
            if ((rest & 1) == 1) {
                result = Math.multiplyExact(result, square);
            }
            if (rest > 1) {
                square = Math.multiplyExact(square, square);
            }
        }
        return result;
    }
}
