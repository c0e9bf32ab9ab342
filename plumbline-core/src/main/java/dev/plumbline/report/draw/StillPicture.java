package dev.plumbline.report.draw;

import dev.plumbline.report.figure.Figure;
import java.awt.image.BufferedImage;

/**
 * A figure as a picture for a paper: 7.1 inches wide, the width of two columns, except for heat maps, which fit their
 * cells. Needs no screen, no fontconfig and no fonts of the system; the same figure gives the same bytes.
 */
public final class StillPicture {

    /** Prints well and stays sharp on a dense screen. */
    public static final int DEFAULT_DPI = 200;

    private static final double CSS_DPI = 96;
    private static final int LEAST_DPI = 36;
    private static final int MOST_DPI = 1200;

    /** A PNG of more pixels than this would need gigabytes to draw. */
    private static final double MOST_PIXELS = 150e6;

    private StillPicture() {}

    /** The figure as an SVG 1.1 document. */
    public static String svg(Figure figure) {
        Drawing drawing = figure.accept(new Drawings());
        SvgCanvas canvas = new SvgCanvas(drawing.width(), drawing.height(), figure.title(), figure.altText());
        drawing.paint(canvas);
        return canvas.finish();
    }

    /**
     * The figure as a PNG file that says its resolution.
     *
     * @param dpi pixels an inch, 36 to 1200
     */
    public static byte[] png(Figure figure, int dpi) {
        if (dpi < LEAST_DPI || dpi > MOST_DPI) {
            throw new IllegalArgumentException(
                    "Resolution of " + dpi + " dpi; expected " + LEAST_DPI + " to " + MOST_DPI);
        }
        return PngFile.encode(image(figure, dpi), dpi);
    }

    private static BufferedImage image(Figure figure, int dpi) {
        Drawing drawing = figure.accept(new Drawings());
        double scale = dpi / CSS_DPI;
        double pixels = drawing.width() * scale * drawing.height() * scale;
        if (pixels > MOST_PIXELS) {
            throw new IllegalArgumentException("Figure \"" + figure.title() + "\" at " + dpi + " dpi has "
                    + Math.round(pixels / 1e6) + " megapixels; expected at most " + Math.round(MOST_PIXELS / 1e6)
                    + ": lower the resolution or take the SVG");
        }
        RasterCanvas canvas = new RasterCanvas(drawing.width(), drawing.height(), scale);
        drawing.paint(canvas);
        return canvas.finish();
    }
}
