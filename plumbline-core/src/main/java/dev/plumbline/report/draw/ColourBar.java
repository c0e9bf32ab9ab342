package dev.plumbline.report.draw;

import dev.plumbline.report.figure.ColourScale;
import dev.plumbline.report.figure.Palette;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;

/** The key to a colour scale, upright, with ticks on its right and its label beyond them. */
record ColourBar(ColourScale scale, double low, double high, String label) {

    /** Room that a bar needs from its left edge. */
    static final double ROOM = 74;

    private static final double THICKNESS = 11;
    private static final int SLICES = 128;

    void paint(Canvas canvas, double left, double top, double height) {
        for (int i = 0; i < SLICES; i++) {
            double y = top + height * i / SLICES;
            canvas.fillCells(
                    new Rectangle2D.Double(left, y, THICKNESS, height / SLICES + 0.4),
                    scale.at(1 - (i + 0.5) / SLICES));
        }
        double widest = 0;
        for (Tick tick : Ticks.between(low, high, 5)) {
            double y = top + height * (high - tick.value()) / (high - low);
            canvas.stroke(new Line2D.Double(left + THICKNESS, y, left + THICKNESS + 3, y), Pen.solid(Palette.RULE, 1));
            canvas.text(Label.start(tick.label(), left + THICKNESS + 6, TextStyle.TICK.centredOn(y), TextStyle.TICK));
            widest = Math.max(widest, TextStyle.TICK.width(tick.label()));
        }
        canvas.text(Label.middle(label, left + THICKNESS + 6 + widest + 8, top + height / 2, TextStyle.AXIS)
                .turned(90));
    }
}
