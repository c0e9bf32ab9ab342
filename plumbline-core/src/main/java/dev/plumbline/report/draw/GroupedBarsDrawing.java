package dev.plumbline.report.draw;

import dev.plumbline.report.figure.Estimate;
import dev.plumbline.report.figure.GroupedBars;
import dev.plumbline.report.figure.Markup;
import dev.plumbline.report.figure.Palette;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

record GroupedBarsDrawing(GroupedBars figure) implements Drawing {

    /** Share of a category's width that its bars fill. */
    private static final double FILLED = 0.76;

    private static final double WHISKER = 4;

    @Override
    public double width() {
        return WIDTH;
    }

    @Override
    public double height() {
        return 360;
    }

    @Override
    public void paint(Canvas canvas) {
        List<GroupedBars.Group> groups = figure.groups();
        Frame frame = new Frame(width(), height(), figure.title(), legend(), xAxis(), yAxis(), 0);
        frame.paint(canvas);
        double bar = FILLED / groups.size();
        for (int g = 0; g < groups.size(); g++) {
            for (int c = 0; c < figure.categories().size(); c++) {
                Estimate estimate = groups.get(g).bars().get(c);
                double from = c - FILLED / 2 + g * bar;
                double left = frame.x(from) + 0.75;
                double right = frame.x(from + bar) - 0.75;
                double top = Math.min(frame.y(estimate.value()), frame.y(0));
                double bottom = Math.max(frame.y(estimate.value()), frame.y(0));
                canvas.fill(new Rectangle2D.Double(left, top, right - left, bottom - top), Palette.bar(g), 1);
                if (estimate.hasInterval()) {
                    paintWhisker(canvas, frame, estimate, (left + right) / 2);
                }
            }
        }
        canvas.stroke(
                new Line2D.Double(
                        frame.plot().getMinX(), frame.y(0), frame.plot().getMaxX(), frame.y(0)),
                Pen.solid(Palette.RULE, 1));
    }

    private static void paintWhisker(Canvas canvas, Frame frame, Estimate estimate, double x) {
        double low = frame.y(estimate.low());
        double high = frame.y(estimate.high());
        Pen pen = Pen.solid(Palette.INK, 1.2);
        canvas.stroke(new Line2D.Double(x, low, x, high), pen);
        canvas.stroke(new Line2D.Double(x - WHISKER, low, x + WHISKER, low), pen);
        canvas.stroke(new Line2D.Double(x - WHISKER, high, x + WHISKER, high), pen);
    }

    private Legend legend() {
        return new Legend(IntStream.range(0, figure.groups().size())
                .mapToObj(i -> new Legend.Entry(figure.groups().get(i).name(), Palette.bar(i)))
                .toList());
    }

    private Axis xAxis() {
        List<String> categories = figure.categories();
        // As many letters as fit under a category, at about half an em each.
        int letters = (int) Math.max(3, (WIDTH - 90) / categories.size() / (TextStyle.TICK.size() * 0.56));
        List<Tick> ticks = new ArrayList<>();
        for (int i = 0; i < categories.size(); i++) {
            ticks.add(new Tick(i, Markup.shortened(categories.get(i), letters)));
        }
        return new Axis("Whiskers: " + figure.intervalLabel(), -0.5, categories.size() - 0.5, ticks);
    }

    private Axis yAxis() {
        double[] ends = DoubleStream.concat(
                        DoubleStream.of(0),
                        figure.groups().stream()
                                .flatMap(group -> group.bars().stream())
                                .flatMapToDouble(bar -> DoubleStream.of(bar.low(), bar.high())))
                .sorted()
                .toArray();
        return Axis.toTicks(figure.yLabel(), ends[0], ends[ends.length - 1]);
    }
}
