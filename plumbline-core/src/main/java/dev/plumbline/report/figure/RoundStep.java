package dev.plumbline.report.figure;

/** Steps that people count in: 1, 2, 2.5 or 5 times a power of ten. */
public final class RoundStep {

    private static final double[] MANTISSAS = {1, 2, 2.5, 5, 10};

    private RoundStep() {}

    /** The smallest round step that is not below {@code step}, which must be positive. */
    public static double atLeast(double step) {
        int exponent = exponent(step);
        for (double mantissa : MANTISSAS) {
            // A hair of slack: 0.3 / 3 must give 0.1, not 0.2.
            double round = times(mantissa, exponent);
            if (round >= step * (1 - 1e-9)) {
                return round;
            }
        }
        return times(10, exponent);
    }

    /** The largest round step that is not above {@code step}, which must be positive. */
    static double atMost(double step) {
        int exponent = exponent(step);
        double most = times(1, exponent);
        for (double mantissa : MANTISSAS) {
            double round = times(mantissa, exponent);
            if (round <= step * (1 + 1e-9)) {
                most = round;
            }
        }
        return most;
    }

    private static int exponent(double step) {
        if (!(step > 0) || !Double.isFinite(step)) {
            throw new IllegalArgumentException("Step " + step + "; expected a positive number");
        }
        return (int) Math.floor(Math.log10(step));
    }

    /** By division where the power is negative, so that 0.1 is the nearest number to a tenth. */
    private static double times(double mantissa, int exponent) {
        return exponent < 0 ? mantissa / Math.pow(10, -exponent) : mantissa * Math.pow(10, exponent);
    }
}
