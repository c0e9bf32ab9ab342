package dev.plumbline.report.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Lines over a common x, each with a band of confidence where its estimates have intervals.
 *
 * @param horizontal labelled lines at values of y
 * @param vertical labelled lines at values of x
 */
public record LineChart(
        String title, String xLabel, String yLabel, List<Series> series, List<Guide> horizontal, List<Guide> vertical)
        implements Figure {

    /** One line: {@code ys.get(i)} stands at {@code xs.get(i)}, and xs increase. */
    public record Series(String name, List<Double> xs, List<Estimate> ys) {
        public Series {
            xs = Require.finite(name, "x", xs);
            ys = List.copyOf(ys);
            Require.someOf(name, "points", xs);
            Require.sameSize(name, "values of y", ys.size(), xs.size());
            for (int i = 1; i < xs.size(); i++) {
                if (!(xs.get(i - 1) < xs.get(i))) {
                    throw new IllegalArgumentException("Series \"" + name + "\": x " + i + " is " + xs.get(i)
                            + " after " + xs.get(i - 1) + "; expected increasing x");
                }
            }
        }

        /** A line without a band through {@code ys} at x = 0, 1, 2, …, such as one value per layer. */
        public static Series perIndex(String name, List<Double> ys) {
            List<Double> xs = new ArrayList<>();
            for (int i = 0; i < ys.size(); i++) {
                xs.add((double) i);
            }
            return new Series(name, xs, ys.stream().map(Estimate::exact).toList());
        }

        public boolean hasBand() {
            return ys.stream().anyMatch(Estimate::hasInterval);
        }
    }

    public LineChart {
        series = List.copyOf(series);
        horizontal = List.copyOf(horizontal);
        vertical = List.copyOf(vertical);
        Require.someOf(title, "series", series);
    }

    /** A chart without guides. */
    public static LineChart of(String title, String xLabel, String yLabel, List<Series> series) {
        return new LineChart(title, xLabel, yLabel, series, List.of(), List.of());
    }

    /** This chart with one more line across it at a value of y. */
    public LineChart withHorizontal(Guide guide) {
        return new LineChart(title, xLabel, yLabel, series, plus(horizontal, guide), vertical);
    }

    /** This chart with one more line up it at a value of x. */
    public LineChart withVertical(Guide guide) {
        return new LineChart(title, xLabel, yLabel, series, horizontal, plus(vertical, guide));
    }

    /** Whether every x is a whole number, as where layers or turns are counted. */
    public boolean isWholeAlongX() {
        return xs().allMatch(x -> x == Math.rint(x));
    }

    /** Every x that a point or a guide stands at. */
    public DoubleStream xs() {
        return Stream.concat(
                        series.stream().flatMap(line -> line.xs().stream()),
                        vertical.stream().map(Guide::at))
                .mapToDouble(Double::doubleValue);
    }

    @Override
    public String altText() {
        return "Line chart of " + yLabel + " over " + xLabel + " for "
                + String.join(", ", series.stream().map(Series::name).toList()) + ".";
    }

    @Override
    public <R> R accept(FigureVisitor<R> visitor) {
        return visitor.lineChart(this);
    }

    private static List<Guide> plus(List<Guide> guides, Guide guide) {
        List<Guide> more = new ArrayList<>(guides);
        more.add(guide);
        return more;
    }
}
