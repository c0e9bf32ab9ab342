package dev.plumbline.report.draw;

import dev.plumbline.report.figure.Colour;
import dev.plumbline.report.figure.Markup;
import java.awt.geom.Rectangle2D;
import java.util.List;

/** Swatches and names in a row that wraps. */
record Legend(List<Entry> entries) {

    static final Legend NONE = new Legend(List.of());

    private static final double ROW = 17;
    private static final double SWATCH = 11;
    private static final double GAP = 18;
    private static final int MOST_LETTERS = 40;

    record Entry(String name, Colour colour) {
        Entry {
            name = Markup.shortened(name, MOST_LETTERS);
        }

        double width() {
            return SWATCH + 6 + TextStyle.NAME.width(name);
        }
    }

    double height(double width) {
        return entries.isEmpty() ? 0 : layOut(width, (entry, x, row) -> {}) * ROW + 4;
    }

    void paint(Canvas canvas, double left, double top, double width) {
        layOut(width, (entry, x, row) -> {
            double middle = top + row * ROW + ROW / 2;
            canvas.fill(
                    new Rectangle2D.Double(left + x, middle - SWATCH / 2 + 1, SWATCH, SWATCH - 2), entry.colour(), 1);
            canvas.text(
                    Label.start(entry.name(), left + x + SWATCH + 6, TextStyle.NAME.centredOn(middle), TextStyle.NAME));
        });
    }

    /** Visits every entry with its place; returns how many rows there are. */
    private int layOut(double width, Placed visitor) {
        double x = 0;
        int row = 0;
        for (Entry entry : entries) {
            if (x > 0 && x + entry.width() > width) {
                x = 0;
                row++;
            }
            visitor.at(entry, x, row);
            x += entry.width() + GAP;
        }
        return row + 1;
    }

    private interface Placed {
        void at(Entry entry, double x, int row);
    }
}
