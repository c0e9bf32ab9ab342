package dev.plumbline.report.draw;

import dev.plumbline.report.figure.Colour;
import dev.plumbline.report.figure.Markup;
import dev.plumbline.report.figure.Palette;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.PathIterator;
import java.awt.geom.Rectangle2D;
import java.util.List;

/** Writes SVG 1.1. Text stays text, so that it can be searched, read aloud and edited. */
final class SvgCanvas implements Canvas {

    private static final String FONTS = "'Liberation Sans', Arial, Helvetica, sans-serif";

    private final StringBuilder svg = new StringBuilder(16_384);

    SvgCanvas(double width, double height, String title, String description) {
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\"")
                .append(attribute("width", width))
                .append(attribute("height", height))
                .append(" viewBox=\"0 0 " + number(width) + " " + number(height) + "\" role=\"img\"")
                .append(" font-family=\"" + FONTS + "\" aria-label=\"" + Markup.escape(description) + "\">\n")
                .append("<title>" + Markup.escape(title) + "</title>\n")
                .append("<desc>" + Markup.escape(description) + "</desc>\n");
        fill(new Rectangle2D.Double(0, 0, width, height), Palette.PAPER, 1);
    }

    /** The finished document; nothing may be drawn after it. */
    String finish() {
        return svg.append("</svg>\n").toString();
    }

    @Override
    public void fill(Shape shape, Colour colour, double opacity) {
        svg.append(element(shape)).append(" fill=\"" + colour.hex() + "\"");
        if (opacity < 1) {
            svg.append(attribute("fill-opacity", opacity));
        }
        svg.append("/>\n");
    }

    @Override
    public void fillCells(Shape cells, Colour colour) {
        svg.append(element(cells)).append(" fill=\"" + colour.hex() + "\" shape-rendering=\"crispEdges\"/>\n");
    }

    @Override
    public void stroke(Shape shape, Pen pen) {
        svg.append(element(shape))
                .append(" fill=\"none\" stroke=\"" + pen.colour().hex() + "\"")
                .append(attribute("stroke-width", pen.width()))
                .append(" stroke-linejoin=\"round\" stroke-linecap=\""
                        + (pen.dash().isEmpty() ? "round" : "butt"))
                .append('"');
        if (!pen.dash().isEmpty()) {
            List<String> lengths = pen.dash().stream().map(SvgCanvas::number).toList();
            svg.append(" stroke-dasharray=\"" + String.join(" ", lengths) + "\"");
        }
        svg.append("/>\n");
    }

    @Override
    public void text(Label label) {
        TextStyle style = label.style();
        svg.append("<text").append(attribute("x", label.x())).append(attribute("y", label.baseline()));
        if (label.degrees() != 0) {
            svg.append(" transform=\"rotate(" + number(label.degrees()) + " " + number(label.x()) + " "
                    + number(label.baseline()) + ")\"");
        }
        switch (label.anchor()) {
            case START -> {}
            case MIDDLE -> svg.append(" text-anchor=\"middle\"");
            case END -> svg.append(" text-anchor=\"end\"");
        }
        if (!style.face().weight().equals("400")) {
            svg.append(" font-weight=\"" + style.face().weight() + "\"");
        }
        svg.append(attribute("font-size", style.size()))
                .append(" fill=\"" + style.colour().hex() + "\">" + Markup.escape(label.text()) + "</text>\n");
    }

    private static String element(Shape shape) {
        if (shape instanceof Rectangle2D r) {
            return "<rect" + attribute("x", r.getX()) + attribute("y", r.getY()) + attribute("width", r.getWidth())
                    + attribute("height", r.getHeight());
        }
        if (shape instanceof Ellipse2D e && e.getWidth() == e.getHeight()) {
            return "<circle" + attribute("cx", e.getCenterX()) + attribute("cy", e.getCenterY())
                    + attribute("r", e.getWidth() / 2);
        }
        if (shape instanceof Line2D l) {
            return "<line" + attribute("x1", l.getX1()) + attribute("y1", l.getY1()) + attribute("x2", l.getX2())
                    + attribute("y2", l.getY2());
        }
        return "<path d=\"" + pathData(shape) + '"';
    }

    private static String pathData(Shape shape) {
        StringBuilder data = new StringBuilder();
        double[] c = new double[6];
        double[] last = new double[2];
        for (PathIterator i = shape.getPathIterator(null); !i.isDone(); i.next()) {
            int segment = i.currentSegment(c);
            switch (segment) {
                case PathIterator.SEG_MOVETO -> data.append('M').append(points(c, 1));
                case PathIterator.SEG_LINETO -> data.append(lineTo(last, c));
                case PathIterator.SEG_QUADTO -> data.append('Q').append(points(c, 2));
                case PathIterator.SEG_CUBICTO -> data.append('C').append(points(c, 3));
                default -> data.append('Z');
            }
            if (segment == PathIterator.SEG_MOVETO || segment == PathIterator.SEG_LINETO) {
                last = new double[] {c[0], c[1]};
            }
        }
        return data.toString();
    }

    /** Level and upright lines have shorter commands: a large heat map is made of nothing else. */
    private static String lineTo(double[] from, double[] to) {
        if (from[1] == to[1]) {
            return "H" + number(to[0]);
        }
        return from[0] == to[0] ? "V" + number(to[1]) : "L" + points(to, 1);
    }

    private static String points(double[] c, int count) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < 2 * count; i++) {
            points.append(i == 0 ? "" : " ").append(number(c[i]));
        }
        return points.toString();
    }

    private static String attribute(String name, double value) {
        return " " + name + "=\"" + number(value) + "\"";
    }

    /** At most two decimals: a hundredth of a pixel cannot be seen, and the file stays small and the same everywhere. */
    private static String number(double value) {
        long hundredths = Math.round(value * 100);
        String sign = hundredths < 0 ? "-" : "";
        long size = Math.abs(hundredths);
        long part = size % 100;
        String decimals = part == 0 ? "" : part % 10 == 0 ? "." + part / 10 : (part < 10 ? ".0" : ".") + part;
        return sign + size / 100 + decimals;
    }
}
