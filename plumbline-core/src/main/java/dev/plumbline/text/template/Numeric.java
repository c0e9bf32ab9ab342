package dev.plumbline.text.template;

import java.math.BigDecimal;

/** A number or a truth value; in Python the latter are the numbers 0 and 1. */
sealed interface Numeric extends Value permits Numeric.Bool, Numeric.Int, Numeric.Real {
    Bool TRUE = new Bool(true);
    Bool FALSE = new Bool(false);

    static Bool of(boolean value) {
        return value ? TRUE : FALSE;
    }

    static Int of(long value) {
        return new Int(value);
    }

    static Real of(double value) {
        return new Real(value);
    }

    double real();

    /** Whether two numbers, of whatever types, are equal. */
    static boolean equal(Numeric left, Numeric right) {
        boolean comparable = !Double.isNaN(left.real()) && !Double.isNaN(right.real());
        return comparable && compare(left, right) == 0;
    }

    /** Order by value, without rounding integers; the caller minds NaN, which has no order. */
    static int compare(Numeric left, Numeric right) {
        if (!(left instanceof Real) && !(right instanceof Real)) {
            return Long.compare(integer(left), integer(right));
        }
        if (!Double.isFinite(left.real()) || !Double.isFinite(right.real())) {
            return Double.compare(left.real(), right.real());
        }
        return exact(left).compareTo(exact(right));
    }

    private static BigDecimal exact(Numeric number) {
        return number instanceof Real ? new BigDecimal(number.real()) : BigDecimal.valueOf(integer(number));
    }

    /** The value of a number that is not a {@link Real}. */
    static long integer(Numeric number) {
        return number instanceof Int whole ? whole.value() : number.truthy() ? 1 : 0;
    }

    static int hash(Numeric number) {
        return Double.hashCode(number.real() + 0.0);
    }

    /** {@code bool}. */
    record Bool(boolean value) implements Numeric {
        @Override
        public double real() {
            return value ? 1 : 0;
        }

        @Override
        public boolean truthy() {
            return value;
        }

        @Override
        public String typeName() {
            return "bool";
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Numeric number && equal(this, number);
        }

        @Override
        public int hashCode() {
            return hash(this);
        }
    }

    /** {@code int}, within 64 bits: arithmetic that leaves them is refused. */
    record Int(long value) implements Numeric {
        @Override
        public double real() {
            return value;
        }

        @Override
        public boolean truthy() {
            return value != 0;
        }

        @Override
        public String typeName() {
            return "int";
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Numeric number && equal(this, number);
        }

        @Override
        public int hashCode() {
            return hash(this);
        }
    }

    /** {@code float}. */
    record Real(double value) implements Numeric {
        @Override
        public double real() {
            return value;
        }

        @Override
        public boolean truthy() {
            return value != 0;
        }

        @Override
        public String typeName() {
            return "float";
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Numeric number && equal(this, number);
        }

        @Override
        public int hashCode() {
            return hash(this);
        }
    }
}
