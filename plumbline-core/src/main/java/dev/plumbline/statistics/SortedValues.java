package dev.plumbline.statistics;

import java.util.Arrays;

/** Exact quantiles. */
final class SortedValues implements Quantiles {

    private final double[] sorted;

    SortedValues(double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("No values have no quantiles");
        }
        sorted = values.clone();
        Arrays.sort(sorted);
        // NaN sorts last, infinities to the ends.
        if (!Double.isFinite(sorted[0]) || !Double.isFinite(sorted[sorted.length - 1])) {
            throw new IllegalArgumentException("Among " + sorted.length + " values there is one that is not finite");
        }
    }

    @Override
    public long count() {
        return sorted.length;
    }

    @Override
    public double at(double fraction) {
        return Quantiles.interpolate(fraction, sorted.length, i -> sorted[(int) i]);
    }

    @Override
    public double rankError() {
        return 0;
    }
}
