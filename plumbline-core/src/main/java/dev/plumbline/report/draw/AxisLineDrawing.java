package dev.plumbline.report.draw;

import dev.plumbline.report.figure.AxisLine;
import dev.plumbline.report.figure.ColourScale;
import dev.plumbline.report.figure.LabelSpread;
import dev.plumbline.report.figure.Numbers;
import dev.plumbline.report.figure.Palette;
import java.awt.geom.Rectangle2D;
import java.util.List;

/** The axis upright in the middle, names on alternate sides of it, each tied to its mark. */
record AxisLineDrawing(AxisLine figure) implements Drawing {

    private static final double TOP = 66;
    private static final double BOTTOM = 56;
    private static final double LINE = 15.5;
    private static final double ARM = 46;
    private static final double ELBOW = 16;
    private static final int SLICES = 96;

    @Override
    public double width() {
        return WIDTH;
    }

    @Override
    public double height() {
        return TOP + BOTTOM + Math.max(240, Math.ceil(figure.labelled().size() / 2.0) * LINE);
    }

    @Override
    public void paint(Canvas canvas) {
        Frame.paintTitle(canvas, figure.title());
        double middle = width() / 2;
        double bottom = height() - BOTTOM;
        canvas.text(Label.middle(figure.highEnd(), middle, TOP - 14, TextStyle.EMPHASIS.sized(11.5)));
        canvas.text(Label.middle(figure.lowEnd(), middle, bottom + 22, TextStyle.EMPHASIS.sized(11.5)));
        canvas.text(Label.middle(figure.valueLabel(), middle, bottom + 40, TextStyle.TICK));
        for (int i = 0; i < SLICES; i++) {
            double y = TOP + (bottom - TOP) * i / SLICES;
            canvas.fillCells(
                    new Rectangle2D.Double(middle - 2, y, 4, (bottom - TOP) / SLICES + 0.4),
                    ColourScale.PERSONA.at(1 - (i + 0.5) / SLICES));
        }
        paintSide(canvas, figure.everySecond(0), -1);
        paintSide(canvas, figure.everySecond(1), 1);
        for (AxisLine.Entry entry : figure.entries()) {
            PersonaMark.paint(
                    canvas,
                    entry.group(),
                    middle,
                    y(entry),
                    PersonaMark.radius(entry.group()),
                    ColourScale.PERSONA.of(entry.value(), figure.low(), figure.high()));
        }
    }

    /** @param side −1 for the left of the axis, 1 for the right */
    private void paintSide(Canvas canvas, List<AxisLine.Entry> entries, int side) {
        double[] wanted = entries.stream().mapToDouble(this::y).toArray();
        double[] placed = LabelSpread.spread(wanted, LINE, TOP, height() - BOTTOM);
        double middle = width() / 2;
        for (int i = 0; i < placed.length; i++) {
            AxisLine.Entry entry = entries.get(i);
            double start = middle + side * PersonaMark.radius(entry.group());
            double end = middle + side * ARM;
            canvas.stroke(
                    Shapes.open(List.of(
                            new double[] {start, wanted[i]},
                            new double[] {middle + side * ELBOW, wanted[i]},
                            new double[] {end - side * 6, placed[i]},
                            new double[] {end, placed[i]})),
                    Pen.solid(Palette.RULE, 0.7));
            paintName(canvas, entry, end + side * 5, placed[i], side);
        }
    }

    private static void paintName(Canvas canvas, AxisLine.Entry entry, double x, double y, int side) {
        TextStyle style = PersonaMark.style(entry.group());
        String name = PersonaMark.label(entry.name());
        String value = Numbers.fixed(entry.value(), 2);
        double baseline = style.centredOn(y);
        double beyond = x + side * (style.width(name) + 7);
        if (side < 0) {
            canvas.text(Label.end(name, x, baseline, style));
            canvas.text(Label.end(value, beyond, baseline, TextStyle.TICK.sized(9.5)));
        } else {
            canvas.text(Label.start(name, x, baseline, style));
            canvas.text(Label.start(value, beyond, baseline, TextStyle.TICK.sized(9.5)));
        }
    }

    private double y(AxisLine.Entry entry) {
        double span = figure.high() - figure.low();
        double share = span > 0 ? (figure.high() - entry.value()) / span : 0.5;
        return TOP + share * (height() - BOTTOM - TOP);
    }
}
