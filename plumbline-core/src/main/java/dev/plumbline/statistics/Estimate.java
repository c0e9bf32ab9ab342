package dev.plumbline.statistics;

/**
 * A number estimated from a sample, with its 95 % confidence interval.
 *
 * @param value the estimate
 * @param low lower end of the interval
 * @param high upper end of the interval
 * @param n cases in the sample
 */
public record Estimate(double value, double low, double high, long n) {

    /** Share of intervals, over repetitions of a study, that hold the true value. */
    static final double CONFIDENCE = 0.95;

    /** Whether zero, usually no effect, lies outside the interval. */
    public boolean excludesZero() {
        return low > 0 || high < 0;
    }
}
