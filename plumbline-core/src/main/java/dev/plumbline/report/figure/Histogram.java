package dev.plumbline.report.figure;

import java.util.ArrayList;
import java.util.List;

/**
 * How values are distributed, one or more samples over the same bins.
 *
 * @param xLabel what the values are
 * @param countLabel what is counted
 * @param guides labelled lines at values of x
 */
public record Histogram(String title, String xLabel, String countLabel, List<Sample> samples, List<Guide> guides)
        implements Figure {

    /** The values of one sample, in any order. */
    public record Sample(String name, List<Double> values) {
        public Sample {
            values = Require.finite(name, "value", values);
            Require.someOf(name, "values", values);
        }
    }

    public Histogram {
        samples = List.copyOf(samples);
        guides = List.copyOf(guides);
        Require.someOf(title, "samples", samples);
    }

    /** Edges of the bins, ascending, at round numbers; a value on an edge belongs to the bin above it. */
    public List<Double> edges() {
        return Bins.edges(
                samples.stream().flatMap(sample -> sample.values().stream()).toList());
    }

    /** How many values of {@code sample} fall into each bin. */
    public List<Integer> counts(Sample sample) {
        List<Double> edges = edges();
        int[] counts = new int[edges.size() - 1];
        for (double value : sample.values()) {
            counts[Bins.binOf(value, edges)]++;
        }
        List<Integer> list = new ArrayList<>();
        for (int count : counts) {
            list.add(count);
        }
        return list;
    }

    @Override
    public String altText() {
        return "Histogram of " + xLabel + " for "
                + String.join(
                        " and ",
                        samples.stream()
                                .map(sample -> sample.values().size() + " values of " + sample.name())
                                .toList())
                + ".";
    }

    @Override
    public <R> R accept(FigureVisitor<R> visitor) {
        return visitor.histogram(this);
    }
}
