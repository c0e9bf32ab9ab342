package dev.plumbline.report.figure;

/**
 * A number and the interval that it is known within.
 *
 * @param low lower end of the interval, at most {@code value}
 * @param high upper end of the interval, at least {@code value}
 */
public record Estimate(double value, double low, double high) {

    public Estimate {
        if (!Double.isFinite(low) || !Double.isFinite(high) || !(low <= value && value <= high)) {
            throw new IllegalArgumentException("Estimate " + value + " with interval [" + low + ", " + high
                    + "]; expected finite numbers with low ≤ value ≤ high");
        }
    }

    /** A number without an interval: none is drawn. */
    public static Estimate exact(double value) {
        return new Estimate(value, value, value);
    }

    public boolean hasInterval() {
        return low < high;
    }
}
