package dev.plumbline.report.draw;

import java.awt.geom.AffineTransform;
import java.awt.geom.GeneralPath;
import java.awt.geom.Path2D;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.GlyphData;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;

/** One weight of the bundled font: widths and outlines, without the font machinery of the platform. Thread-safe. */
final class Typeface {

    private static final String FONTS = "/com/mpobjects/jasperreports/fonts/liberation/LiberationSans-";

    private final TrueTypeFont font;
    private final CmapLookup glyphIds;
    private final double unitsPerEm;
    private final String weight;
    private final Map<Integer, Path2D> outlines = new HashMap<>();

    private Typeface(String file, String weight) {
        String resource = FONTS + file + ".ttf";
        try (InputStream bytes = Typeface.class.getResourceAsStream(resource)) {
            if (bytes == null) {
                throw new IllegalStateException("The bundled font " + resource
                        + " is not on the class path; expected it from jasperreports-fonts-liberation");
            }
            this.font = new TTFParser().parse(new RandomAccessReadBuffer(bytes));
            this.glyphIds = font.getUnicodeCmapLookup();
            this.unitsPerEm = font.getUnitsPerEm();
        } catch (IOException e) {
            throw new UncheckedIOException("The bundled font " + resource + " cannot be read", e);
        }
        this.weight = weight;
    }

    static Typeface regular() {
        return Regular.FACE;
    }

    static Typeface bold() {
        return Bold.FACE;
    }

    /** The CSS font weight. */
    String weight() {
        return weight;
    }

    /** Width of {@code text} in pixels at {@code size} pixels an em. */
    synchronized double width(String text, double size) {
        double units = 0;
        for (int c : text.codePoints().toArray()) {
            units += advance(c);
        }
        return units * size / unitsPerEm;
    }

    /** The outline of {@code text} with its baseline from (0, 0) rightward, y downward. */
    synchronized Path2D outline(String text, double size) {
        double scale = size / unitsPerEm;
        Path2D line = new Path2D.Double(Path2D.WIND_NON_ZERO);
        double pen = 0;
        for (int c : text.codePoints().toArray()) {
            AffineTransform place = new AffineTransform(scale, 0, 0, -scale, pen * scale, 0);
            line.append(
                    outlines.computeIfAbsent(glyphIds.getGlyphId(c), this::glyph)
                            .getPathIterator(place),
                    false);
            pen += advance(c);
        }
        return line;
    }

    /** Font units; a character that the font lacks is given a whole em, since a fallback may be as wide. */
    private double advance(int codePoint) {
        int glyph = glyphIds.getGlyphId(codePoint);
        try {
            return glyph == 0 ? unitsPerEm : font.getAdvanceWidth(glyph);
        } catch (IOException e) {
            throw new UncheckedIOException("The bundled font has no width for glyph " + glyph, e);
        }
    }

    private Path2D glyph(int id) {
        try {
            GlyphData data = font.getGlyph().getGlyph(id);
            return data == null ? new GeneralPath() : data.getPath();
        } catch (IOException e) {
            throw new UncheckedIOException("The bundled font has no outline for glyph " + id, e);
        }
    }

    private static final class Regular {
        static final Typeface FACE = new Typeface("Regular", "400");
    }

    private static final class Bold {
        static final Typeface FACE = new Typeface("Bold", "700");
    }
}
