package dev.plumbline.report.figure;

/** Steps that people count in: 1, 2, 2.5 or 5 times a power of ten. */
public final class RoundStep {

    private static final double[] MANTISSAS = {1, 2, 2.5, 5, 10};

    private RoundStep() {}

    /** The smallest round step that is not below {@code step}, which must be positive. */
    public static double atLeast(double step) {
        if (!(step > 0) || !Double.isFinite(step)) {
            throw new IllegalArgumentException("Step " + step + "; expected a positive number");
        }
        int exponent = (int) Math.floor(Math.log10(step));
        double power = Math.pow(10, exponent);
        for (double mantissa : MANTISSAS) {
            // A hair of slack: 0.3 / 3 must give 0.1, not 0.2.
            if (mantissa * power >= step * (1 - 1e-9)) {
                return exponent < 0 ? mantissa / Math.pow(10, -exponent) : mantissa * power;
            }
        }
        return 10 * power;
    }
}
