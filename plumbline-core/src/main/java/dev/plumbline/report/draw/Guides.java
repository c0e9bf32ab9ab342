package dev.plumbline.report.draw;

import dev.plumbline.report.figure.Guide;
import dev.plumbline.report.figure.LabelSpread;
import dev.plumbline.report.figure.Markup;
import dev.plumbline.report.figure.Palette;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.Comparator;
import java.util.List;

/** Dashed lines across a plot with labels that never meet: beside it for values of y, in steps below its top for x. */
final class Guides {

    private static final TextStyle STYLE = TextStyle.TICK;
    private static final double LINE = 13;
    private static final int MOST_LETTERS = 28;

    private Guides() {}

    /** Room that the labels of horizontal guides need to the right of the plot. */
    static double room(List<Guide> horizontal) {
        return horizontal.stream()
                .mapToDouble(guide -> STYLE.width(text(guide)) + 16)
                .max()
                .orElse(0);
    }

    static void paintHorizontal(Canvas canvas, Frame frame, List<Guide> guides) {
        List<Guide> downward = guides.stream()
                .sorted(Comparator.comparingDouble(Guide::at).reversed())
                .toList();
        double[] wanted =
                downward.stream().mapToDouble(guide -> frame.y(guide.at())).toArray();
        Rectangle2D plot = frame.plot();
        double[] placed = LabelSpread.spread(wanted, LINE, plot.getMinY(), plot.getMaxY());
        for (int i = 0; i < placed.length; i++) {
            canvas.stroke(
                    new Line2D.Double(plot.getMinX(), wanted[i], plot.getMaxX(), wanted[i]),
                    Pen.dashed(Palette.RULE, 1));
            canvas.text(Label.start(text(downward.get(i)), plot.getMaxX() + 7, STYLE.centredOn(placed[i]), STYLE));
        }
    }

    static void paintVertical(Canvas canvas, Frame frame, List<Guide> guides) {
        List<Guide> rightward =
                guides.stream().sorted(Comparator.comparingDouble(Guide::at)).toList();
        Rectangle2D plot = frame.plot();
        double baseline = plot.getMinY() + LINE;
        for (Guide guide : rightward) {
            double x = frame.x(guide.at());
            canvas.stroke(new Line2D.Double(x, plot.getMinY(), x, plot.getMaxY()), Pen.dashed(Palette.MUTED, 1));
            boolean fits = x + 5 + STYLE.width(text(guide)) < plot.getMaxX();
            canvas.text(
                    fits
                            ? Label.start(text(guide), x + 5, baseline, STYLE)
                            : Label.end(text(guide), x - 5, baseline, STYLE));
            baseline += LINE;
        }
    }

    private static String text(Guide guide) {
        return Markup.shortened(guide.label(), MOST_LETTERS);
    }
}
