package dev.plumbline.report.draw;

import dev.plumbline.report.figure.Colour;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/** A canvas that only notes where texts go. */
final class TextBoxes implements Canvas {

    record Box(String label, Rectangle2D box, double degrees) {}

    final List<Box> found = new ArrayList<>();

    /** Pairs of texts that share area; slanted ones are left out, since their upright bounds say too much. */
    List<String> overlaps() {
        List<String> pairs = new ArrayList<>();
        List<Box> straight =
                found.stream().filter(box -> box.degrees() % 90 == 0).toList();
        for (int i = 0; i < straight.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (straight.get(i).box().intersects(straight.get(j).box())) {
                    pairs.add(straight.get(j).label() + " | " + straight.get(i).label());
                }
            }
        }
        return pairs;
    }

    @Override
    public void fill(Shape shape, Colour colour, double opacity) {}

    @Override
    public void fillCells(Shape cells, Colour colour) {}

    @Override
    public void stroke(Shape shape, Pen pen) {}

    @Override
    public void text(Label label) {
        AffineTransform place = AffineTransform.getTranslateInstance(label.x(), label.baseline());
        place.rotate(Math.toRadians(label.degrees()));
        place.translate(-label.anchor().share() * label.style().width(label.text()), 0);
        Shape outline = label.style().face().outline(label.text(), label.style().size());
        found.add(new Box(label.text(), place.createTransformedShape(outline).getBounds2D(), label.degrees()));
    }
}
