package dev.plumbline.report.draw;

import dev.plumbline.report.figure.Palette;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;

/** Title, legend, axes and grid around a plot, and the way from values to pixels. */
final class Frame {

    private static final double EDGE = 14;
    private static final double TITLE = 34;
    private static final double AXIS_LABEL = 20;

    private final String title;
    private final Legend legend;
    private final Axis x;
    private final Axis y;
    private final Rectangle2D plot;

    /** @param right room to the right of the plot, for a colour bar or labels of guides */
    Frame(double width, double height, String title, Legend legend, Axis x, Axis y, double right) {
        this.title = title;
        this.legend = legend;
        this.x = x;
        this.y = y;
        double widestTick = y.ticks().stream()
                .mapToDouble(tick -> TextStyle.TICK.width(tick.label()))
                .max()
                .orElse(0);
        double left = EDGE + AXIS_LABEL + widestTick + 6;
        double top = TITLE + legend.height(width - 2 * EDGE) + 6;
        double bottom = height - EDGE - AXIS_LABEL - 16;
        this.plot = new Rectangle2D.Double(left, top, width - left - Math.max(right, EDGE + 4), bottom - top);
    }

    Rectangle2D plot() {
        return plot;
    }

    double x(double value) {
        return plot.getMinX() + x.share(value) * plot.getWidth();
    }

    double y(double value) {
        return plot.getMaxY() - y.share(value) * plot.getHeight();
    }

    static void paintTitle(Canvas canvas, String title) {
        canvas.text(Label.start(title, EDGE, 24, TextStyle.TITLE));
    }

    /** Everything that lies behind the data. */
    void paint(Canvas canvas) {
        paintTitle(canvas, title);
        legend.paint(canvas, EDGE, TITLE, plot.getMaxX() - EDGE);
        for (Tick tick : y.ticks()) {
            double at = y(tick.value());
            canvas.stroke(new Line2D.Double(plot.getMinX(), at, plot.getMaxX(), at), Pen.solid(Palette.GRID, 1));
            canvas.text(Label.end(tick.label(), plot.getMinX() - 7, TextStyle.TICK.centredOn(at), TextStyle.TICK));
        }
        for (Tick tick : x.ticks()) {
            double at = x(tick.value());
            canvas.stroke(new Line2D.Double(at, plot.getMaxY(), at, plot.getMaxY() + 4), Pen.solid(Palette.RULE, 1));
            canvas.text(Label.middle(tick.label(), at, plot.getMaxY() + 16, TextStyle.TICK));
        }
        double floor = plot.getMaxY();
        canvas.stroke(new Line2D.Double(plot.getMinX(), floor, plot.getMaxX(), floor), Pen.solid(Palette.RULE, 1));
        canvas.text(Label.middle(x.label(), plot.getCenterX(), plot.getMaxY() + 35, TextStyle.AXIS));
        canvas.text(Label.middle(y.label(), EDGE + 10, plot.getCenterY(), TextStyle.AXIS)
                .turned(-90));
    }
}
