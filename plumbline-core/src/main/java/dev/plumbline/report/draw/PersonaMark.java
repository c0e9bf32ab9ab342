package dev.plumbline.report.draw;

import dev.plumbline.report.figure.Colour;
import dev.plumbline.report.figure.Markup;
import dev.plumbline.report.figure.Palette;
import dev.plumbline.report.figure.PersonaGroup;

/** How a persona looks wherever it appears: the default Assistant is a large outlined diamond with its name in bold. */
final class PersonaMark {

    private static final int MOST_LETTERS = 26;

    private PersonaMark() {}

    static double radius(PersonaGroup group) {
        return group == PersonaGroup.DEFAULT ? 7.5 : 4.3;
    }

    static TextStyle style(PersonaGroup group) {
        return group == PersonaGroup.DEFAULT ? TextStyle.EMPHASIS : TextStyle.NAME;
    }

    static String label(String name) {
        return Markup.shortened(name, MOST_LETTERS);
    }

    static void paint(Canvas canvas, PersonaGroup group, double x, double y, double radius, Colour colour) {
        if (group == PersonaGroup.DEFAULT) {
            canvas.fill(Shapes.diamond(x, y, radius), colour, 1);
            canvas.stroke(Shapes.diamond(x, y, radius), Pen.solid(Palette.INK, 1.3));
        } else {
            canvas.fill(Shapes.dot(x, y, radius), colour, 1);
            canvas.stroke(Shapes.dot(x, y, radius), Pen.solid(Palette.PAPER, 0.8));
        }
    }
}
