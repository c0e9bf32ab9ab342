package dev.plumbline.report.draw;

import dev.plumbline.report.figure.Colour;
import java.awt.Shape;

/** What a figure is drawn on. */
interface Canvas {

    void fill(Shape shape, Colour colour, double opacity);

    /** Fills without smoothing the edges, so that no seams show between cells that touch. */
    void fillCells(Shape cells, Colour colour);

    void stroke(Shape shape, Pen pen);

    void text(Label label);
}
