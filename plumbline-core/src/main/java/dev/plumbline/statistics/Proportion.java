package dev.plumbline.statistics;

/** Shares of yes among yes-or-no cases. */
public final class Proportion {

    /** The point that a standard normal variable stays within, to either side, with probability 0.95. */
    private static final double Z = 1.959963984540054;

    private Proportion() {}

    /**
     * The share of successes with Wilson's score interval (1927), which stays within [0, 1] and is right for few cases and
     * for shares near 0 and 1, where the usual normal interval is not.
     *
     * @param n cases, at least one
     */
    public static Estimate of(long successes, long n) {
        if (n < 1 || successes < 0 || successes > n) {
            throw new IllegalArgumentException(successes + " successes in " + n + " cases are no proportion");
        }
        double share = (double) successes / n;
        double z2 = Z * Z / n;
        double centre = (share + z2 / 2) / (1 + z2);
        double half = Z * Math.sqrt(share * (1 - share) / n + z2 / (4 * n)) / (1 + z2);
        // At the ends the formula gives 0 and 1 but for rounding.
        double low = successes == 0 ? 0 : centre - half;
        double high = successes == n ? 1 : centre + half;
        return new Estimate(share, low, high, n);
    }
}
