package dev.plumbline.report.draw;

import dev.plumbline.report.figure.Palette;
import dev.plumbline.report.figure.PersonaGroup;
import dev.plumbline.report.figure.PersonaPoint;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Names the points of a scatter: the default first, then those far from the middle of the axis, as room allows. */
final class PersonaCloud {

    private static final double MARGIN = 0.08;

    private PersonaCloud() {}

    /** A persona at its place in pixels. */
    record Spot(PersonaPoint persona, double x, double y, double radius) {}

    /** A name that found room beside its spot, tied to it by a leader if it stands apart. */
    record Name(Spot spot, Rectangle2D box, Optional<Line2D> leader) {}

    /** The range of one component over all points, with a margin. */
    static Axis axis(String label, List<PersonaPoint> points, int component) {
        double[] scores = points.stream()
                .mapToDouble(point -> point.coordinates().get(component))
                .sorted()
                .toArray();
        return Axis.padded(label, scores[0], scores[scores.length - 1], MARGIN);
    }

    static List<Name> names(List<Spot> spots, Rectangle2D bounds) {
        double middle = (low(spots) + high(spots)) / 2;
        List<LabelPlacer.Request> requests = new ArrayList<>();
        for (Spot spot : spots) {
            PersonaPoint persona = spot.persona();
            TextStyle style = PersonaMark.style(persona.group());
            double rank = persona.group() == PersonaGroup.DEFAULT
                    ? Double.POSITIVE_INFINITY
                    : Math.abs(persona.projection() - middle);
            double width = style.width(PersonaMark.label(persona.name()));
            requests.add(new LabelPlacer.Request(spot.x(), spot.y(), spot.radius(), width, style.size(), rank));
        }
        return LabelPlacer.place(requests, bounds).stream()
                .map(placed -> new Name(spots.get(placed.request()), placed.box(), placed.leader()))
                .toList();
    }

    static void paintNames(Canvas canvas, List<Spot> spots, Rectangle2D bounds) {
        for (Name name : names(spots, bounds)) {
            PersonaPoint persona = name.spot().persona();
            TextStyle style = PersonaMark.style(persona.group());
            name.leader().ifPresent(leader -> canvas.stroke(leader, Pen.solid(Palette.RULE, 0.7)));
            Rectangle2D box = name.box();
            canvas.text(Label.start(
                    PersonaMark.label(persona.name()), box.getX(), style.centredOn(box.getCenterY()), style));
        }
    }

    static double low(List<Spot> spots) {
        return spots.stream()
                .mapToDouble(spot -> spot.persona().projection())
                .min()
                .orElseThrow();
    }

    static double high(List<Spot> spots) {
        return spots.stream()
                .mapToDouble(spot -> spot.persona().projection())
                .max()
                .orElseThrow();
    }
}
