package dev.plumbline.report;

import dev.plumbline.artifact.VectorCollection.LayerSlice;
import dev.plumbline.direction.ComponentSpace;
import dev.plumbline.direction.Direction;
import dev.plumbline.direction.LoadingCorrelation;
import dev.plumbline.hook.Site;
import dev.plumbline.report.VectorAnalysis.Population;
import dev.plumbline.report.figure.Estimate;
import dev.plumbline.report.figure.GroupedBars;
import dev.plumbline.report.figure.Numbers;
import dev.plumbline.report.figure.PersonaPoint;
import dev.plumbline.report.figure.Scatter2d;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Two models' components over the names that both have. */
final class ComparisonReport {

    private ComparisonReport() {}

    static AnalysisReport of(
            Population population,
            String firstModel,
            LayerSlice firstSlice,
            ComponentSpace first,
            String secondModel,
            LayerSlice secondSlice,
            ComponentSpace second) {
        LoadingCorrelation correlation = LoadingCorrelation.between(first, second, VectorAnalysis.COMPONENTS);
        int shown = correlation.correlations().length;
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Plot(new CaptionedFigure(
                "pc1-against-pc1",
                new Scatter2d(
                        "The same " + population.word() + " in two models",
                        "PC1 of " + firstModel,
                        "PC1 of " + secondModel,
                        "Projection on the axis of " + firstModel,
                        points(population, firstSlice, first, second, correlation.names())),
                "Each mark is a name that both have. On a straight line, the two models arrange them alike. Both PC1 are"
                        + " turned toward the Assistant.")));
        blocks.add(new Block.Plot(new CaptionedFigure(
                "loading-correlation",
                bars(firstModel, secondModel, correlation),
                "Pearson's correlation of the scores on each component of the one model with those on each of the other,"
                        + " without its sign, which means nothing beyond PC1. Whiskers: 95 % intervals by Fisher's"
                        + " transformation.")));
        List<List<String>> rows = new ArrayList<>();
        List<Map<String, Object>> pairs = new ArrayList<>();
        for (int i = 0; i < shown; i++) {
            for (int j = 0; j < shown; j++) {
                double[] interval = correlation.interval(i, j);
                double r = correlation.correlations()[i][j];
                rows.add(List.of(
                        "PC" + (i + 1),
                        "PC" + (j + 1),
                        Numbers.fixed(r, 3),
                        Numbers.fixed(interval[0], 3) + " to " + Numbers.fixed(interval[1], 3)));
                Map<String, Object> pair = new LinkedHashMap<>();
                pair.put("first", "PC" + (i + 1));
                pair.put("second", "PC" + (j + 1));
                pair.put("r", r);
                pair.put("interval_95", interval);
                pairs.add(pair);
            }
        }
        blocks.add(new Block.Table(
                "All correlations",
                List.of(
                        Block.Column.text(firstModel),
                        Block.Column.text(secondModel),
                        Block.Column.number("r"),
                        Block.Column.number("95 % interval")),
                rows,
                false));
        Map<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("first", firstModel);
        numbers.put("second", secondModel);
        numbers.put("layers", new int[] {firstSlice.layer(), secondSlice.layer()});
        numbers.put("population", population.word());
        numbers.put("scaling", first.scaling().id());
        numbers.put("n", correlation.names().size());
        numbers.put("correlations", pairs);
        return new AnalysisReport(
                "compare",
                new ReportPage(
                        firstModel + " and " + secondModel,
                        "Whether two models arrange the " + correlation.names().size() + " " + population.word()
                                + " that both have alike.",
                        List.of(
                                new Fact(
                                        "Names in common",
                                        Integer.toString(correlation.names().size())),
                                new Fact(
                                        "PC1 with PC1",
                                        Numbers.fixed(correlation.correlations()[0][0], 3))),
                        blocks,
                        List.of(
                                new Fact("Layer of " + firstModel, Integer.toString(firstSlice.layer())),
                                new Fact("Layer of " + secondModel, Integer.toString(secondSlice.layer())),
                                new Fact("Scaling", ComponentReport.words(first.scaling())))),
                numbers);
    }

    private static List<PersonaPoint> points(
            Population population, LayerSlice slice, ComponentSpace first, ComponentSpace second, List<String> names) {
        Direction axis = new Direction(Site.residPost(slice.layer()), slice.axis());
        SortedMap<String, float[]> vectors = new TreeMap<>(population.of(slice));
        vectors.keySet().retainAll(names);
        List<PersonaPoint> points = new ArrayList<>();
        vectors.forEach((name, vector) -> points.add(new PersonaPoint(
                name,
                population.group(),
                List.of(first.score(name, 0), second.score(name, 0)),
                axis.projection(first.centred(vector)))));
        return points;
    }

    private static GroupedBars bars(String firstModel, String secondModel, LoadingCorrelation correlation) {
        int shown = correlation.correlations().length;
        List<String> categories = IntStream.rangeClosed(1, shown)
                .mapToObj(i -> "PC" + i + " of " + firstModel)
                .toList();
        List<GroupedBars.Group> groups = new ArrayList<>();
        for (int j = 0; j < shown; j++) {
            List<Estimate> bars = new ArrayList<>();
            for (int i = 0; i < shown; i++) {
                bars.add(unsigned(correlation.correlations()[i][j], correlation.interval(i, j)));
            }
            groups.add(new GroupedBars.Group("PC" + (j + 1) + " of " + secondModel, bars));
        }
        return new GroupedBars("Correlation of the components", "|r|", "95 % interval", categories, groups);
    }

    /** The size of a correlation, with the interval folded at 0. */
    private static Estimate unsigned(double r, double[] interval) {
        double low = interval[0] <= 0 && interval[1] >= 0 ? 0 : Math.min(Math.abs(interval[0]), Math.abs(interval[1]));
        double high = Math.max(Math.abs(interval[0]), Math.abs(interval[1]));
        return new Estimate(Math.abs(r), Math.min(low, Math.abs(r)), Math.max(high, Math.abs(r)));
    }
}
