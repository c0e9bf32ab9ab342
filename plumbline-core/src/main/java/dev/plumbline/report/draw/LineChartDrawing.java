package dev.plumbline.report.draw;

import dev.plumbline.report.figure.Colour;
import dev.plumbline.report.figure.Estimate;
import dev.plumbline.report.figure.Guide;
import dev.plumbline.report.figure.LineChart;
import dev.plumbline.report.figure.Palette;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

record LineChartDrawing(LineChart figure) implements Drawing {

    /** More points than this are too dense for marks. */
    private static final int MOST_MARKS = 48;

    private static final int X_TICKS = 10;

    @Override
    public double width() {
        return WIDTH;
    }

    @Override
    public double height() {
        return 340;
    }

    @Override
    public void paint(Canvas canvas) {
        Frame frame = new Frame(
                width(), height(), figure.title(), legend(), xAxis(), yAxis(), Guides.room(figure.horizontal()));
        frame.paint(canvas);
        Guides.paintHorizontal(canvas, frame, figure.horizontal());
        for (int i = 0; i < figure.series().size(); i++) {
            if (figure.series().get(i).hasBand()) {
                canvas.fill(Shapes.closed(band(frame, figure.series().get(i))), Palette.series(i), 0.16);
            }
        }
        for (int i = 0; i < figure.series().size(); i++) {
            paintLine(canvas, frame, figure.series().get(i), Palette.series(i));
        }
        Guides.paintVertical(canvas, frame, figure.vertical());
    }

    private static void paintLine(Canvas canvas, Frame frame, LineChart.Series series, Colour colour) {
        List<double[]> points = new ArrayList<>();
        for (int i = 0; i < series.xs().size(); i++) {
            points.add(new double[] {
                frame.x(series.xs().get(i)), frame.y(series.ys().get(i).value())
            });
        }
        if (points.size() > 1) {
            canvas.stroke(Shapes.open(points), Pen.solid(colour, 1.8));
        }
        if (points.size() <= MOST_MARKS) {
            points.forEach(point -> canvas.fill(Shapes.dot(point[0], point[1], 2.6), colour, 1));
        }
    }

    private static List<double[]> band(Frame frame, LineChart.Series series) {
        List<double[]> outline = new ArrayList<>();
        for (int i = 0; i < series.xs().size(); i++) {
            outline.add(new double[] {
                frame.x(series.xs().get(i)), frame.y(series.ys().get(i).high())
            });
        }
        for (int i = series.xs().size() - 1; i >= 0; i--) {
            outline.add(new double[] {
                frame.x(series.xs().get(i)), frame.y(series.ys().get(i).low())
            });
        }
        return outline;
    }

    private Legend legend() {
        List<LineChart.Series> series = figure.series();
        return series.size() == 1
                ? Legend.NONE
                : new Legend(IntStream.range(0, series.size())
                        .mapToObj(i -> new Legend.Entry(series.get(i).name(), Palette.series(i)))
                        .toList());
    }

    private Axis xAxis() {
        double[] xs = figure.xs().sorted().toArray();
        Axis axis = Axis.padded(figure.xLabel(), xs[0], xs[xs.length - 1], 0.02);
        return axis.withTicks(
                figure.isWholeAlongX()
                        ? Ticks.whole(axis.low(), axis.high(), X_TICKS)
                        : Ticks.between(axis.low(), axis.high(), X_TICKS));
    }

    private Axis yAxis() {
        double[] ys = DoubleStream.concat(
                        figure.series().stream()
                                .flatMap(series -> series.ys().stream())
                                .flatMapToDouble(LineChartDrawing::ends),
                        figure.horizontal().stream().mapToDouble(Guide::at))
                .sorted()
                .toArray();
        return Axis.toTicks(figure.yLabel(), ys[0], ys[ys.length - 1]);
    }

    private static DoubleStream ends(Estimate estimate) {
        return DoubleStream.of(estimate.low(), estimate.high());
    }
}
