package dev.plumbline.report;

import dev.plumbline.report.PersonaSpace.LayerSpace;
import dev.plumbline.report.PersonaSpace.LayerTrend;
import dev.plumbline.report.figure.AxisLine;
import dev.plumbline.report.figure.Estimate;
import dev.plumbline.report.figure.ExplainedVariance;
import dev.plumbline.report.figure.Guide;
import dev.plumbline.report.figure.Heatmap;
import dev.plumbline.report.figure.Histogram;
import dev.plumbline.report.figure.LineChart;
import dev.plumbline.report.figure.Numbers;
import dev.plumbline.report.figure.PersonaGroup;
import dev.plumbline.report.figure.PersonaPoint;
import dev.plumbline.report.figure.Scatter2d;
import dev.plumbline.report.figure.Scatter3d;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The figures of a persona space with captions for readers who have not met one. */
final class PersonaSpaceFigures {

    private static final String PROJECTION = "Projection on the axis";

    private PersonaSpaceFigures() {}

    /** The axis first, then the figures of the space around it. */
    static List<CaptionedFigure> of(LayerSpace layer) {
        List<CaptionedFigure> figures = new ArrayList<>();
        figures.add(axisLine(layer));
        figures.add(histogram(layer));
        figures.add(scatter2d(layer));
        if (hasThreeComponents(layer)) {
            figures.add(scatter3d(layer));
        }
        figures.add(variance(layer));
        figures.add(similarity(layer));
        return figures;
    }

    static List<CaptionedFigure> trends(List<LayerTrend> trends, int targetLayer) {
        if (trends.isEmpty()) {
            return List.of();
        }
        Guide target = new Guide(targetLayer, "target layer " + targetLayer);
        LineChart norms = trend("Length of the axis", "Norm", trends, LayerTrend::axisNorm);
        LineChart cosines = trend(
                "Agreement of PC1 with the axis", "Cosine of PC1 and the axis", trends, LayerTrend::pc1AxisCosine);
        return List.of(
                new CaptionedFigure(
                        "axis-norm",
                        norms.withVertical(target),
                        "How far the mean of the Assistant lies from the mean of the roles, layer by layer. The residual"
                                + " stream itself grows with depth, so a rise alone does not mean a clearer axis."),
                new CaptionedFigure(
                        "pc1-axis-cosine",
                        cosines.withVertical(target),
                        "PC1 is the direction in which personas differ most, found without being told which of them is"
                                + " the Assistant. Where the cosine is near 1, that direction and the axis are the same;"
                                + " near 0 they have nothing in common."));
    }

    private static CaptionedFigure axisLine(LayerSpace layer) {
        List<AxisLine.Entry> entries = layer.personas().stream()
                .map(persona -> new AxisLine.Entry(persona.name(), persona.group(), persona.projection()))
                .toList();
        return new CaptionedFigure(
                "axis-line",
                new AxisLine("Personas along the Assistant Axis", PROJECTION, "Role-play", "Assistant", entries),
                "Each mark is a persona, placed by its projection on the axis. The diamond is the model with no role"
                        + " given. Roles near the top are played much as the Assistant would speak; those near the"
                        + " bottom pull the model farthest from it.");
    }

    private static CaptionedFigure histogram(LayerSpace layer) {
        List<Double> roles = layer.personas().stream()
                .filter(persona -> persona.group() == PersonaGroup.ROLE)
                .map(PersonaPoint::projection)
                .toList();
        List<Guide> defaults = layer.personas().stream()
                .filter(persona -> persona.group() == PersonaGroup.DEFAULT)
                .map(persona -> new Guide(persona.projection(), persona.name()))
                .toList();
        return new CaptionedFigure(
                "axis-histogram",
                new Histogram(
                        "Where the roles lie on the axis",
                        PROJECTION,
                        "Roles",
                        List.of(new Histogram.Sample("Roles", roles)),
                        defaults),
                "How many roles fall into each stretch of the axis. The dashed line is the default Assistant; a gap"
                        + " between it and the bars means that every role moves the model.");
    }

    private static CaptionedFigure scatter2d(LayerSpace layer) {
        return new CaptionedFigure(
                "pca-2d",
                new Scatter2d(
                        "The two widest directions",
                        component(layer, 0),
                        component(layer, 1),
                        PROJECTION,
                        layer.personas()),
                "Personas that the model treats alike lie close together. Across and up are the two directions in which"
                        + " they differ most (principal components), with the share of all differences that each"
                        + " explains. If the colour changes smoothly from left to right, the first direction is the"
                        + " axis in all but name.");
    }

    private static CaptionedFigure scatter3d(LayerSpace layer) {
        return new CaptionedFigure(
                "pca-3d",
                new Scatter3d(
                        "The three widest directions",
                        component(layer, 0),
                        component(layer, 1),
                        component(layer, 2),
                        PROJECTION,
                        layer.personas()),
                "The same personas with a third direction. Drag to turn the box; point at a mark for its name.");
    }

    private static CaptionedFigure variance(LayerSpace layer) {
        return new CaptionedFigure(
                "explained-variance",
                new ExplainedVariance("How many directions matter", layer.varianceRatios()),
                "Bars: the share of all differences between personas that each direction explains. Line: the share that"
                        + " it and those before it explain together. The dashed lines say how many directions reach a"
                        + " level; few of them mean that persona space is nearly flat.");
    }

    private static CaptionedFigure similarity(LayerSpace layer) {
        List<PersonaPoint> personas = layer.personas();
        int[] order = IntStream.range(0, personas.size())
                .boxed()
                .sorted(Comparator.comparingDouble(
                                (Integer i) -> personas.get(i).projection())
                        .reversed())
                .mapToInt(Integer::intValue)
                .toArray();
        double[][] given = layer.centredCosines();
        double[][] cosines = new double[order.length][order.length];
        for (int i = 0; i < order.length; i++) {
            for (int j = 0; j < order.length; j++) {
                cosines[i][j] = given[order[i]][order[j]];
            }
        }
        List<String> names =
                IntStream.of(order).mapToObj(i -> personas.get(i).name()).toList();
        return new CaptionedFigure(
                "similarity",
                Heatmap.centredCosine("How alike the personas are", names, cosines),
                "Cosine similarity after the mean of all personas is taken away: blue pairs differ from the average in"
                        + " the same way, red pairs in opposite ways, white pairs have nothing in common. Personas run"
                        + " from most to least like the Assistant, so blue blocks in two corners are the two ends of"
                        + " the axis.");
    }

    private static LineChart trend(
            String title, String yLabel, List<LayerTrend> trends, ToDoubleFunction<LayerTrend> value) {
        LineChart.Series series = new LineChart.Series(
                yLabel,
                trends.stream().map(trend -> (double) trend.layer()).toList(),
                trends.stream()
                        .map(trend -> Estimate.exact(value.applyAsDouble(trend)))
                        .toList());
        return LineChart.of(title, "Layer", yLabel, List.of(series));
    }

    private static boolean hasThreeComponents(LayerSpace layer) {
        return layer.varianceRatios().size() > 2
                && layer.personas().stream()
                        .allMatch(persona -> persona.coordinates().size() > 2);
    }

    private static String component(LayerSpace layer, int index) {
        return "PC" + (index + 1) + " ("
                + Numbers.percent(layer.varianceRatios().get(index), 1) + " of variance)";
    }
}
