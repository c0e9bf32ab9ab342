package dev.plumbline.study;

import dev.plumbline.report.Block;
import dev.plumbline.report.CaptionedFigure;
import dev.plumbline.report.figure.Guide;
import dev.plumbline.report.figure.LineChart;
import dev.plumbline.statistics.Estimate;
import dev.plumbline.study.CappedDrift.Course;
import dev.plumbline.study.CappedDrift.Group;
import dev.plumbline.study.CappedDrift.Turn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Conversations with and without a cap, as lines, numbers, figures and blocks of a page. */
record CappedDriftReport(CappedDrift drift) {

    private static final String CAPTION =
            "The same simulated conversations with the same seeds, each from its own history;"
                    + " bands are 95 % bootstrap intervals over conversations.";

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("Simulated conversations, held with the cap and without it; mean per turn:");
        for (Group group : drift.groups()) {
            for (Course course : group.courses()) {
                lines.add("");
                lines.add("  " + group.name() + ": " + course.quantity());
                lines.add(row("as it is", course, Turn::asItIs));
                lines.add(row("capped", course, Turn::capped));
                lines.add("    paired change at the last turn " + Wording.interval(course.lastChange(), 2) + "  n="
                        + course.lastChange().n());
            }
        }
        lines.add("");
        lines.add("  Projections are at layer " + drift.layer()
                + ", before the cap of that layer and after those of earlier ones; 0 is the default Assistant,");
        lines.add("  and lower is further from it.");
        return lines;
    }

    private static String row(String name, Course course, Function<Turn, Estimate> way) {
        StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "    %-9s", name));
        course.turns()
                .forEach(turn -> row.append(
                        String.format(Locale.ROOT, " %6.2f", way.apply(turn).value())));
        return row.toString();
    }

    Map<String, Object> numbers() {
        Map<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("layer", drift.layer());
        numbers.put("groups", drift.groups());
        return numbers;
    }

    List<CaptionedFigure> figures() {
        List<CaptionedFigure> figures = new ArrayList<>();
        drift.groups().stream()
                .flatMap(group -> group.courses().stream())
                .map(Course::quantity)
                .distinct()
                .forEach(quantity -> figures.add(
                        quantity.equals(CappedDrift.PROJECTION) ? projections() : figure("drift-gauge", quantity)));
        return figures;
    }

    private CaptionedFigure projections() {
        return new CaptionedFigure(
                "drift",
                chart(CappedDrift.PROJECTION).withHorizontal(new Guide(0, "default Assistant")),
                CAPTION + " Projections are at layer " + drift.layer()
                        + ", before the cap of that layer and after those of earlier ones; lower is further from the"
                        + " Assistant.");
    }

    private CaptionedFigure figure(String slug, String quantity) {
        return new CaptionedFigure(slug, chart(quantity), CAPTION);
    }

    private LineChart chart(String quantity) {
        List<LineChart.Series> series = new ArrayList<>();
        for (Group group : drift.groups()) {
            group.courses().stream()
                    .filter(course -> course.quantity().equals(quantity))
                    .forEach(course -> {
                        series.add(series(group.name() + ", as it is", course, Turn::asItIs));
                        series.add(series(group.name() + ", capped", course, Turn::capped));
                    });
        }
        String label = Wording.capitalised(quantity);
        String name = label.replaceFirst(",.*", ""); // without what its numbers stand for
        return LineChart.of(name + " with and without the cap", "Turn", label, series);
    }

    private static LineChart.Series series(String name, Course course, Function<Turn, Estimate> way) {
        return new LineChart.Series(
                name,
                course.turns().stream().map(turn -> turn.turn() + 1.0).toList(),
                course.turns().stream()
                        .map(turn -> Wording.drawn(way.apply(turn)))
                        .toList());
    }

    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>(List.of(new Block.Heading("Over the turns of conversations")));
        figures().forEach(figure -> blocks.add(new Block.Plot(figure)));
        List<List<String>> rows = new ArrayList<>();
        List<List<String>> changes = new ArrayList<>();
        for (Group group : drift.groups()) {
            for (Course course : group.courses()) {
                for (Turn turn : course.turns()) {
                    rows.add(List.of(
                            group.name(),
                            course.quantity(),
                            Integer.toString(turn.turn() + 1),
                            Wording.interval(turn.asItIs(), 2),
                            Wording.interval(turn.capped(), 2),
                            Long.toString(turn.asItIs().n())));
                }
                changes.add(List.of(
                        group.name(),
                        course.quantity(),
                        Wording.interval(course.lastChange(), 2),
                        Long.toString(course.lastChange().n())));
            }
        }
        blocks.add(new Block.Table(
                "Paired change at the last turn",
                List.of(
                        Block.Column.text("Conversations"),
                        Block.Column.text("Quantity"),
                        Block.Column.number("Change"),
                        Block.Column.number("n")),
                changes,
                false));
        blocks.add(new Block.Table(
                "Every turn",
                List.of(
                        Block.Column.text("Conversations"),
                        Block.Column.text("Quantity"),
                        Block.Column.number("Turn"),
                        Block.Column.number("As it is"),
                        Block.Column.number("Capped"),
                        Block.Column.number("n")),
                rows,
                true));
        return blocks;
    }
}
