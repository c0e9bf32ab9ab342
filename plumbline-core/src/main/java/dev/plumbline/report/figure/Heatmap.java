package dev.plumbline.report.figure;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A square of values between the same names on both sides, such as cosine similarities. Rows run downward in the order
 * of {@code names}.
 *
 * @param values one row per name, one column per name
 * @param valueLabel what the values are, for the colour bar
 * @param low value at the low end of the colour scale
 * @param high value at the high end of the colour scale
 */
public record Heatmap(
        String title,
        List<String> names,
        double[][] values,
        String valueLabel,
        ColourScale scale,
        double low,
        double high)
        implements Figure {

    public Heatmap {
        names = List.copyOf(names);
        Require.someOf(title, "names", names);
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw new IllegalArgumentException(
                        "Figure \"" + title + "\" has the name \"" + name + "\" twice; expected each once");
            }
        }
        Require.sameSize(title, "rows", values.length, names.size());
        for (double[] row : values) {
            Require.sameSize(title, "columns", row.length, names.size());
            for (double value : row) {
                Require.finite(title, "a value", value);
            }
        }
        if (!(low < high)) {
            throw new IllegalArgumentException(
                    "Figure \"" + title + "\" has a colour range [" + low + ", " + high + "]; expected low < high");
        }
        values = copy(values);
    }

    /** Cosines of centred vectors: they spread around 0, so the scale diverges from 0 and always spans −1 to 1. */
    public static Heatmap centredCosine(String title, List<String> names, double[][] cosines) {
        return new Heatmap(title, names, cosines, "Cosine similarity (centred)", ColourScale.DIVERGING, -1, 1);
    }

    /** Cosines of raw vectors: all share one large component, so the scale spans only what occurs, up to 1. */
    public static Heatmap rawCosine(String title, List<String> names, double[][] cosines) {
        double low = 1;
        for (double[] row : cosines) {
            for (double value : row) {
                low = Math.min(low, value);
            }
        }
        // Equal vectors would leave nothing between the ends of the scale.
        double floor = Math.min(low, 0.99);
        return new Heatmap(title, names, cosines, "Cosine similarity", ColourScale.SEQUENTIAL, floor, 1);
    }

    @Override
    public double[][] values() {
        return copy(values);
    }

    public double value(int row, int column) {
        return values[row][column];
    }

    @Override
    public String altText() {
        return "Heat map of " + names.size() + " by " + names.size() + " values (" + valueLabel + "), coloured from "
                + Numbers.brief(low) + " to " + Numbers.brief(high) + ".";
    }

    @Override
    public <R> R accept(FigureVisitor<R> visitor) {
        return visitor.heatmap(this);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Heatmap that
                && title.equals(that.title)
                && names.equals(that.names)
                && Arrays.deepEquals(values, that.values)
                && valueLabel.equals(that.valueLabel)
                && scale == that.scale
                && low == that.low
                && high == that.high;
    }

    @Override
    public int hashCode() {
        return Objects.hash(title, names, Arrays.deepHashCode(values), valueLabel, scale, low, high);
    }

    private static double[][] copy(double[][] values) {
        double[][] copy = new double[values.length][];
        for (int i = 0; i < values.length; i++) {
            copy[i] = values[i].clone();
        }
        return copy;
    }
}
