package dev.plumbline.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleBinaryOperator;

/**
 * Compares two conditions that were measured on the same cases. Cases are drawn with replacement, each with both of its
 * values, so that what makes a case easy or hard in either condition cancels. Intervals run from the 2.5th to the 97.5th
 * percentile of the resamples (Efron and Tibshirani, 1993, chapter 13).
 *
 * @param resamples how many samples are drawn; a thousand gives the ends of an interval roughly, ten thousand well
 * @param seed the same seed gives the same interval
 */
public record PairedBootstrap(int resamples, long seed) {

    public PairedBootstrap {
        if (resamples < 1) {
            throw new IllegalArgumentException("A bootstrap needs at least 1 resample, not " + resamples);
        }
    }

    /** {@code mean(treatment) − mean(baseline)}. */
    public Estimate difference(double[] baseline, double[] treatment) {
        return ofMeans(baseline, treatment, (b, t) -> t - b);
    }

    /** {@code (mean(treatment) − mean(baseline)) / mean(baseline)}: −0.5 is half of what it was. */
    public Estimate relativeChange(double[] baseline, double[] treatment) {
        return ofMeans(baseline, treatment, (b, t) -> (t - b) / b);
    }

    /**
     * Any function of the two means.
     *
     * @param baseline one value per case
     * @param treatment the value of the same cases, in the same order
     * @param statistic of the mean of the baseline and that of the treatment
     * @throws IllegalArgumentException if the cases do not pair, or the statistic is undefined in a resample
     */
    public Estimate ofMeans(double[] baseline, double[] treatment, DoubleBinaryOperator statistic) {
        int n = baseline.length;
        if (n == 0 || treatment.length != n) {
            throw new IllegalArgumentException(
                    "Cannot pair " + n + " baseline values with " + treatment.length + " of the treatment");
        }
        SplittableRandom random = new SplittableRandom(seed);
        double[] drawn = new double[resamples];
        for (int r = 0; r < resamples; r++) {
            double baselineSum = 0;
            double treatmentSum = 0;
            for (int i = 0; i < n; i++) {
                int drawnCase = random.nextInt(n);
                baselineSum += baseline[drawnCase];
                treatmentSum += treatment[drawnCase];
            }
            drawn[r] = defined(statistic.applyAsDouble(baselineSum / n, treatmentSum / n));
        }
        Quantiles quantiles = Quantiles.exact(drawn);
        double tail = (1 - Estimate.CONFIDENCE) / 2;
        double value = defined(statistic.applyAsDouble(mean(baseline), mean(treatment)));
        return new Estimate(value, quantiles.at(tail), quantiles.at(1 - tail), n);
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).sum() / values.length;
    }

    private static double defined(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("The statistic is " + value
                    + " in a sample: the values hold no number, or it divides by a mean of 0");
        }
        return value;
    }
}
