package dev.plumbline.report;

import dev.plumbline.report.PersonaSpace.LayerSpace;
import dev.plumbline.report.PersonaSpace.LayerTrend;
import dev.plumbline.report.figure.ExplainedVariance;
import dev.plumbline.report.figure.Numbers;
import dev.plumbline.report.figure.PersonaGroup;
import dev.plumbline.report.figure.PersonaPoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** The report of a persona space: its figures, and a page around them. */
public final class PersonaSpaceReport {

    private static final int EXTREMES = 8;

    private PersonaSpaceReport() {}

    /** The figures of the target layer, then those that run over all layers. */
    public static List<CaptionedFigure> figures(PersonaSpace space) {
        List<CaptionedFigure> figures = new ArrayList<>(PersonaSpaceFigures.of(space.target()));
        figures.addAll(PersonaSpaceFigures.trends(space.trends(), space.targetLayer()));
        return List.copyOf(figures);
    }

    /** The page to read in a browser. */
    public static ReportPage page(PersonaSpace space) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.LayerChoice(
                space.layers().stream()
                        .map(layer -> new Block.Layer(layer.layer(), layerBlocks(layer)))
                        .toList(),
                space.targetLayer()));
        if (!space.trends().isEmpty()) {
            blocks.add(new Block.Heading("Across layers"));
            PersonaSpaceFigures.trends(space.trends(), space.targetLayer())
                    .forEach(figure -> blocks.add(new Block.Plot(figure)));
            blocks.add(trendTable(space.trends()));
        }
        blocks.add(new Block.Heading("Responses"));
        blocks.add(responses(space.responses()));
        return new ReportPage(
                "Persona space of " + space.model(),
                "A language model can speak as many characters. Each point here is one of them: the mean of what the"
                        + " model computes while it plays that role. The Assistant Axis is the direction from the roles"
                        + " to the model’s own Assistant, so a higher projection means more like the Assistant.",
                headline(space),
                blocks,
                space.provenance());
    }

    private static List<Fact> headline(PersonaSpace space) {
        LayerSpace target = space.target();
        PersonaSpace.Responses responses = space.responses();
        int enough = new ExplainedVariance("", target.varianceRatios()).componentsFor(ExplainedVariance.LEVELS.get(0));
        return List.of(
                new Fact("Roles", Integer.toString(roles(target))),
                new Fact("Responses kept", responses.kept() + " of " + responses.generated()),
                new Fact("Target layer", Integer.toString(space.targetLayer())),
                new Fact("PC1–axis cosine", Numbers.fixed(target.pc1AxisCosine(), 3)),
                new Fact(
                        "Components for " + Numbers.percent(ExplainedVariance.LEVELS.get(0), 0) + " of variance",
                        enough == 0 ? "more than given" : Integer.toString(enough)));
    }

    private static int roles(LayerSpace layer) {
        return (int) layer.personas().stream()
                .filter(persona -> persona.group() == PersonaGroup.ROLE)
                .count();
    }

    private static List<Block> layerBlocks(LayerSpace layer) {
        List<Block> blocks = new ArrayList<>();
        List<PersonaPoint> mostFirst = byProjection(layer);
        List<PersonaPoint> roles = mostFirst.stream()
                .filter(persona -> persona.group() == PersonaGroup.ROLE)
                .toList();
        int shown = Math.min(EXTREMES, (roles.size() + 1) / 2);
        List<PersonaPoint> last = new ArrayList<>(roles.subList(roles.size() - shown, roles.size()));
        Collections.reverse(last);
        List<CaptionedFigure> figures = PersonaSpaceFigures.of(layer);
        blocks.add(new Block.Heading("The axis"));
        blocks.add(new Block.Plot(figures.get(0)));
        blocks.add(new Block.Beside(List.of(
                extremes("Most like the Assistant", roles.subList(0, shown)),
                extremes("Least like the Assistant", last))));
        blocks.add(new Block.Heading("The space"));
        figures.subList(1, figures.size()).forEach(figure -> blocks.add(new Block.Plot(figure)));
        blocks.add(allPersonas(layer.layer(), mostFirst));
        return blocks;
    }

    private static List<PersonaPoint> byProjection(LayerSpace layer) {
        return layer.personas().stream()
                .sorted(Comparator.comparingDouble(PersonaPoint::projection)
                        .reversed()
                        .thenComparing(PersonaPoint::name))
                .toList();
    }

    private static Block extremes(String title, List<PersonaPoint> personas) {
        return new Block.Table(
                title,
                List.of(Block.Column.text("Role"), Block.Column.number("Projection")),
                personas.stream()
                        .map(persona -> List.of(persona.name(), Numbers.fixed(persona.projection(), 3)))
                        .toList(),
                false);
    }

    private static Block allPersonas(int layer, List<PersonaPoint> personas) {
        int components = personas.stream()
                .mapToInt(persona -> Math.min(3, persona.coordinates().size()))
                .min()
                .orElseThrow();
        List<Block.Column> columns = new ArrayList<>(
                List.of(Block.Column.text("Persona"), Block.Column.text("Group"), Block.Column.number("Projection")));
        for (int i = 1; i <= components; i++) {
            columns.add(Block.Column.number("PC" + i));
        }
        List<List<String>> rows = new ArrayList<>();
        for (PersonaPoint persona : personas) {
            List<String> row = new ArrayList<>(
                    List.of(persona.name(), persona.group().label(), Numbers.fixed(persona.projection(), 3)));
            for (int i = 0; i < components; i++) {
                row.add(Numbers.fixed(persona.coordinates().get(i), 3));
            }
            rows.add(row);
        }
        return new Block.Table("All personas at layer " + layer, columns, rows, true);
    }

    private static Block trendTable(List<LayerTrend> trends) {
        return new Block.Table(
                "The axis at every layer",
                List.of(
                        Block.Column.number("Layer"),
                        Block.Column.number("Norm of the axis"),
                        Block.Column.number("PC1–axis cosine")),
                trends.stream()
                        .map(trend -> List.of(
                                Integer.toString(trend.layer()),
                                Numbers.brief(trend.axisNorm()),
                                Numbers.fixed(trend.pc1AxisCosine(), 3)))
                        .toList(),
                true);
    }

    private static Block responses(PersonaSpace.Responses responses) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("Generated", Integer.toString(responses.generated())));
        rows.add(List.of("Kept", Integer.toString(responses.kept())));
        responses.losses().forEach(loss -> rows.add(List.of("Lost: " + loss.reason(), Integer.toString(loss.count()))));
        return new Block.Table(
                "What became of the responses",
                List.of(Block.Column.text("Responses"), Block.Column.number("Count")),
                rows,
                false);
    }
}
