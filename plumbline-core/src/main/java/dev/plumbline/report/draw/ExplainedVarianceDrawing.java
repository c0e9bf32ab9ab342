package dev.plumbline.report.draw;

import dev.plumbline.report.figure.ExplainedVariance;
import dev.plumbline.report.figure.Guide;
import dev.plumbline.report.figure.Palette;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

record ExplainedVarianceDrawing(ExplainedVariance figure) implements Drawing {

    private static final double BAR = 0.68;

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
        int shown = figure.componentsShown();
        Axis x = new Axis("Principal component", 0.4, shown + 0.6, Ticks.whole(0.5, shown + 0.5, 12));
        Axis y = new Axis("Variance explained", 0, 1, Ticks.percent(0, 1, 5));
        Legend legend = new Legend(
                List.of(new Legend.Entry("Each component", Palette.bar(0)), new Legend.Entry("Together", Palette.INK)));
        List<Guide> levels = figure.levelGuides();
        Frame frame = new Frame(width(), height(), figure.title(), legend, x, y, Guides.room(levels));
        frame.paint(canvas);
        Guides.paintHorizontal(canvas, frame, levels);
        List<Double> sums = figure.cumulative();
        List<double[]> line = new ArrayList<>();
        for (int i = 0; i < shown; i++) {
            double left = frame.x(i + 1 - BAR / 2);
            double top = frame.y(figure.ratios().get(i));
            canvas.fill(
                    new Rectangle2D.Double(left, top, frame.x(i + 1 + BAR / 2) - left, frame.y(0) - top),
                    Palette.bar(0),
                    1);
            line.add(new double[] {frame.x(i + 1), frame.y(sums.get(i))});
        }
        if (shown > 1) {
            canvas.stroke(Shapes.open(line), Pen.solid(Palette.INK, 1.6));
        }
        line.forEach(point -> canvas.fill(Shapes.dot(point[0], point[1], 2.8), Palette.INK, 1));
    }
}
