package dev.plumbline.report.draw;

import dev.plumbline.report.figure.Colour;
import dev.plumbline.report.figure.Palette;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;

/** Draws on an image in memory through Java2D; text is filled as outlines. */
final class RasterCanvas implements Canvas {

    private final BufferedImage image;
    private final Graphics2D graphics;

    /** @param scale image pixels per pixel of the drawing */
    RasterCanvas(double width, double height, double scale) {
        image = new BufferedImage(
                (int) Math.ceil(width * scale), (int) Math.ceil(height * scale), BufferedImage.TYPE_INT_RGB);
        graphics = image.createGraphics();
        graphics.setColor(colour(Palette.PAPER, 1));
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.scale(scale, scale);
    }

    /** The finished image; nothing may be drawn after it. */
    BufferedImage finish() {
        graphics.dispose();
        return image;
    }

    @Override
    public void fill(Shape shape, Colour colour, double opacity) {
        graphics.setColor(colour(colour, opacity));
        graphics.fill(shape);
    }

    @Override
    public void fillCells(Shape cells, Colour colour) {
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_OFF);
        fill(cells, colour, 1);
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    }

    @Override
    public void stroke(Shape shape, Pen pen) {
        graphics.setColor(colour(pen.colour(), 1));
        graphics.setStroke(stroke(pen));
        graphics.draw(shape);
    }

    @Override
    public void text(Label label) {
        TextStyle style = label.style();
        AffineTransform place = AffineTransform.getTranslateInstance(label.x(), label.baseline());
        place.rotate(Math.toRadians(label.degrees()));
        place.translate(-label.anchor().share() * style.width(label.text()), 0);
        Shape outline = style.face().outline(label.text(), style.size());
        fill(place.createTransformedShape(outline), style.colour(), 1);
    }

    private static BasicStroke stroke(Pen pen) {
        float width = (float) pen.width();
        if (pen.dash().isEmpty()) {
            return new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
        }
        float[] dash = new float[pen.dash().size()];
        for (int i = 0; i < dash.length; i++) {
            dash[i] = pen.dash().get(i).floatValue();
        }
        return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, dash, 0);
    }

    private static Color colour(Colour colour, double opacity) {
        return new Color(colour.red(), colour.green(), colour.blue(), (int) Math.round(opacity * 255));
    }
}
