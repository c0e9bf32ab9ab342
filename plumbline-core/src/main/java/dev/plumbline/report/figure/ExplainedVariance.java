package dev.plumbline.report.figure;

import java.util.Arrays;
import java.util.List;

/**
 * How much of the variance each principal component explains, alone and together with those before it.
 *
 * @param ratios share of the variance of PC1, PC2, …; each 0–1, together at most 1
 */
public record ExplainedVariance(String title, List<Double> ratios) implements Figure {

    /** Shares of the variance that readers ask about. */
    public static final List<Double> LEVELS = List.of(0.70, 0.80, 0.90, 0.95);

    private static final double ROUNDING = 1e-3;
    private static final int LEAST_SHOWN = 10;
    private static final int MOST_SHOWN = 60;

    public ExplainedVariance {
        ratios = Require.finite(title, "variance ratio", ratios);
        Require.someOf(title, "components", ratios);
        double sum = 0;
        for (double ratio : ratios) {
            if (ratio < 0) {
                throw new IllegalArgumentException(
                        "Figure \"" + title + "\" has a variance ratio of " + ratio + "; expected 0 to 1");
            }
            sum += ratio;
        }
        if (sum > 1 + ROUNDING) {
            throw new IllegalArgumentException("Figure \"" + title + "\" has variance ratios that sum to " + sum
                    + "; expected shares of 1, not percentages");
        }
    }

    /** Running sums of {@link #ratios()}. */
    public List<Double> cumulative() {
        double[] sums = ratios.stream().mapToDouble(Double::doubleValue).toArray();
        for (int i = 1; i < sums.length; i++) {
            sums[i] = Math.min(1, sums[i] + sums[i - 1]);
        }
        return Arrays.stream(sums).boxed().toList();
    }

    /** How many components reach {@code level} together, or 0 if all of them do not. */
    public int componentsFor(double level) {
        List<Double> sums = cumulative();
        for (int i = 0; i < sums.size(); i++) {
            if (sums.get(i) >= level) {
                return i + 1;
            }
        }
        return 0;
    }

    /** How many components are worth drawing: past 95 % of the variance, but at least 10 where there are as many. */
    public int componentsShown() {
        int enough = componentsFor(LEVELS.get(LEVELS.size() - 1));
        int wanted = enough == 0 ? MOST_SHOWN : Math.max(LEAST_SHOWN, enough + 2);
        return Math.min(ratios.size(), Math.min(MOST_SHOWN, wanted));
    }

    /** A line at each of {@link #LEVELS} that says how many components reach it. */
    public List<Guide> levelGuides() {
        return LEVELS.stream()
                .map(level -> {
                    int enough = componentsFor(level);
                    String reach = enough == 0 ? "not reached" : enough + (enough == 1 ? " PC" : " PCs");
                    return new Guide(level, Numbers.percent(level, 0) + ": " + reach);
                })
                .toList();
    }

    @Override
    public String altText() {
        int enough = componentsFor(LEVELS.get(0));
        return "Bars of the variance explained by " + ratios.size()
                + " components with their running sum; PC1 explains "
                + Numbers.percent(ratios.get(0), 1)
                + (enough == 0 ? "." : ", and " + enough + " reach " + Numbers.percent(LEVELS.get(0), 0) + ".");
    }

    @Override
    public <R> R accept(FigureVisitor<R> visitor) {
        return visitor.explainedVariance(this);
    }
}
