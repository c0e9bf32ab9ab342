package dev.plumbline.report.draw;

import dev.plumbline.report.figure.Colour;
import java.util.List;

/**
 * How a line looks.
 *
 * @param dash lengths of dash and gap in pixels; empty for a solid line
 */
record Pen(Colour colour, double width, List<Double> dash) {

    static Pen solid(Colour colour, double width) {
        return new Pen(colour, width, List.of());
    }

    static Pen dashed(Colour colour, double width) {
        return new Pen(colour, width, List.of(4.0, 3.0));
    }
}
