package dev.plumbline.statistics;

import java.util.function.LongToDoubleFunction;

/** Where the values of a population lie. */
public interface Quantiles {

    /** Number of values. */
    long count();

    /**
     * The value below which a fraction of the values lies. Between two values it is interpolated linearly: at index {@code
     * fraction · (count − 1)} of the sorted values, as numpy does unless told otherwise (Hyndman and Fan's type 7).
     *
     * @param fraction between 0, the smallest value, and 1, the largest
     */
    double at(double fraction);

    /** How far the rank of a quantile may be from what was asked for, as a fraction of all values; 0 where they are exact. */
    double rankError();

    /**
     * Exact quantiles of values that are all at hand; they are copied and sorted.
     *
     * @throws IllegalArgumentException if there are none, or one is not a finite number
     */
    static Quantiles exact(double... values) {
        return new SortedValues(values);
    }

    /** The interpolation, over any way to find the value at an index of the sorted values. */
    static double interpolate(double fraction, long count, LongToDoubleFunction sorted) {
        if (!(fraction >= 0 && fraction <= 1)) {
            throw new IllegalArgumentException("A quantile is asked for a fraction from 0 to 1, not " + fraction);
        }
        double index = fraction * (count - 1);
        long below = (long) index;
        double a = sorted.applyAsDouble(below);
        double b = sorted.applyAsDouble(Math.min(below + 1, count - 1));
        double share = index - below;
        // From the nearer end, so that equal ends give just that value, and the result never leaves them.
        return share < 0.5 ? a + (b - a) * share : b - (b - a) * (1 - share);
    }
}
