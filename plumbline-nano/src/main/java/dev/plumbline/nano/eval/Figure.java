package dev.plumbline.nano.eval;

import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * One measured number.
 *
 * @param name what was measured
 * @param n how many responses (or conversations) it rests on
 * @param value the estimate
 * @param low lower end of the 95 % interval
 * @param high upper end
 */
public record Figure(String name, int n, double value, double low, double high) {
    private static final double Z = 1.959964;
    private static final int RESAMPLES = 1000;

    /** A proportion with its Wilson interval. */
    public static Figure proportion(String name, int hits, int n) {
        if (n == 0) {
            return new Figure(name, 0, Double.NaN, 0, 1);
        }
        double p = (double) hits / n;
        double denominator = 1 + Z * Z / n;
        double centre = (p + Z * Z / (2 * n)) / denominator;
        double half = Z * Math.sqrt(p * (1 - p) / n + Z * Z / (4.0 * n * n)) / denominator;
        return new Figure(name, n, p, Math.max(0, centre - half), Math.min(1, centre + half));
    }

    /** A mean with its percentile bootstrap interval. */
    public static Figure mean(String name, double[] values) {
        if (values.length == 0) {
            return new Figure(name, 0, Double.NaN, Double.NaN, Double.NaN);
        }
        SplittableRandom random = new SplittableRandom(values.length);
        double[] means = new double[RESAMPLES];
        for (int r = 0; r < RESAMPLES; r++) {
            double sum = 0;
            for (int i = 0; i < values.length; i++) {
                sum += values[random.nextInt(values.length)];
            }
            means[r] = sum / values.length;
        }
        Arrays.sort(means);
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        return new Figure(
                name, values.length, mean, means[(int) (0.025 * RESAMPLES)], means[(int) (0.975 * RESAMPLES)]);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%-52s %.3f  [%.3f, %.3f]  n=%d", name, value, low, high, n);
    }
}
