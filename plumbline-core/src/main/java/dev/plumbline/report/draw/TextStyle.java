package dev.plumbline.report.draw;

import dev.plumbline.report.figure.Colour;
import dev.plumbline.report.figure.Palette;

/**
 * How a label looks.
 *
 * @param size em in pixels
 */
record TextStyle(Typeface face, double size, Colour colour) {

    /** Half the height of a capital, in em: drops a baseline so that text is centred on a line. */
    private static final double HALF_CAPITAL = 0.36;

    static final TextStyle TITLE = new TextStyle(Typeface.bold(), 14.5, Palette.INK);
    static final TextStyle AXIS = new TextStyle(Typeface.regular(), 11.5, Palette.INK);
    static final TextStyle TICK = new TextStyle(Typeface.regular(), 10.5, Palette.MUTED);
    static final TextStyle NAME = new TextStyle(Typeface.regular(), 10.5, Palette.INK);
    static final TextStyle EMPHASIS = new TextStyle(Typeface.bold(), 10.5, Palette.INK);

    TextStyle sized(double newSize) {
        return new TextStyle(face, newSize, colour);
    }

    TextStyle coloured(Colour newColour) {
        return new TextStyle(face, size, newColour);
    }

    double width(String text) {
        return face.width(text, size);
    }

    /** The baseline that centres capitals on {@code y}. */
    double centredOn(double y) {
        return y + HALF_CAPITAL * size;
    }
}
