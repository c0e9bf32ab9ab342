package dev.plumbline.report.draw;

import dev.plumbline.report.figure.Markup;

/**
 * A line of text on a canvas.
 *
 * @param x where the anchor is
 * @param baseline y of the baseline
 * @param degrees turn around (x, baseline), clockwise
 */
record Label(String text, double x, double baseline, Anchor anchor, TextStyle style, double degrees) {

    /** Which part of the text is at x. */
    enum Anchor {
        START(0),
        MIDDLE(0.5),
        END(1);

        private final double share;

        Anchor(double share) {
            this.share = share;
        }

        /** Share of the width that lies before the anchor. */
        double share() {
            return share;
        }
    }

    Label {
        text = Markup.printable(text);
    }

    static Label start(String text, double x, double baseline, TextStyle style) {
        return new Label(text, x, baseline, Anchor.START, style, 0);
    }

    static Label middle(String text, double x, double baseline, TextStyle style) {
        return new Label(text, x, baseline, Anchor.MIDDLE, style, 0);
    }

    static Label end(String text, double x, double baseline, TextStyle style) {
        return new Label(text, x, baseline, Anchor.END, style, 0);
    }

    Label turned(double newDegrees) {
        return new Label(text, x, baseline, anchor, style, newDegrees);
    }
}
