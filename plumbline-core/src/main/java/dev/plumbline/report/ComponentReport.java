package dev.plumbline.report;

import dev.plumbline.artifact.VectorCollection.LayerSlice;
import dev.plumbline.direction.ComponentSpace;
import dev.plumbline.direction.Direction;
import dev.plumbline.direction.Scaling;
import dev.plumbline.hook.Site;
import dev.plumbline.report.VectorAnalysis.Population;
import dev.plumbline.report.figure.ExplainedVariance;
import dev.plumbline.report.figure.Numbers;
import dev.plumbline.report.figure.PersonaGroup;
import dev.plumbline.report.figure.PersonaPoint;
import dev.plumbline.report.figure.Scatter2d;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Principal components of roles or traits. */
final class ComponentReport {

    private ComponentReport() {}

    static AnalysisReport of(String model, LayerSlice slice, Population population, ComponentSpace space, int labels) {
        double[] ratios = space.pca().explainedVarianceRatio();
        double pc1Axis = space.pca().cosine(0, slice.axis());
        List<PersonaPoint> points = points(slice, population, space);
        Map<String, Double> pc1 = new LinkedHashMap<>();
        space.scores().forEach((name, scores) -> pc1.put(name, scores[0]));
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Plot(new CaptionedFigure(
                "variance",
                new ExplainedVariance(
                        "Variance explained", Arrays.stream(ratios).boxed().toList()),
                "Bars: the share of all differences that each component explains. Line: the share of it and those before"
                        + " it together. The dashed lines say how many components reach a level.")));
        if (space.pca().size() > 1) {
            blocks.add(new Block.Plot(new CaptionedFigure(
                    "components",
                    new Scatter2d(
                            "The two widest directions",
                            label(ratios, 0),
                            label(ratios, 1),
                            "Projection on the axis",
                            points),
                    "Vectors that are alike lie close together. PC1 is turned toward the Assistant; the sign of PC2 means"
                            + " nothing.")));
        }
        blocks.add(new Block.Plot(new CaptionedFigure(
                "pc1-line",
                Lines.of(
                        "Along PC1",
                        "Score on PC1",
                        "far from the Assistant",
                        "toward the Assistant",
                        pc1,
                        population.group(),
                        labels),
                "Each mark is one vector. Those at the two ends are named.")));
        blocks.add(table(space));
        return new AnalysisReport(
                "pca",
                new ReportPage(
                        "Components of the " + population.word() + " of " + model,
                        "The directions in which " + space.scores().size() + " vectors at layer " + slice.layer()
                                + " differ most, widest first.",
                        headline(space, pc1Axis),
                        blocks,
                        VectorAnalysis.facts(slice, words(space.scaling()))),
                numbers(slice, population, space, pc1Axis));
    }

    static String words(Scaling scaling) {
        return scaling == Scaling.MEAN ? "mean taken away" : "mean taken away, then length 1";
    }

    private static List<Fact> headline(ComponentSpace space, double pc1Axis) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("PC1–axis cosine", Numbers.fixed(pc1Axis, 3)));
        facts.add(new Fact("PC1", Numbers.percent(space.pca().explainedVarianceRatio()[0], 1)));
        for (double level : ExplainedVariance.LEVELS) {
            OptionalInt enough = space.pca().componentsFor(level);
            facts.add(new Fact(
                    "Components for " + Numbers.percent(level, 0),
                    enough.isPresent() ? Integer.toString(enough.getAsInt()) : "not reached"));
        }
        return facts;
    }

    private static List<PersonaPoint> points(LayerSlice slice, Population population, ComponentSpace space) {
        Direction axis = new Direction(Site.residPost(slice.layer()), slice.axis());
        List<PersonaPoint> points = new ArrayList<>();
        if (space.pca().size() < 2) {
            return points;
        }
        population
                .of(slice)
                .forEach((name, vector) -> points.add(new PersonaPoint(
                        name, population.group(), first(space.place(vector)), axis.projection(space.centred(vector)))));
        if (population == Population.ROLES) {
            slice.assistant()
                    .ifPresent(assistant -> points.add(new PersonaPoint(
                            "Assistant",
                            PersonaGroup.DEFAULT,
                            first(space.place(assistant)),
                            axis.projection(space.centred(assistant)))));
        }
        return points;
    }

    private static List<Double> first(double[] scores) {
        return Arrays.stream(scores).limit(VectorAnalysis.COMPONENTS).boxed().toList();
    }

    private static String label(double[] ratios, int component) {
        return "PC" + (component + 1) + " (" + Numbers.percent(ratios[component], 1) + " of variance)";
    }

    private static Block table(ComponentSpace space) {
        int shown = Math.min(VectorAnalysis.COMPONENTS, space.pca().size());
        List<Block.Column> columns = new ArrayList<>(List.of(Block.Column.text("Name")));
        for (int i = 0; i < shown; i++) {
            columns.add(Block.Column.number("PC" + (i + 1)));
        }
        List<List<String>> rows = new ArrayList<>();
        space.scores().entrySet().stream()
                .sorted(Comparator.comparingDouble(entry -> -entry.getValue()[0]))
                .forEach(entry -> {
                    List<String> row = new ArrayList<>(List.of(entry.getKey()));
                    for (int i = 0; i < shown; i++) {
                        row.add(Numbers.fixed(entry.getValue()[i], 3));
                    }
                    rows.add(row);
                });
        return new Block.Table("All scores", columns, rows, true);
    }

    private static Map<String, Object> numbers(
            LayerSlice slice, Population population, ComponentSpace space, double pc1Axis) {
        Map<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("layer", slice.layer());
        numbers.put("population", population.word());
        numbers.put("scaling", space.scaling().id());
        numbers.put("n", space.scores().size());
        numbers.put("pc1_axis_cosine", pc1Axis);
        numbers.put("explained_variance_ratio", space.pca().explainedVarianceRatio());
        Map<String, Integer> enough = new LinkedHashMap<>();
        for (double level : ExplainedVariance.LEVELS) {
            space.pca().componentsFor(level).ifPresent(n -> enough.put(Double.toString(level), n));
        }
        numbers.put("components_for", enough);
        numbers.put("scores", space.scores());
        slice.assistant()
                .filter(assistant -> population == Population.ROLES)
                .ifPresent(assistant -> numbers.put("assistant", space.place(assistant)));
        return numbers;
    }
}
